import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.anchoring import Kind, Segment, word_diff
from tests.pace import is_within


def test_only_the_changed_word_is_marked():
    assert word_diff("The mayor said 1,000 died.", "The mayor said 1.000 died.") == [
        Segment(Kind.EQUAL, "The mayor said "),
        Segment(Kind.DELETE, "1,000"),
        Segment(Kind.INSERT, "1.000"),
        Segment(Kind.EQUAL, " died."),
    ]


def test_neighbouring_changed_words_make_one_change():
    assert word_diff("a red big house", "a blue small house") == [
        Segment(Kind.EQUAL, "a "),
        Segment(Kind.DELETE, "red big"),
        Segment(Kind.INSERT, "blue small"),
        Segment(Kind.EQUAL, " house"),
    ]


def test_a_hidden_character_shows_as_a_change_of_its_word():
    assert word_diff("the harbour", "the har\u200bbour")[1] == Segment(Kind.DELETE, "harbour")


def test_equal_texts_are_one_equal_segment():
    assert word_diff("Same words.", "Same words.") == [Segment(Kind.EQUAL, "Same words.")]


def test_nothing_differs_from_nothing():
    assert word_diff("", "") == []


def test_five_thousand_words_take_no_longer_than_a_blink():
    old = " ".join(f"word{n % 700}" for n in range(5_000))
    new = " ".join(f"word{(n * 7) % 700}" for n in range(5_000))
    begin = time.thread_time()
    word_diff(old, new)
    assert is_within(time.thread_time() - begin, 1)


def test_texts_too_large_for_one_table_are_compared_paragraph_by_paragraph():
    old = "\n".join(f"Paragraph {n} has a few words of its own." for n in range(4_000))
    new = old.replace("Paragraph 20 ", "Section 20 ") + "\nThe end."
    new = "A new beginning.\n" + new
    changed = [segment for segment in word_diff(old, new) if segment.kind is not Kind.EQUAL]
    assert Segment(Kind.DELETE, "Paragraph") in changed
    assert len(changed) == 4


WORDS = st.lists(
    st.sampled_from(["a", "b", "He", "1,000", " ", "  ", "\n", ".", ",", "n’t", "é", "e\u0301"]),
    max_size=40,
).map("".join)


@settings(deadline=None)
@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_the_segments_put_together_are_the_two_texts(old, new):
    segments = word_diff(old, new)
    assert "".join(s.text for s in segments if s.kind is not Kind.INSERT) == old
    assert "".join(s.text for s in segments if s.kind is not Kind.DELETE) == new
    assert all(segment.text for segment in segments)
    assert all(one.kind is not two.kind for one, two in pairwise(segments))

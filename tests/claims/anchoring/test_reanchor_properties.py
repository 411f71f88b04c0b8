"""Whatever is done to whatever text: never a changed statement shown as cleared."""

import re
import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.anchoring import Kind, Status, describe, reanchor
from claims.anchoring.sentences import sentence_spans

VOCABULARY = """the mayor of Brenmoor said he she not never denied 5 1,000 1.5 -3 May may left Voss
Pell it “stay” “go stay” 'x' and, that café cafe\u0301 isn’t isn't no according to — -
vault, U.S."""
WORDS = st.sampled_from(VOCABULARY.split())
ENDS = st.sampled_from([".", ".", ".", "?", "!", "…", ".”", ":", ""])
GAPS = st.sampled_from([" ", " ", " ", "\n", "  "])
SENTENCES = st.tuples(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), ENDS, GAPS).map(
    "".join
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=8).map("".join) | st.text(min_size=1, max_size=60)
PIECES = st.sampled_from(
    ["not ", "Voss ", "5", ".", ",", " ", "\n", "“", '"', "'", "-", "He said. ", "\u200b", "\u0301"]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "move", "copy", "replace"]),
        st.integers(0, 200),
        st.integers(1, 30),
        st.integers(0, 200),
        PIECES,
    ),
    max_size=5,
)


def edited(text, steps):
    for verb, at, length, to, piece in steps:
        start = at % (len(text) + 1)
        end = min(len(text), start + length)
        taken = text[start:end]
        if verb == "insert":
            text = text[:start] + piece + text[start:]
        elif verb in ("delete", "replace"):
            text = text[:start] + (piece if verb == "replace" else "") + text[end:]
        else:
            rest = text if verb == "copy" else text[:start] + text[end:]
            place = to % (len(rest) + 1)
            text = rest[:place] + taken + rest[place:]
    return text


def anchors_of(text):
    """Every sentence is a claim, and of every longer one its middle too."""
    anchors = []
    for start, end in sentence_spans(text):
        anchors.append(describe(text, start, end))
        words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
        if len(words) > 3:
            anchors.append(describe(text, start + words[1][0], start + words[-2][1]))
    return anchors


def plain(text):
    """A second opinion on what is only spelling, written apart from the module's own."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[“”„‟«»″＂]", '"', re.sub("[‘’‚‛‹›ʼ`´′＇]", "'", text))
    text = re.sub("--|[‐‑‒–—―−]", "-", text).replace("...", "…")
    return re.sub(r"\s|[.](?=[\"')\]]*$)", "", re.sub(r"([.,])\"", r'"\1', text))


def sentences_at(text, anchor):
    return [
        text[start:end]
        for start, end in sentence_spans(text)
        if start < anchor.end and end > anchor.start
    ]


@settings(max_examples=400, deadline=None)
@given(TEXTS, STEPS)
def test_what_is_kept_has_the_same_words_in_the_same_sentence(text, steps):
    new = edited(text, steps)
    anchors = anchors_of(text)
    for old, outcome in zip(anchors, reanchor(text, new, anchors), strict=True):
        if outcome.kept:
            before, after = sentences_at(text, old), sentences_at(new, outcome.anchor)
            assert [*map(plain, before)] == [*map(plain, after)]
            assert plain(old.exact).strip(".") == plain(outcome.anchor.exact).strip(".")
        if outcome.status is Status.SAME:
            assert outcome.anchor.exact == old.exact.strip()


@settings(max_examples=400, deadline=None)
@given(TEXTS, STEPS)
def test_every_outcome_is_whole_and_every_anchor_fits_the_new_text(text, steps):
    new = edited(text, steps)
    anchors = anchors_of(text)
    outcomes = reanchor(text, new, anchors)
    assert outcomes == reanchor(text, new, anchors)
    for outcome in outcomes:
        assert (outcome.anchor is None) == (outcome.status is Status.GONE)
        assert outcome.anchor is None or outcome.anchor.fits(new)
        assert (outcome.reasons == ()) == (outcome.status is Status.SAME)
        assert not outcome.cosmetic or outcome.status is Status.TOUCHED
        assert not (outcome.kept and outcome.reopened)
        if outcome.diff:
            old_side = "".join(part.text for part in outcome.diff if part.kind is not Kind.INSERT)
            new_side = "".join(part.text for part in outcome.diff if part.kind is not Kind.DELETE)
            assert old_side in text
            assert new_side in new


@settings(deadline=None)
@given(TEXTS)
def test_in_an_unchanged_text_every_claim_is_where_it_was(text):
    anchors = anchors_of(text)
    for old, outcome in zip(anchors, reanchor(text, text, anchors), strict=True):
        assert (outcome.status, outcome.anchor) == (Status.SAME, old)
        assert not outcome.moved
        assert not outcome.context_changed


@settings(deadline=None)
@given(TEXTS, STEPS)
def test_anchoring_the_outcome_once_more_changes_nothing(text, steps):
    new = edited(text, steps)
    first = [outcome.anchor for outcome in reanchor(text, new, anchors_of(text)) if outcome.anchor]
    again = reanchor(new, new, first)
    assert [outcome.anchor for outcome in again] == first
    assert all(outcome.status is Status.SAME for outcome in again)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.integers(0, 500), st.sampled_from("x7Z"))
def test_a_claim_is_never_kept_when_one_character_of_its_words_changes(text, at, character):
    spans = [index for index, letter in enumerate(text) if letter.isalnum()]
    assume(spans)
    place = spans[at % len(spans)]
    assume(text[place] != character)
    new = text[:place] + character + text[place + 1 :]
    hit = [a for a in anchors_of(text) if any(s <= place < e for s, e in hulls(text, a))]
    assert not any(outcome.kept for outcome in reanchor(text, new, hit))


def hulls(text, anchor):
    return [
        (start, end)
        for start, end in sentence_spans(text)
        if start < anchor.end and end > anchor.start
    ]


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(0, 500), PIECES.filter(str.strip))
def test_a_claim_is_never_kept_when_something_visible_is_put_into_its_words(text, at, piece):
    [*spans] = re.finditer(r"\w\w", text)
    assume(spans)
    place = spans[at % len(spans)].start() + 1
    new = text[:place] + piece + text[place:]
    hit = [a for a in anchors_of(text) if any(s < place < e for s, e in hulls(text, a))]
    assert not any(outcome.kept for outcome in reanchor(text, new, hit))

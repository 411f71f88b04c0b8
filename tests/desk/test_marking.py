"""Claims marked in their text: every one of them visible, and no character lost."""

from hypothesis import given
from hypothesis import strategies as st

from desk.marking import Mark, Where, paragraphs

TEXT = "The mayor spoke of 40 per cent.\n\nIt rained.\n\n\nNine days."


def mark(claim_id, start, end, where=Where.OPEN):
    return Mark(claim_id, start, end, where, says="O")


def pieces(marks, mine=None, text=TEXT):
    return [piece for one in paragraphs(text, marks, mine) for piece in one.pieces]


def joined(found):
    return "".join("".join(p.text for p in one.pieces) + one.gap for one in found)


def test_a_text_without_claims_is_its_paragraphs():
    found = paragraphs(TEXT, [])
    assert [one.pieces[0].text for one in found] == [
        "The mayor spoke of 40 per cent.",
        "It rained.",
        "Nine days.",
    ]
    assert joined(found) == TEXT


def test_a_claim_is_marked_in_its_place():
    (before, claim, after) = pieces([mark(7, 4, 9)])[:3]
    assert (before.text, claim.text, after.text) == ("The ", "mayor", " spoke of 40 per cent.")
    assert (claim.where, [one.claim_id for one in claim.opens]) == ("open", [7])
    assert not before.marks


def test_of_two_that_overlap_both_are_seen_and_each_begins_once():
    found = pieces([mark(1, 0, 18), mark(2, 10, 30, Where.SUBMITTED)])
    shared = next(piece for piece in found if len(piece.marks) == 2)
    assert (shared.text, shared.where) == ("spoke of", "submitted")
    assert [one.claim_id for piece in found for one in piece.opens] == [1, 2]


def test_the_claim_of_the_check_is_told_apart_and_anchored_once():
    found = pieces([mark(1, 10, 50), mark(2, 19, 30)], mine=1)
    assert {piece.text for piece in found if piece.mine} >= {
        "spoke of ",
        "40 per cent",
        "It rained.",
    }
    assert [piece.text for piece in found if piece.is_anchor] == ["spoke of "]


def test_a_claim_may_reach_over_paragraphs():
    found = pieces([mark(1, 19, 43)])
    assert [piece.text for piece in found if piece.marks] == ["40 per cent.", "It rained."]
    assert sum(len(piece.opens) for piece in found) == 1


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12)


@given(st.text("ab \n“é🙂", min_size=1, max_size=60), SPANS)
def test_whatever_is_marked_the_text_stays_the_text(text, spans):
    marks = [
        mark(n, start, min(start + length, len(text)))
        for n, (start, length) in enumerate(spans, start=1)
        if start < len(text)
    ]
    found = paragraphs(text, marks)
    assert joined(found) == text
    for one in marks:
        seen = "".join(p.text for p in pieces(marks, text=text) if one in p.marks)
        assert seen == "".join(
            text[max(one.start, left) : min(one.end, right)]
            for left, right in _spans_of(found)
            if left < one.end and right > one.start
        )


def _spans_of(found):
    at, spans = 0, []
    for one in found:
        length = sum(len(piece.text) for piece in one.pieces)
        spans.append((at, at + length))
        at += length + len(one.gap)
    return spans

"""Page furniture is recognised, named, and still there to be put back."""

import pytest

from claims.spotting import Kind

from .helpers import sentences, suggestions

STORY = (
    "The council closed the old bridge on Monday after cracks were found in two of its piers.\n"
    "{line}\n"
    "The repair will cost $4 million and take until March, the council said.\n"
    "Drivers use the tunnel meanwhile, which opened in 1987."
)
FURNITURE = [
    "Follow us on Facebook, on Twitter @ExampleNews, or on Instagram.",
    "Read more: Ten bridges that nobody needs",
    "Noticed an error? Select it and press Ctrl+Enter.",
    "By Jane Sample",
    "(Reporting by Jane Sample; Editing by John Sample)",
    "FILE PHOTO: The old bridge is seen at dusk. REUTERS/Jane Sample/File Photo",
    "Image copyright Sample Images Image caption The bridge was built in 1920",
    "This site uses cookies to improve your experience.",
    "1.2k shares",
    "Advertisement Continue reading the main story",
    "Copyright 2025 The Sample Press. All rights reserved.",
    "What the mayor said",
    "The old bridge has stood for a hundred years and is loved by many people in the town",
    "Scroll down for video",
    "Source: Example Statistics",
    "The bridge today: https://t.co/abc123 pic.twitter.com/xyz — City (@city) May 28, 2024",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_in_the_middle_of_a_story_is_kept_out_of_the_claims(line: str):
    text = STORY.format(line=line)
    start = text.index(line)
    inside = [s for s in sentences(text) if start <= s.start < start + len(line)]
    assert inside
    assert {s.kind for s in inside} == {Kind.FURNITURE}
    assert all(s.reason for s in inside)
    assert not [s for s in suggestions(text) if start <= s.start < start + len(line)]


def test_the_story_around_furniture_stays_whole():
    text = STORY.format(line="Read more: Ten bridges that nobody needs")
    kept = [s for s in sentences(text) if s.kind is not Kind.FURNITURE]
    assert len(kept) == 3


def test_the_headline_repeated_at_the_head_is_furniture():
    title = "Old bridge closed after cracks are found in its piers on Monday"
    first, *_ = sentences(f"{title}\n" + STORY.format(line="It is old."), title=title)
    assert (first.kind, first.reason) == (Kind.FURNITURE, "headline")


def test_a_caption_that_repeats_a_sentence_is_furniture_and_the_sentence_is_not():
    twice = "The council closed the old bridge on Monday after cracks were found"
    text = STORY.format(line=twice)
    first, second, *_ = sentences(text)
    assert first.kind is Kind.CHECKABLE
    assert second.kind is Kind.FURNITURE


def test_a_sentence_said_twice_is_kept_twice_and_suggested_once():
    text = "The bridge cost $4 million in 1920.\nNobody paid.\nThe bridge cost $4 million in 1920."
    assert [s.kind for s in sentences(text)].count(Kind.FURNITURE) == 0
    assert len([s for s in suggestions(text) if "bridge" in text[s.start : s.end]]) == 1


def test_a_text_whose_lines_never_end_in_a_stop_is_not_taken_for_captions():
    lines = [
        f"The council paid {n} million for the bridge and then for its long repair"
        for n in range(10, 20)
    ]
    kept = [s for s in sentences("\n".join(lines)) if s.kind is not Kind.FURNITURE]
    assert len(kept) == 10


def test_a_bullet_without_a_stop_is_no_caption():
    text = STORY.format(line="• The mayor has promised to pay for half of the repair himself")
    assert all(s.kind is not Kind.FURNITURE for s in sentences(text))

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


MORE_FURNITURE = [
    "Media caption The mayor speaks to reporters at the bridge on Monday.",
    "Story continues below advertisement",
    "This article first appeared in The Sample Post on May 3.",
    "Have you been affected by the closure? Email us at news@sample.example.",
    "Follow her at @janesample.",
    "VIDEO: The bridge from the air.",
    "In this Jan. 3, 2018 photo provided by the city, workers inspect the bridge.",
    "Mayor Ann Lee (R) shakes hands with an engineer at the bridge on Monday.",
    "Ann Lee shakes hands with Tom Reed at the bridge. Photograph: Jane Sample/Sample Images",
    "Get the latest news in your inbox every morning.",
    "Updated 4:05 p.m. ET May 3, 2018",
    "First published on Mon 3 May 2018 10.31 BST",
    "Monday, May 3, 2018",
    "By JANE SAMPLE and TOM SAMPLE",
    "Jane Sample is a reporter for The Sample Post.",
    "Associated Press writer Tom Sample contributed to this report.",
    "Share Tweet Email",
    "You may also like: Ten bridges that nobody needs",
    "READ: Ten bridges that nobody needs.",
    "Correction: An earlier version of this story misstated the cost.",
    "This is a developing story and will be updated.",
    "Your browser does not support the video tag.",
    "Support our journalism. Subscribe today.",
    "The views expressed in this article are those of the author.",
    "What do we know so far?",
]
STORY_LINES = [
    "Facebook changed its privacy policy on Tuesday.",
    "The company's terms of service ban such posts.",
    "Customers must sign up for the scheme by Friday.",
    "Users can subscribe to the service for $4 a month.",
    "People who download the app must be over 18, the firm said.",
    "He asked his fans to follow him on Twitter.",
    "Bad weather contributed to this rise, the council said.",
    "By Monday the water had risen by two metres.",
    "The file photo was taken in 1998.",
    "A Reuters/Ipsos poll found that 40 percent of voters were undecided.",
    "Reporting by the Post showed that the mayor had known.",
    "Read more than once, the letter made no sense, Reed said.",
    "The minister (right of centre in most polls) lost.",
    "Advertisement sales fell 4 percent in May.",
    "Copyright law changed in 1998.",
    "Published in 1998, the book sold 4 million copies.",
    "The mayor was pictured with the gang in 2004, prosecutors say.",
    "LONDON (Reuters) - The bank cut 40 jobs on Monday.",
    "Contact with the pilot was lost at 10:31 GMT.",
    "Ann Lee is a reporter for the Post who was jailed in May.",
]


@pytest.mark.parametrize("line", STORY_LINES)
def test_a_sentence_of_the_story_that_only_sounds_like_furniture_is_kept(line: str):
    text = STORY.format(line=line)
    assert [s.reason for s in sentences(text) if s.kind is Kind.FURNITURE] == []


def test_a_question_alone_between_paragraphs_is_a_heading_but_not_at_the_end():
    assert [s.reason for s in sentences(STORY.format(line="Why was it closed?"))][1] == "heading"
    ending = STORY.format(line="It is old.") + "\nWho will pay?"
    assert sentences(ending)[-1].kind is not Kind.FURNITURE


def test_a_paragraph_put_together_from_earlier_sentences_is_a_caption():
    text = (
        "The council closed the old bridge on Monday after a storm.\n"
        "Drivers now use the long tunnel under the river instead.\n"
        "The repair will cost $4 million, the council said.\n"
        "The council closed the old bridge on Monday after a storm. "
        "Drivers now use the long tunnel under the river instead.\n"
        "The tunnel is free."
    )
    kinds = [s.kind for s in sentences(text)]
    assert [kind is Kind.FURNITURE for kind in kinds] == [False, False, False, True, True, False]


@pytest.mark.parametrize("line", FURNITURE + MORE_FURNITURE)
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


def test_an_endless_paragraph_is_no_caption_whatever_stands_in_it():
    clause = (
        "the bridge (pictured) was closed by council {n} after a storm, Photo: Sample / Getty, "
    )
    text = "".join(clause.format(n=n) for n in range(200))
    assert all(s.kind is not Kind.FURNITURE for s in sentences(text))

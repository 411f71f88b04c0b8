import pytest

from claims.anchoring.sentences import sentence_spans


def cut(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Gen. Voss met Mr. Pell and Dr. J. Marsh at No. 5 on Sept. 15.",
        "The U.S. Senate sat at 5 p.m. Tuesday with Sen. Pell.",
        "He wrote “No way!” and left.",
        "It cost 1.5 million, i.e. 3.2 percent more.",
        "The Blvd. Merchants met.",
        "The treaty of 5. Mai 1955 holds.",
        "He waited... Brenmoor kept silent.",
    ],
)
def test_what_only_looks_like_an_end_does_not_cut_a_sentence(sentence):
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He left.", "She stayed.", "Why?", "Nobody knows!"],
        ["He said: “It is over.”", "Then he left."],
        ["Prices rose in 2017.", "Brenmoor was poor."],
        ["They met in the U.S.", "The talks failed."],
        ["市长辞职了。", "没有人知道。"],
    ],
)
def test_sentences_are_cut_where_they_end(sentences):
    glue = "" if sentences[0].endswith("。") else " "
    assert cut(glue.join(sentences)) == sentences


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\u2029", " \n\t"])
def test_a_paragraph_always_ends_a_sentence(separator):
    assert cut(f"A heading{separator}the text") == ["A heading", "the text"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_empty_text_has_no_sentences(text):
    assert cut(text) == []

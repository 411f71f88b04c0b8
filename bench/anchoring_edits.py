"""Edits an editor could make, each with the right answer for every sentence known beforehand.

An ``Edit`` gets a draft (paragraphs of sentences, every sentence with a number that survives
moving) and changes it in place. It returns what must become of which sentence; all others are
unchanged. Names and sentences put in are invented.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count


class Right(StrEnum):
    """The right answer for one sentence."""

    KEPT = "kept"
    REOPENED = "reopened"
    GONE = "gone"


@dataclass(frozen=True)
class Sentence:
    """A sentence with a number of its own."""

    number: int
    text: str


Draft = list[list[Sentence]]


@dataclass
class Answer:
    """What an edit did: the sentences that are not the same, and whether names moved about.

    ``disturbs`` says that sentences which lean on others ("he", an open quotation) may rightly be
    reopened near the edit.
    """

    rights: dict[int, Right] = field(default_factory=dict)
    disturbs: bool = True


@dataclass(frozen=True)
class Edit:
    """A kind of edit. ``prepare`` may first put into the draft what the edit needs."""

    name: str
    apply: Callable[[Draft, random.Random], Answer | None]
    prepare: Callable[[Draft, random.Random], None] | None = None


numbers = count(1_000_000)
NAMES = ["Harlan Voss", "Mirela Tandy", "Osric Pell", "Junia Marsh", "Bertil Crane", "Ines Okoro"]
NOUNS = ["harvest", "vault", "ferry", "archive", "orchard", "tunnel", "council", "quarry"]
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_AUXILIARY = re.compile(r"\b(?:is|was|were|are|has|had|will|would|could|should|did)\b(?! not|n't)")
_NEGATION = re.compile(r"\b(?:not|never) ")
_SPEECH = re.compile(
    r"\b(?:Mr |Mrs |Ms )?[A-Z][a-z]+(?= (?:said|says|told|added|wrote|claimed|warned)\b)"
    r"|(?<=\bsaid )[A-Z][a-z]+|(?<=according to )[A-Z][\w-]+"
)
_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-z]{5,}(?![\w'’-])")


def places(draft: Draft, fits: Callable[[str], object]) -> list[tuple[int, int]]:
    """Return paragraph and position of every sentence of four words or more that ``fits``."""
    return [
        (p, s)
        for p, paragraph in enumerate(draft)
        for s, sentence in enumerate(paragraph)
        if len(sentence.text.split()) >= 4 and fits(sentence.text)
    ]


def _in_one_sentence(
    change: Callable[[str, random.Random], str | None], *, disturbs: bool = True
) -> Callable[[Draft, random.Random], Answer | None]:
    """Make an edit out of a function that rewrites one sentence or says that it cannot."""

    def apply(draft: Draft, chance: random.Random) -> Answer | None:
        spots = places(draft, lambda text: True)
        chance.shuffle(spots)
        for p, s in spots:
            sentence = draft[p][s]
            text = change(sentence.text, chance)
            if text is not None and text != sentence.text:
                draft[p][s] = replace(sentence, text=text)
                return Answer({sentence.number: Right.REOPENED}, disturbs)
        return None

    return apply


def _swap(pattern: re.Pattern[str], text: str, chance: random.Random, new: str) -> str | None:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def typo(text: str, chance: random.Random) -> str | None:
    """Swap two neighbouring letters of one lower-case word."""
    found = list(_LOWER_WORD.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    word, at = match[0], chance.randrange(1, len(match[0]) - 2)
    word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return text[: match.start()] + word + text[match.end() :]


def figure(text: str, chance: random.Random) -> str | None:
    """Change one digit."""
    found = list(re.finditer(r"\d", text))
    if not found:
        return None
    match = chance.choice(found)
    digit = chance.choice([digit for digit in "123456789" if digit != match[0]])
    return text[: match.start()] + digit + text[match.end() :]


def figure_mark(text: str, chance: random.Random) -> str | None:
    """Change the mark inside a figure, or put a minus before it."""
    inside = re.search(r"(?<=\d)[.,](?=\d)", text)
    if inside:
        mark = chance.choice([",", "", "."] if inside[0] != "," else [".", ""])
        return text[: inside.start()] + mark + text[inside.end() :]
    return re.sub(r" (?=\$?\d)", chance.choice([" -", " −", " –"]), text, count=1)


def negation_added(text: str, chance: random.Random) -> str | None:
    """Put "not" after an auxiliary verb."""
    found = list(_AUXILIARY.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.end()] + chance.choice([" not", "n't", " never"]) + text[match.end() :]


def negation_removed(text: str, chance: random.Random) -> str | None:
    """Take out a "not" or "n't"."""
    if "n't " in text:
        return text.replace("n't ", " ", 1)
    return _swap(_NEGATION, text, chance, "")


def name(text: str, chance: random.Random) -> str | None:
    """Replace one capitalised word within the sentence."""
    return _swap(_NAME, text, chance, chance.choice(NAMES).split()[1])


def name_to_word(text: str, chance: random.Random) -> str | None:
    """Write a name small."""
    found = _NAME.search(text)
    return text[: found.start()] + found[0].lower() + text[found.end() :] if found else None


def attribution(text: str, chance: random.Random) -> str | None:
    """Let somebody else have said it."""
    return _swap(_SPEECH, text, chance, chance.choice(NAMES))


def quotation_marks(text: str, chance: random.Random) -> str | None:
    """Take the quotation marks off, or put them round two words."""
    marks = re.search('["“]([^"“”]+)["”]', text)
    if marks:
        return text[: marks.start()] + marks[1] + text[marks.end() :]
    if re.search('["“”]', text):
        return None
    return re.sub(r"(?<= )([a-z]+ [a-z]+)(?= )", r'"\1"', text, count=1)


def question(text: str, chance: random.Random) -> str | None:
    """Turn a statement into a question."""
    return text[:-1] + "?" if text.endswith(".") else None


def lookalike(text: str, chance: random.Random) -> str | None:
    """Exchange a letter for one that looks the same, or hide a character within a word."""
    found = list(_LOWER_WORD.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    hidden = match[0][:2] + chance.choice("\u200b\u00ad\u2060") + match[0][2:]
    foreign = match[0].translate(str.maketrans("aeopc", "аеорс"))
    word = chance.choice([hidden, foreign if foreign != match[0] else hidden])
    return text[: match.start()] + word + text[match.end() :]


def rewritten(text: str, chance: random.Random) -> str | None:
    """Keep some of the words, in another order and among new ones."""
    words = text.rstrip(".").split()
    if len(words) < 8:
        return None
    half = len(words) // 2
    mixed = [word if chance.random() < 0.6 else chance.choice(NOUNS) for word in words]
    return " ".join(["Meanwhile", *mixed[half:], "after", *mixed[:half]]) + "."


def _quiet(text: str) -> bool:
    """Tell whether a sentence can be taken out without leaving half a quotation behind."""
    return not re.search("[\"“”'‘’]", text) and text.endswith(".")


def _whole_quotations(paragraph: list[Sentence]) -> bool:
    text = " ".join(sentence.text for sentence in paragraph)
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def _spot_between(draft: Draft, chance: random.Random) -> tuple[int, int]:
    """Return a place where a sentence can be put without breaking a quotation open."""
    whole = [p for p, paragraph in enumerate(draft) if paragraph and _whole_quotations(paragraph)]
    return chance.choice(whole), 0


def moved(draft: Draft, chance: random.Random) -> Answer | None:
    """Put a sentence at the beginning of another paragraph."""
    spots = places(draft, _quiet)
    if not spots:
        return None
    p, s = chance.choice(spots)
    sentence = draft[p].pop(s)
    to, at = _spot_between(draft, chance)
    draft[to].insert(at, sentence)
    return Answer()


def moved_and(
    change: Callable[[str, random.Random], str | None],
) -> Callable[[Draft, random.Random], Answer | None]:
    """Make an edit that moves a sentence and changes it in the same stroke."""

    def apply(draft: Draft, chance: random.Random) -> Answer | None:
        spots = [
            (p, s, new)
            for p, s in places(draft, _quiet)
            if (new := change(draft[p][s].text, chance)) and new != draft[p][s].text
        ]
        if not spots:
            return None
        p, s, text = chance.choice(spots)
        sentence = draft[p].pop(s)
        to, at = _spot_between(draft, chance)
        draft[to].insert(at, replace(sentence, text=text))
        return Answer({sentence.number: Right.REOPENED})

    return apply


def merged(draft: Draft, chance: random.Random) -> Answer | None:
    """Join two neighbouring sentences with "and"."""
    spots = [
        (p, s)
        for p, s in places(draft, _quiet)
        if s + 1 < len(draft[p]) and _quiet(draft[p][s + 1].text)
    ]
    if not spots:
        return None
    p, s = chance.choice(spots)
    first, second = draft[p][s : s + 2]
    text = first.text.rstrip(".") + ", and " + second.text[0].lower() + second.text[1:]
    draft[p][s : s + 2] = [Sentence(next(numbers), text)]
    return Answer({first.number: Right.REOPENED, second.number: Right.REOPENED})


def split(draft: Draft, chance: random.Random) -> Answer | None:
    """Cut a sentence in two at a comma."""
    spots = places(
        draft, lambda text: _quiet(text) and re.search(r"[a-z], (?:and |but )?[a-z]", text)
    )
    if not spots:
        return None
    p, s = chance.choice(spots)
    sentence = draft[p][s]
    first, second = re.split(r"(?<=[a-z]), (?:and |but )?(?=[a-z])", sentence.text, maxsplit=1)
    halves = [first + ".", second[0].upper() + second[1:]]
    draft[p][s : s + 1] = [Sentence(next(numbers), half) for half in halves]
    return Answer({sentence.number: Right.REOPENED})


def removed(draft: Draft, chance: random.Random) -> Answer | None:
    """Take a sentence out."""
    spots = places(draft, _quiet)
    if not spots:
        return None
    p, s = chance.choice(spots)
    return Answer({draft[p].pop(s).number: Right.GONE})


def inserted(draft: Draft, chance: random.Random) -> Answer | None:
    """Put a new sentence in."""
    p, s = _spot_between(draft, chance)
    draft[p].insert(s, Sentence(next(numbers), _invented(chance)))
    return Answer()


def _invented(chance: random.Random) -> str:
    who, what = chance.choice(NAMES), chance.choice(NOUNS)
    return f"{who} closed the {what} of Brenmoor after {chance.randrange(3, 90)} days."


def reordered(draft: Draft, chance: random.Random) -> Answer | None:
    """Let two paragraphs change places."""
    whole = [p for p, paragraph in enumerate(draft) if paragraph and _whole_quotations(paragraph)]
    if len(whole) < 2:
        return None
    one, other = chance.sample(whole, 2)
    draft[one], draft[other] = draft[other], draft[one]
    return Answer()


def duplicated(draft: Draft, chance: random.Random) -> Answer | None:
    """Put a second copy of a sentence somewhere else."""
    spots = places(draft, _quiet)
    if not spots:
        return None
    p, s = chance.choice(spots)
    to, at = _spot_between(draft, chance)
    draft[to].insert(at, Sentence(next(numbers), draft[p][s].text))
    return Answer()


def with_a_twin(draft: Draft, chance: random.Random) -> None:
    """Put a copy of a sentence with a figure far from it, both for the edit to find."""
    text = f"The audit of Brenmoor counted {chance.randrange(200, 900)} missing crates."
    one, other = _spot_between(draft, chance), _spot_between(draft, chance)
    for place in (one, other):
        draft[place[0]].insert(place[1], Sentence(next(numbers), text))
    if one[0] == other[0]:
        draft[one[0]].insert(1, Sentence(next(numbers), _invented(chance)))


def twin_changed(draft: Draft, chance: random.Random) -> Answer | None:
    """Change the figure in one of two identical sentences."""
    twins = places(draft, lambda text: text.startswith("The audit of Brenmoor"))
    p, s = chance.choice(twins)
    sentence = draft[p][s]
    draft[p][s] = replace(sentence, text=figure(sentence.text, chance) or "")
    return Answer({sentence.number: Right.REOPENED})


def with_a_pronoun(draft: Draft, chance: random.Random) -> None:
    """Put in a paragraph whose second and third sentence speak of somebody as "he"."""
    texts = [
        f"{NAMES[0]} left Brenmoor on Tuesday.",
        "He denied having met the board.",
        "The harvest was lost, he added.",
    ]
    draft.insert(chance.randrange(len(draft)), [Sentence(next(numbers), text) for text in texts])


def antecedent(draft: Draft, chance: random.Random) -> Answer | None:
    """Change the name that "he" stands for, and nothing else."""
    [(p, s)] = places(draft, lambda text: text.endswith("left Brenmoor on Tuesday."))
    draft[p][s] = replace(draft[p][s], text=f"{NAMES[2]} left Brenmoor on Tuesday.")
    return Answer({sentence.number: Right.REOPENED for sentence in draft[p][s : s + 3]})


def with_a_quotation(draft: Draft, chance: random.Random) -> None:
    """Put in a quotation of three sentences whose speaker is named in the last."""
    texts = [
        "“The vault was found empty.",
        "Nobody had the second key.",
        f"The ferry never sailed,” {NAMES[1]} said.",
    ]
    draft.insert(chance.randrange(len(draft)), [Sentence(next(numbers), text) for text in texts])


def far_speaker(draft: Draft, chance: random.Random) -> Answer | None:
    """Change the speaker, two sentences away from what is quoted first."""
    [(p, s)] = places(draft, lambda text: text.startswith("The ferry never sailed"))
    draft[p][s] = replace(draft[p][s], text=f"The ferry never sailed,” {NAMES[3]} said.")
    return Answer({sentence.number: Right.REOPENED for sentence in draft[p][s - 2 : s + 1]})


_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def cosmetic(draft: Draft, chance: random.Random) -> Answer | None:
    """Respell everything without changing a word: quotation marks, white space, composition."""
    for paragraph in draft:
        for position, sentence in enumerate(paragraph):
            text = sentence.text.translate(_STRAIGHT)
            text = text.replace(" ", chance.choice(["  ", "\u00a0", " "]), 2)
            text = unicodedata.normalize(chance.choice(["NFC", "NFD"]), text)
            paragraph[position] = replace(sentence, text=text.replace("...", "…"))
    return Answer(disturbs=False)


EDITS = [
    Edit("typo", _in_one_sentence(typo, disturbs=False)),
    Edit("figure", _in_one_sentence(figure)),
    Edit("mark inside or before a figure", _in_one_sentence(figure_mark)),
    Edit("negation added", _in_one_sentence(negation_added)),
    Edit("negation removed", _in_one_sentence(negation_removed)),
    Edit("name", _in_one_sentence(name)),
    Edit("name written small", _in_one_sentence(name_to_word)),
    Edit("attribution", _in_one_sentence(attribution)),
    Edit("quotation marks", _in_one_sentence(quotation_marks)),
    Edit("statement to question", _in_one_sentence(question)),
    Edit("lookalike characters", _in_one_sentence(lookalike)),
    Edit("sentence rewritten", _in_one_sentence(rewritten)),
    Edit("sentence moved", moved),
    Edit("moved, figure changed", moved_and(figure)),
    Edit("moved, negated", moved_and(negation_added)),
    Edit("moved, name changed", moved_and(name)),
    Edit("two merged", merged),
    Edit("one split", split),
    Edit("sentence removed", removed),
    Edit("sentence inserted", inserted),
    Edit("paragraphs reordered", reordered),
    Edit("sentence duplicated", duplicated),
    Edit("one of two twins changed", twin_changed, with_a_twin),
    Edit("who “he” is", antecedent, with_a_pronoun),
    Edit("speaker two sentences away", far_speaker, with_a_quotation),
    Edit("spelling only", cosmetic),
]


def several(draft: Draft, chance: random.Random) -> Answer | None:
    """Make three of the edits at once."""
    together = Answer(disturbs=False)
    for edit in chance.sample([edit for edit in EDITS if edit.prepare is None], 3):
        answer = edit.apply(draft, chance)
        if answer is not None:
            together.rights |= answer.rights
            together.disturbs |= answer.disturbs
    return together


EDITS.append(Edit("three at once", several))

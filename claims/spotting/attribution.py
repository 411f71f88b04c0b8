"""Who says each sentence, and through whom: the attribution chain in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from .cues import Cue, Form, cues_in
from .grammar import Phrase, head_of
from .lexicon import Lexicon
from .model import Link, Role
from .names import (
    ARTICLES,
    GROUP,
    OUTLET,
    PERSON,
    Name,
    capitalised_inside,
    is_outlet,
    leading_brand,
    names_in,
)
from .people import Entity, People, names_before
from .phrases import after, first_subject
from .quotes import Quote, quotes_beside
from .sentences import Unit
from .tokens import Token

SAYING = (Form.SPEECH, Form.ACCORDING)
WHOLLY = 0.9
HALF_QUOTED = 0.4
QUOTED_LATELY = 5
Chain = tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its tokens, names and the quotations that touch it."""

    unit: Unit
    tokens: tuple[Token, ...]
    names: tuple[Name, ...]
    quotes: tuple[Quote, ...]
    furniture: bool

    @property
    def quoted_share(self) -> float:
        """How much of its words stands in quotation marks, 0 to 1."""
        words = [token for token in self.tokens if token.is_word]
        return sum(token.quoted for token in words) / len(words) if words else 0.0

    @property
    def wholly_quoted(self) -> bool:
        """Whether nothing but quotation is left to say who speaks."""
        return bool(self.tokens) and self.quoted_share >= WHOLLY


def readings(
    units: Sequence[Unit],
    tokens: Sequence[Sequence[Token]],
    quotes: Sequence[Quote],
    furniture: Sequence[bool],
    lexicon: Lexicon,
) -> list[Reading]:
    """The sentences prepared for attribution; `furniture` marks those nobody says."""
    known = capitalised_inside(tokens, lexicon)
    return [
        Reading(
            unit, tuple(words), () if out else tuple(names_in(words, lexicon, known)), near, out
        )
        for unit, words, near, out in zip(
            units, tokens, quotes_beside(units, quotes), furniture, strict=True
        )
    ]


def chains(
    text: str, sentences: Sequence[Reading], lexicon: Lexicon, publisher: str
) -> list[Chain]:
    """The chain of every sentence, empty where the article speaks in its own voice."""
    people = People(lexicon)
    speaker = _Speakers(text, people, lexicon, publisher)
    found = [() if s.furniture else speaker.chain(s, now) for now, s in enumerate(sentences)]
    return _carried(sentences, found, speaker)


class _Speakers:
    """Turns the cues of one sentence after the other into links."""

    def __init__(self, text: str, people: People, lexicon: Lexicon, publisher: str) -> None:
        self._text = text
        self._people = people
        self._lexicon = lexicon
        self._publisher = publisher

    def chain(self, sentence: Reading, now: int) -> Chain:
        if not sentence.tokens:
            return ()
        cues = cues_in(self._text, sentence.tokens, self._lexicon)
        noted = self._note(sentence, cues[0].start if cues else sentence.unit.end, now)
        named = [(cue, self._named(cue, sentence, now)) for cue in cues]
        self._note_rest(sentence, noted, now)
        if not cues:
            self._note_subject(sentence, now)
        return self._links(named, now)

    def _note(self, sentence: Reading, before: int, now: int) -> int:
        early = list(names_before(sentence.names, before))
        for place, name in enumerate(early):
            owner = sentence.tokens[name.last].possessive
            leads = place == 0 and name.first <= 3 and not owner
            self._people.note(name, now, subject=leads)
        return len(early)

    def _note_rest(self, sentence: Reading, noted: int, now: int) -> None:
        for name in sentence.names[noted:]:
            self._people.note(name, now, subject=name.first <= 1)

    def _note_subject(self, sentence: Reading, now: int) -> None:
        """ "The minister opened the bridge": the next "she" may be the minister."""
        subject = first_subject(sentence.tokens, len(sentence.tokens), self._lexicon)
        if subject is None or any(token.capital for token in subject.tokens[1:]):
            return
        head = head_of(subject, self._lexicon).lower
        alone = len(subject.tokens) == 1
        groups = ("group_nouns",) if alone else ("person_nouns", "group_nouns", "org_nouns")
        if any(self._lexicon.has(group, head) for group in groups):
            self._people.note_subject(subject, now)

    def _named(self, cue: Cue, sentence: Reading, now: int) -> Entity:
        """Who a cue names; a document by somebody stands for that somebody."""
        phrase = cue.phrase
        behind = _past_participle(sentence.tokens, phrase.last + 1)
        by = behind < len(sentence.tokens) and self._lexicon.has(
            "by", sentence.tokens[behind].lower
        )
        if cue.form is Form.ACCORDING and by:
            author = after(sentence.tokens, behind, self._lexicon)
            if author and not is_outlet(_text(author), self._lexicon):
                return self._people.resolve(author, now)
            phrase = _without_participle(phrase)
        if cue.form is Form.OUTLET and (outlet := self._brand(phrase)):
            return outlet
        entity = self._people.resolve(phrase, now)
        ends = any(name.end == phrase.end and name.kind == OUTLET for name in sentence.names)
        somebody = entity.kind in (PERSON, GROUP)
        if (ends and not somebody) or (
            entity.kind != PERSON and is_outlet(_text(phrase), self._lexicon)
        ):
            entity.kind = OUTLET
        return entity

    def _brand(self, phrase: Phrase) -> Entity | None:
        """The outlet in front of its reporter or programme: "CNN's Ann Lee", "Fox News Sunday"."""
        lead = [token for token in phrase.tokens if token.lower not in ARTICLES]
        for place, token in enumerate(lead):
            owner = " ".join(t.bare for t in lead[: place + 1])
            if token.possessive and is_outlet(owner, self._lexicon):
                return Entity(owner, OUTLET)
        if not leading_brand([token.text for token in lead], self._lexicon):
            return None
        run = [token.text for token in takewhile(lambda t: t.capital, lead)]
        return Entity(" ".join(run), OUTLET)

    def _links(self, named: Sequence[tuple[Cue, Entity]], now: int) -> Chain:
        passed_on = [(c, e) for c, e in named if self._passes_on(c, e) or self._relays(c, e, named)]
        cited = [(c, e) for c, e in named if c.form is Form.CITING]
        said = [(c, e) for c, e in named if (c, e) not in passed_on and c.form is not Form.OUTLET]
        said = [(c, e) for c, e in said if c.form is not Form.CITING]
        links = [_link(Role.ORIGIN, *pair) for pair in cited]
        if said and not (cited and passed_on):
            best = max(said, key=lambda pair: pair[0].rank)
            self._people.spoke(best[1], now)
            links.append(_link(Role.CLAIMANT, *best))
        if links:
            links += [_link(Role.VIA, c, e) for c, e in passed_on if not self._own(e)]
        elif speaking := [pair for pair in passed_on if pair[0].form is not Form.OUTLET]:
            best = max(speaking, key=lambda pair: pair[0].rank)
            self._people.spoke(best[1], now)
            links.append(_link(Role.CLAIMANT, *best))
        return _in_order(links)

    def _passes_on(self, cue: Cue, entity: Entity) -> bool:
        if cue.form is Form.CITING:
            return False
        station = _acronym(entity.name) and entity.name not in self._lexicon.group("not_outlets")
        if cue.form is Form.OUTLET and station:
            entity.kind = OUTLET
        return entity.kind == OUTLET or is_outlet(entity.name, self._lexicon)

    def _relays(self, cue: Cue, entity: Entity, named: Sequence[tuple[Cue, Entity]]) -> bool:
        """ "Smith's blog reported that the bank said": who reports it passes it on."""
        verb = self._text[cue.start : cue.end].split()[-1].lower()
        if not self._lexicon.has("relay_verbs", verb) or entity.kind in (PERSON, GROUP):
            return False
        return any(
            other.start >= cue.end - 8 and other.form in SAYING and who is not entity
            for other, who in named
        )

    def _own(self, entity: Entity) -> bool:
        """Whether an outlet is the article's own publisher."""
        name = "".join(c for c in entity.name.lower() if c.isalnum())
        return bool(name) and name in "".join(c for c in self._publisher.lower() if c.isalnum())


def _link(role: Role, cue: Cue, entity: Entity) -> Link:
    return Link(role, entity.name, cue.start, cue.end)


def _in_order(links: Sequence[Link]) -> Chain:
    """Links in reading order, each source once per role."""
    once = {(link.role, link.name): link for link in reversed(links)}
    return tuple(sorted(once.values(), key=lambda link: (link.start, link.end)))


def _acronym(name: str) -> bool:
    """Whoever is talked to and has only capitals for a name is most often a station."""
    return len(name) > 2 and name.isupper()


def _text(phrase: Phrase) -> str:
    return " ".join(token.text for token in phrase.tokens)


def _past_participle(tokens: Sequence[Token], place: int) -> int:
    """Past the "kept" and "maintained" that may stand between a document and its "by"."""
    here = tokens[place : place + 1]
    return place + (bool(here) and here[0].lower.endswith("ed") and not here[0].capital)


def _without_participle(phrase: Phrase) -> Phrase:
    """ "instructions seen" (by somebody): the document alone."""
    if len(phrase.tokens) < 2 or phrase.tokens[-1].capital:
        return phrase
    return Phrase(phrase.first, phrase.last - 1, phrase.tokens[:-1])


def _carried(sentences: Sequence[Reading], found: list[Chain], speaker: _Speakers) -> list[Chain]:
    """Give quotations that run over several sentences the speaker named beside them."""
    result = list(found)
    for now, sentence in enumerate(sentences):
        if result[now] or sentence.furniture:
            continue
        if sentence.wholly_quoted:
            result[now] = _beside(sentences, result, now)
        elif sentence.quoted_share >= HALF_QUOTED:
            result[now] = _in_paragraph_before(sentences, result, now)
    return result


def _in_paragraph_before(sentences: Sequence[Reading], found: Sequence[Chain], now: int) -> Chain:
    """Own words around a long quotation: the speaker of the sentence before, if it quotes too."""
    place = _neighbour(sentences, now, -1)
    if place is None or sentences[place].unit.paragraph != sentences[now].unit.paragraph:
        return ()
    return found[place] if sentences[place].quotes else ()


def _beside(sentences: Sequence[Reading], found: Sequence[Chain], now: int) -> Chain:
    here = sentences[now]
    previous = _neighbour(sentences, now, -1)
    following = _neighbour(sentences, now, 1)
    if following is not None and _same_quotation(here, sentences[following]):
        chain = _forward(sentences, found, now)
        if chain:
            return chain
    if previous is not None and found[previous] and _runs_on(sentences[previous], here):
        return found[previous]
    chain = _forward(sentences, found, now)
    if chain:
        return chain
    if previous is not None and found[previous]:
        return found[previous]
    return _opening_next(sentences, found, following) or _quoted_lately(sentences, found, now)


def _opening_next(sentences: Sequence[Reading], found: Sequence[Chain], place: int | None) -> Chain:
    """The speaker of the next paragraph where that opens with a quotation too."""
    if place is None or not sentences[place].tokens[0].quoted:
        return ()
    return found[place] or _forward(sentences, found, place)


def _quoted_lately(sentences: Sequence[Reading], found: Sequence[Chain], now: int) -> Chain:
    """A quotation that stands alone: whoever was quoted last, a few sentences back at most."""
    near = range(now - 1, max(now - QUOTED_LATELY, -1), -1)
    return next((found[i] for i in near if found[i] and sentences[i].quotes), ())


def _neighbour(sentences: Sequence[Reading], now: int, step: int) -> int | None:
    place = now + step
    while 0 <= place < len(sentences):
        if not sentences[place].furniture:
            return place
        place += step
    return None


def _same_quotation(one: Reading, other: Reading) -> bool:
    return bool(one.quotes and other.quotes) and one.quotes[-1] == other.quotes[0]


def _runs_on(before: Reading, here: Reading) -> bool:
    """Whether a quotation goes on from the sentence before, in its paragraph or into the next."""
    if not before.quotes:
        return before.unit.text.rstrip().endswith(":")
    ends_quoted = before.tokens[-1].quoted or before.tokens[-1].text in "”\"’'»“"
    if before.unit.paragraph == here.unit.paragraph:
        return True
    return ends_quoted or before.quotes[-1].unclosed or here.quotes[0].start == here.unit.start


def _forward(sentences: Sequence[Reading], found: Sequence[Chain], now: int) -> Chain:
    """The speaker named behind: in the paragraph, or past it where the quotation stays open."""
    place = _neighbour(sentences, now, 1)
    while place is not None:
        here, there = sentences[place - 1], sentences[place]
        left = there.unit.paragraph != sentences[now].unit.paragraph
        if left and not (here.quotes and here.quotes[-1].unclosed):
            return ()
        if found[place]:
            return found[place] if there.tokens[0].quoted else ()
        if not there.wholly_quoted:
            return ()
        place = _neighbour(sentences, place, 1)
    return ()

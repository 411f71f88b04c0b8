"""Who is meant: names, pronouns and "the director" followed through the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .grammar import Phrase, head_of, pronoun
from .lexicon import Lexicon
from .names import (
    ARTICLES,
    GROUP,
    ORGANISATION,
    OUTLET,
    PERSON,
    PLACE,
    PLACE_GUESS,
    UNKNOWN,
    Name,
    is_outlet,
    name_ending,
)
from .tokens import Token

MEMORY = 14  # sentences after which a pronoun no longer reaches back


@dataclass(slots=True)
class Entity:
    """Somebody or something the article has named, and when it was last in view."""

    name: str
    kind: str
    gender: str = ""
    nouns: set[str] = field(default_factory=set)
    first: int = 0
    seen: int = -99
    spoke: int = -99
    subject: int = -99

    def salience(self, now: int) -> float:
        """How present it is in sentence `now`: speaking counts most, then being the subject."""
        weights = ((self.spoke, 6.0), (self.subject, 4.0), (self.seen, 3.0))
        return sum(max(0.0, weight - (now - when)) for when, weight in weights)


class People:
    """What the article has said so far about who is who."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._entities: list[Entity] = []

    def note(self, name: Name, now: int, *, subject: bool = False) -> Entity:
        """Remember a name seen in sentence `now`, joined to what is known under it."""
        entity = self._known(name) or self._new(name.text, name.kind, now)
        if len(name.text) > len(entity.name) and name.kind in (PERSON, entity.kind):
            entity.name = name.text
        if entity.kind in (UNKNOWN, PLACE_GUESS) and name.kind != PLACE_GUESS:
            entity.kind = name.kind
        entity.gender = entity.gender or name.gender
        entity.nouns.update(name.nouns)
        entity.seen = now
        if subject:
            entity.subject = now
        return entity

    def resolve(self, phrase: Phrase, now: int) -> Entity:
        """Who a phrase in sentence `now` means; a new entity where nobody known fits."""
        which = pronoun(phrase.tokens[0], self._lexicon)
        if len(phrase.tokens) == 1 and self._lexicon.has("she_alone", phrase.tokens[0].lower):
            which = "she"
        if which:
            return self._pronoun(which, now) or Entity(phrase.tokens[0].text, UNKNOWN)
        partitive = self._lexicon.has("partitives", phrase.tokens[0].lower)
        if partitive or self._is_epithet(phrase):
            return self._described(phrase, now)
        name = name_ending(phrase, self._lexicon)
        if name and not self._mere_medium(name, phrase):
            return self.note(name, now)
        return self._described(phrase, now)

    def _is_epithet(self, phrase: Phrase) -> bool:
        """ "The Democrat", "the 46-year-old South African": a person by party or country."""
        first, *_, last = phrase.tokens[0], phrase.tokens[-1]
        definite = first.lower in self._lexicon.group("definite")
        return definite and self._lexicon.has("epithets", last.lower)

    def _mere_medium(self, name: Name, phrase: Phrase) -> bool:
        """ "Iranian state TV": no name ends here, the words together are one."""
        lone = name.text in self._lexicon.group("outlet_words")
        return lone and any(not token.capital for token in phrase.tokens[1:])

    def note_subject(self, phrase: Phrase, now: int) -> None:
        """Remember whom a sentence is about when it names them by a noun alone."""
        entity = self.resolve(phrase, now)
        if entity.kind in (PERSON, ORGANISATION, GROUP):
            entity.seen = entity.subject = now
            self._keep(entity)

    def _keep(self, entity: Entity) -> None:
        if all(entity is not known for known in self._entities):
            self._entities.append(entity)

    def spoke(self, entity: Entity, now: int) -> None:
        """Remember that somebody spoke in sentence `now`."""
        entity.spoke = entity.seen = now
        if entity.kind != UNKNOWN:
            self._keep(entity)

    def _new(self, name: str, kind: str, now: int) -> Entity:
        entity = Entity(name, kind, first=now)
        self._entities.append(entity)
        return entity

    def _known(self, name: Name) -> Entity | None:
        """The latest entity of this name, or of a longer or shorter form of it."""
        words = name.text.split()
        for entity in sorted(self._entities, key=lambda e: -e.seen):
            theirs = entity.name.split()
            exact = {name.kind, entity.kind} & {OUTLET, PLACE, GROUP}
            if theirs == words or (not exact and _same(words, theirs)):
                return entity
        return None

    def _pronoun(self, which: str, now: int) -> Entity | None:
        fits = [e for e in self._entities if now - e.seen <= MEMORY and _agrees(e, which)]
        unsure = 5.0 if which in ("he", "she") else 0.0
        return max(
            fits,
            key=lambda e: (e.salience(now) - unsure * (e.kind == UNKNOWN), e.seen),
            default=None,
        )

    def _described(self, phrase: Phrase, now: int) -> Entity:
        """ "The company", "a Nato spokesman", "zoo officials": by noun, then by what is near."""
        words = [token for token in phrase.tokens if token.is_word]
        text = " ".join(token.text for token in phrase.tokens)
        text = text.replace(" ,", ",")
        head = head_of(phrase, self._lexicon).lower
        kind = self._kind_of(head, text)
        owned = self._lexicon.has("possessives", words[0].lower) and kind in (OUTLET, GROUP)
        if owned and (owner := self._owner(words[0].lower, now)):
            return owner
        if words[0].lower in self._lexicon.group("definite"):
            if known := self._by_noun(words, head, now):
                return known
            if nearest := self._nearest(words, head, kind, now):
                nearest.nouns.add(head)
                return nearest
        return Entity(_without_article(text), kind, self._gender_of(head), {head})

    def _plain(self, words: Sequence[Token]) -> bool:
        """Whether "the tech giant" may be the firm at hand: no "rival" among its words."""
        return not any(w.capital or self._lexicon.has("contrasts", w.lower) for w in words[1:])

    def _owner(self, possessive: str, now: int) -> Entity | None:
        """Whose website "its website" is."""
        which = {"its": "it", "his": "he", "her": "she", "their": "they"}.get(possessive, "it")
        return self._pronoun(which, now)

    def _kind_of(self, head: str, text: str) -> str:
        groups = (
            (PERSON, "person_nouns"),
            (GROUP, "group_nouns"),
            (OUTLET, "outlet_nouns"),
            (ORGANISATION, "org_nouns"),
            (ORGANISATION, "document_nouns"),
        )
        if is_outlet(text, self._lexicon):
            return OUTLET
        if head.endswith(tuple(self._lexicon.group("person_endings"))):
            return PERSON
        if self._lexicon.has("epithets", head):
            return PERSON
        return next((kind for kind, group in groups if self._lexicon.has(group, head)), GROUP)

    def _gender_of(self, head: str) -> str:
        if self._lexicon.has("male_nouns", head):
            return "m"
        return "f" if self._lexicon.has("female_nouns", head) else ""

    def _by_noun(self, words: Sequence[Token], head: str, now: int) -> Entity | None:
        """Somebody of whom the same noun was said, with none of the other words against it."""
        others = {w.lower for w in words[1:]} - {head}
        best: tuple[float, Entity] | None = None
        for entity in self._entities:
            if head not in entity.nouns and head not in entity.name.lower().split():
                continue
            theirs = {w.lower() for w in entity.name.split()} | entity.nouns
            shared = len(others & theirs)
            if others and not shared:
                continue
            score = shared * 10 + entity.salience(now) + entity.seen / 1000
            if best is None or score > best[0]:
                best = (score, entity)
        return best[1] if best else None

    def _nearest(self, words: Sequence[Token], head: str, kind: str, now: int) -> Entity | None:
        """The most present entity of the kind, where the phrase is only "the" and a noun."""
        authored = self._lexicon.has("authored_nouns", head)
        firm = self._lexicon.has("generic_orgs", head) and self._plain(words)
        person = kind == PERSON and any(w.text[0].isdigit() for w in words[1:])
        if len(words) > (4 if authored or person else 3 if firm else 2):
            return None
        if kind == PERSON and self._lexicon.has("possessives", words[0].lower):
            return None  # "his wife" is not he
        if authored:
            kinds = {PERSON, ORGANISATION, UNKNOWN}
        elif kind == OUTLET and not self._lexicon.has("document_nouns", head):
            kinds = {OUTLET}
        elif self._lexicon.has("document_nouns", head):
            kinds = {ORGANISATION, UNKNOWN, kind}
        elif self._lexicon.has("media_firms", head):
            kinds = {kind, UNKNOWN, OUTLET}
        elif kind == PERSON or self._lexicon.has("generic_orgs", head):
            kinds = {kind, UNKNOWN}
        else:
            return None
        fits = [e for e in self._entities if e.kind in kinds and now - e.seen <= MEMORY]
        named = [e for e in fits if e.name[:1].isupper()]
        if kind != ORGANISATION:  # "the director", "the website": rather of who spoke last
            spoken = [e for e in named if now - e.spoke <= MEMORY]
            named = [e for e in named if e.first < now]
            return max(spoken or named, key=lambda e: (e.spoke, e.seen), default=None)
        return max(named, key=lambda e: (e.salience(now), e.seen), default=None)


def _same(words: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names name the same: one begins or ends with the other."""
    short, long = sorted((list(words), list(theirs)), key=len)
    if len(short) == len(long):
        return short == long
    return long[-len(short) :] == short or (len(short) == 1 and long[0] == short[0])


def _agrees(entity: Entity, which: str) -> bool:
    if which in ("he", "she"):
        person = entity.kind == PERSON or entity.kind == UNKNOWN
        return person and entity.gender != ("f" if which == "he" else "m")
    if which == "it":
        return entity.kind in (ORGANISATION, OUTLET, PLACE, UNKNOWN) and not entity.gender
    return entity.kind in (GROUP, ORGANISATION)


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ARTICLES and rest else text


def names_before(names: Sequence[Name], offset: int) -> Iterator[Name]:
    """The names of a sentence that stand before an offset."""
    return (name for name in names if name.end <= offset)

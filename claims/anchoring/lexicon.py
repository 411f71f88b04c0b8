"""Words that tell what kind of change a change is, one ``Lexicon`` per language.

Whether a check is reopened never depends on these lists: any changed word reopens. They name the
reason, keep abbreviations from ending a sentence, and find the speaker of a quotation and the
pronouns that lean on the sentence before. A language is added by making another ``Lexicon``.
"""

from dataclasses import dataclass

from claims.anchoring.tokens import Token


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, in lower case except ``dates``, which count only as written.

    ``titles`` never end a sentence with their full stop; ``abbreviations`` do so only before one
    of ``openers``, the small words sentences begin with. ``capitals`` are written large without
    being names; an ASCII word without ``vowels`` counts as an abbreviation. A name after one of
    ``prepositions`` is not what a later pronoun stands for.
    """

    titles: frozenset[str]
    abbreviations: frozenset[str]
    openers: frozenset[str]
    numbers: frozenset[str]
    dates: frozenset[str]
    negations: frozenset[str]
    negative_prefixes: tuple[str, ...]
    negative_endings: tuple[str, ...]
    attributions: frozenset[str]
    pronouns: frozenset[str]
    pointers: frozenset[str]
    capitals: frozenset[str]
    vowels: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]

    def is_name(self, token: Token, *, first: bool) -> bool:
        """Tell whether a token looks like a name; ``first`` in its sentence it needs more care."""
        if not token.is_word or not token.text[0].isupper() or token.plain in self.dates:
            return False
        lower = token.plain.lower()
        return lower not in self.capitals and not (first and lower in self.openers)

    def is_figure(self, token: Token) -> bool:
        """Tell whether a token counts, measures or dates something."""
        if any(character.isdigit() for character in token.text):
            return True
        return token.plain.lower() in self.numbers or token.plain in self.dates

    def is_negation(self, token: Token) -> bool:
        """Tell whether a token turns a statement into its opposite."""
        lower = token.plain.lower()
        return lower in self.negations or lower.endswith(self.negative_endings)

    def is_attribution(self, token: Token) -> bool:
        """Tell whether a token says that somebody said something."""
        return token.plain.lower() in self.attributions


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = Lexicon(
    titles=_words(
        """mr mrs ms mx dr prof rev hon pres gov sen rep sens reps gen col lt maj capt cmdr cpl sgt
        pvt adm insp supt det dir amb sec atty msgr fr br st ste mt ft vs viz cf e.g i.e approx est
        asst assoc dept dist univ bros messrs mme mlle cllr no nos fig figs vol pp art para"""
    ),
    abbreviations=_words(
        """jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
        sun inc corp co ltd llc plc jr sr etc al a.m p.m u.s u.k u.n e.u u.s.a d.c l.a n.y u.a.e
        ph.d m.d b.a m.a esq ave blvd rd hwy ala ariz ark calif colo conn del fla ga ill ind kan ky
        la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ont que
        sq km kg lb lbs oz hrs min"""
    ),
    openers=_words(
        """the a an in on at by for from with of to as after before during since until while when
        where if although though because but and or nor so yet he she it they we i you his her its
        their our my your this that these those there here what who which why how not no all some
        many most both each every another other more few several one two three according despite
        however meanwhile also still then now last next later earlier such under over between about
        only even among"""
    ),
    numbers=_words(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
        ninety hundred hundreds thousand thousands million millions billion billions trillion
        trillions dozen dozens half halves third thirds quarter quarters double doubled triple
        tripled quadrupled twice thrice fourth fifth sixth seventh eighth ninth tenth percent
        percentage per cent pc bn mn majority minority nearly almost roughly approximately
        today yesterday tomorrow"""
    ),
    dates=_words(
        """January February March April May June July August September October November December
        Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday
        Saturday Sunday"""
    ),
    negations=_words(
        """no not never none nobody nothing nowhere neither nor cannot without hardly barely
        scarcely lack lacks lacked lacking fail fails failed failing deny denies denied denying
        refuse refuses refused refusing reject rejects rejected rejecting false falsely untrue"""
    ),
    negative_prefixes=("un", "in", "im", "il", "ir", "dis", "non", "non-", "anti-", "de-"),
    negative_endings=("n't",),
    attributions=_words(
        """say says said saying tell tells told telling add adds added adding claim claims claimed
        claiming state states stated stating announce announces announced argue argues argued
        insist insists insisted warn warns warned warning report reports reported reporting
        reportedly allege alleges alleged allegedly accuse accuses accused ask asks asked reply
        replies replied respond responds responded respond write writes wrote tweet tweets tweeted
        posted explain explains explained note notes noted confirm confirms confirmed deny denies
        denied admit admits admitted concede concedes conceded suggest suggests suggested according
        quoted quoting cited citing cite cites believe believes believed think thinks thought call
        calls called testify testified promise promised vow vowed predict predicted estimate
        estimated recall recalled declare declared acknowledge acknowledged stress stressed urge
        urged describe described remark remarked observe observed joke joked conclude concluded"""
    ),
    pronouns=_words(
        """he she it they him her them his hers its their theirs himself herself itself themselves
        he's she's it's they're they've he'd she'd they'd he'll she'll they'll"""
    ),
    pointers=_words("this that these those such so both neither former latter"),
    capitals=_words("i i'm i've i'd i'll"),
    vowels=frozenset("aeiouy"),
    prepositions=_words(
        """in at on from to of for with by near across over under into onto outside inside around
        after before since until through throughout between against about than via per"""
    ),
    articles=_words("the a an his her its their our my your this that these those"),
)

"""Reads from the database what a clearance is decided by: a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, Max, OuterRef, Value
from django.utils import timezone

from claims.clearance import earlier_texts
from claims.clearance.facts import (
    ChangeFact,
    ClaimFact,
    Finding,
    OverrideFact,
    Place,
    RulingFact,
    SentenceFact,
    TextFacts,
)
from claims.clearance.rule import Clearance, cleared
from claims.models import (
    ArticleVersion,
    Attribution,
    Claim,
    ClearanceOverride,
    RequiredChange,
    Ruling,
    Sentence,
    Verdict,
    VersionReading,
)
from claims.states import VerdictState
from claims.work import desk

Row = dict[str, Any]
_SPAN = ("start", "end", "exact", "prefix", "suffix")
PASSAGE = tuple(f"passage__{name}" for name in (*_SPAN, "version_id"))
_RATING = (
    "rating__slug",
    "rating__label",
    "rating__scale__slug",
    "rating__stands",
    "summary",
    "decided_at",
)
_READING = ("version_id", "state", "note")
_SPEAKING = (Attribution.Role.CLAIMANT, Attribution.Role.VIA)


def clearance_of(version: ArticleVersion, *, seen_by: User | None = None) -> Clearance:
    """Return whether `version` may go out now.

    `seen_by` decides how much is said of unfinished work, never what the answer is; None stands for
    the desk itself. About a dozen statements, whatever the length of the text.
    """
    return cleared(facts_of(version, seen_by=seen_by), timezone.now())


def newest_texts(articles: Iterable[int]) -> list[ArticleVersion]:
    """Return the newest version of each of these articles, with its article. One statement."""
    later = ArticleVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    rows = ArticleVersion.objects.filter(article__in=list(articles)).exclude(Exists(later))
    return list(rows.select_related("article"))


def facts_of(version: ArticleVersion, *, seen_by: User | None = None) -> TextFacts:
    """Return what is known of `version`, whose article should be loaded."""
    newest = version.article.versions.aggregate(newest=Max("number"))["newest"]
    if version.number == newest:
        return facts_of_newest([version], seen_by=seen_by)[0]
    known = _Known([version], seen_by)
    claims = _claims_then(known, version)
    return _facts(
        known,
        version,
        newest,
        claims,
        earlier_texts.changes_in(version, known.changes[version.article_id]),
        earlier_texts.rulings_in(version, known.old_rulings(version), claims),
    )


def facts_of_newest(
    versions: Sequence[ArticleVersion], *, seen_by: User | None = None
) -> list[TextFacts]:
    """Return what is known of these versions, each the newest of its article, in their order.

    As many statements for many as for one.
    """
    known = _Known(versions, seen_by)
    shows_work = seen_by is not None and desk().shows_work_to(seen_by)
    rows = _claim_rows(shows_work=shows_work, passage__version__in=known.version_ids, in_text=True)
    ids = [row["id"] for rows_of in rows.values() for row in rows_of]
    speakers = speakers_of(ids)
    rulings = known.rulings()
    facts = []
    for one in versions:
        claims = [
            _claim(row, place_of(row), known.verdicts[row["id"]], speakers[row["id"]])
            for row in rows[one.article_id]
        ]
        changes = known.changes[one.article_id]
        facts.append(_facts(known, one, one.number, claims, changes, rulings[one.article_id]))
    return facts


def _facts(
    known: _Known,
    version: ArticleVersion,
    newest: int,
    claims: list[ClaimFact],
    changes: list[ChangeFact],
    rulings: list[RulingFact],
) -> TextFacts:
    state, note = known.readings.get(version.pk, (VersionReading.State.WAITING.value, ""))
    return TextFacts(
        article_id=version.article_id,
        number=version.number,
        headline=version.headline,
        body=version.body,
        body_sha256=version.body_sha256,
        created_at=version.created_at,
        is_newest=version.number == newest,
        newest=newest,
        reading=state,
        note=note,
        embargo_until=version.article.embargo_until,
        sentences=known.sentences[version.pk],
        claims=claims,
        changes=changes,
        rulings=rulings,
        override=known.overrides.get(version.pk),
    )


class _Known:
    """What is read of several versions at once: by the version's id, or by the article's."""

    def __init__(self, versions: Iterable[ArticleVersion], seen_by: User | None) -> None:
        self.version_ids = [one.pk for one in versions]
        self.article_ids = [one.article_id for one in versions]
        readings = VersionReading.objects.filter(pk__in=self.version_ids)
        self.readings = {pk: (state, note) for pk, state, note in readings.values_list(*_READING)}
        self.sentences = _sentences(self.version_ids)
        self.verdicts = _verdicts(self.article_ids, seen_by)
        self.changes = _changes(self.article_ids, self.version_ids)
        self.overrides = _overrides(self.version_ids)

    def rulings(self) -> dict[int, list[RulingFact]]:
        """Return the rulings in force on these versions, by article."""
        return _rulings(ended_at__isnull=True, passage__version__in=self.version_ids)

    def old_rulings(self, version: ArticleVersion) -> list[RulingFact]:
        """Return what may be in force on an earlier version.

        What the text itself ended may still hold for the text before; what people ended may not.
        """
        return _rulings(article=version.article_id, ended_by__isnull=True)[version.article_id]


def place_of(row: Row, before: str = "passage__") -> Place:
    """Return the place that a row of values holds under names that begin with `before`."""
    return Place(*(row[f"{before}{name}"] for name in _SPAN))


def _name(row: Row, who: str) -> str:
    """Return a person's full name out of a row of values, or their user name; "" for nobody."""
    full = f"{row[f'{who}__first_name'] or ''} {row[f'{who}__last_name'] or ''}".strip()
    return full or row[f"{who}__username"] or ""


def _names(*people: str) -> list[str]:
    parts = ("first_name", "last_name", "username")
    return [f"{who}__{part}" for who in people for part in parts]


def _sentences(version_ids: Iterable[int]) -> dict[int, list[SentenceFact]]:
    rows = Sentence.objects.filter(version__in=version_ids).order_by("start")
    found: dict[int, list[SentenceFact]] = defaultdict(list)
    for row in rows.values(
        "version_id", "id", "start", "end", "kind", "reason", "set_by__username"
    ):
        found[row["version_id"]].append(
            SentenceFact(
                row["id"],
                row["start"],
                row["end"],
                row["kind"],
                row["reason"],
                row["set_by__username"] or "",
            )
        )
    return found


# --- Claims ---------------------------------------------------------------------------------------


def _claim_rows(*, shows_work: bool, **which: Any) -> dict[int, list[Row]]:
    """Return claims by article, in reading order, with the state of the work where it is shown."""
    rows = Claim.objects.filter(**which).order_by("passage__start", "passage__end", "pk")
    columns = ("id", "article_id", "statement", "kind", "state", "standing_id", *PASSAGE)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values(*columns, work=desk().work_state() if shows_work else Value("")):
        found[row["article_id"]].append(row)
    return found


def _claims_then(known: _Known, version: ArticleVersion) -> list[ClaimFact]:
    """Return the claims that an earlier `version` makes, in reading order."""
    rows = _claim_rows(shows_work=False, article=version.article_id)[version.article_id]
    places, verdicts = earlier_texts.as_of(version, rows, known.verdicts)
    speakers = speakers_of(places)
    facts = [
        _claim(row, places[row["id"]], verdicts[row["id"]], speakers[row["id"]])
        for row in rows
        if row["id"] in places
    ]
    return sorted(facts, key=lambda one: (one.place.start, one.place.end, one.id))


def _claim(row: Row, place: Place, verdicts: list[Row], speakers: list[str]) -> ClaimFact:
    standing = next((one for one in verdicts if one["id"] == row["standing_id"]), None)
    newest = verdicts[-1]["state"] if verdicts else ""
    return ClaimFact(
        id=row["id"],
        place=place,
        statement=row["statement"],
        kind=row["kind"],
        triage=row["state"],
        speakers=tuple(dict.fromkeys(speakers)),
        finding=_finding(standing) if standing else None,
        review=newest if newest in (VerdictState.IN_REVIEW, VerdictState.RETURNED) else "",
        work=row["work"] or "",
        checked_before=any(one["state"] == VerdictState.APPROVED for one in verdicts),
    )


def _finding(row: Row) -> Finding:
    return Finding(row["id"], *(row[name] for name in _RATING))


def _verdicts(article_ids: Iterable[int], seen_by: User | None) -> dict[int, list[Row]]:
    """Return the verdicts on each claim of the articles, the newest last, as far as seen."""
    seen = Verdict.objects.visible_to(seen_by) if seen_by else Verdict.objects.all()
    rows = seen.filter(claim__article__in=article_ids).order_by("number")
    columns = ("id", "claim_id", "number", "state", "version__number", *_RATING)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values(*columns):
        found[row["claim_id"]].append(row)
    return found


def speakers_of(claim_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return for each claim whom the text names as saying it."""
    rows = Attribution.objects.filter(claim__in=claim_ids, role__in=_SPEAKING)
    found: dict[int, list[str]] = defaultdict(list)
    for claim_id, name in rows.order_by("claim", "position").values_list("claim", "source__name"):
        found[claim_id].append(name)
    return found


# --- What people said -----------------------------------------------------------------------------


def _rulings(**which: Any) -> dict[int, list[RulingFact]]:
    """Return rulings by article."""
    rows = Ruling.objects.filter(**which).order_by("pk")
    columns = ("id", "kind", "claim_id", "article_id", "reason", "made_at", *PASSAGE)
    found: dict[int, list[RulingFact]] = defaultdict(list)
    for row in rows.values(*columns, *_names("made_by")):
        found[row["article_id"]].append(
            RulingFact(
                row["id"],
                row["kind"],
                row["claim_id"],
                place_of(row),
                row["reason"],
                _name(row, "made_by"),
                row["made_at"],
            )
        )
    return found


def _changes(article_ids: Iterable[int], version_ids: Sequence[int]) -> dict[int, list[ChangeFact]]:
    """Return the changes by article; one whose words are in none of the versions has no place."""
    columns = (
        "id",
        "article_id",
        "claim_id",
        "wording_now",
        "wording_to_use",
        "state",
        "note",
        "reads_now",
        "closed_because",
        "closed_at",
        "revision",
        *PASSAGE,
        *_names("set_by", "closed_by"),
    )
    rows = RequiredChange.objects.filter(article__in=article_ids).order_by("pk")
    found: dict[int, list[ChangeFact]] = defaultdict(list)
    for row in rows.values(*columns):
        found[row["article_id"]].append(_change(row, version_ids))
    return found


def _change(row: Row, version_ids: Sequence[int]) -> ChangeFact:
    here = row["passage__version_id"] in version_ids
    return ChangeFact(
        id=row["id"],
        claim_id=row["claim_id"],
        place=place_of(row) if here else None,
        wording_now=row["wording_now"],
        wording_to_use=row["wording_to_use"],
        state=row["state"],
        note=row["note"],
        reads_now=row["reads_now"],
        set_by=_name(row, "set_by"),
        closed_by=_name(row, "closed_by"),
        closed_because=row["closed_because"],
        closed_at=row["closed_at"],
        revision=row["revision"],
    )


def _overrides(version_ids: Iterable[int]) -> dict[int, OverrideFact]:
    """Return the newest override of each version."""
    columns = ("version_id", "decision", "reason", "made_at", "found", "killed")
    rows = ClearanceOverride.objects.filter(version__in=version_ids).order_by("pk")
    # Of several, the last one in the order wins: the newest.
    return {
        row["version_id"]: OverrideFact(
            decision=row["decision"],
            reason=row["reason"],
            made_by=_name(row, "made_by"),
            made_at=row["made_at"],
            found=row["found"],
            killed=frozenset(row["killed"]),
        )
        for row in rows.values(*columns, *_names("made_by"))
    }

"""What submitting and deciding look at beside the verdict itself, each in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, QuerySet, Value

from claims.actions.publication_following import scheduled_with_another
from claims.models import Approval, Attribution, Claim, Evidence, ReplyRequest, Verdict
from claims.prepared import PreparedValues

_NOTHING = Value("", output_field=CharField())


def _found(
    kind: str, rows: QuerySet[Any], number: str, *words: str | Value
) -> QuerySet[Any, tuple[str, int, str, str]]:
    return rows.order_by().values_list(Value(kind, output_field=CharField()), number, *words)


_AROUND = PreparedValues(
    lambda claim: _found(
        "evidence", Evidence.objects.filter(claim=claim).standing(), "pk", "source__name", "tier"
    ).union(
        _found("reply", ReplyRequest.objects.filter(claim=claim), "pk", "source__name", "state"),
        _found(
            "claimant",
            Attribution.objects.filter(claim=claim, role=Attribution.Role.CLAIMANT),
            "pk",
            _NOTHING,
            "role",
        ),
        _found("verdict", Verdict.objects.filter(claim=claim), "number", _NOTHING, "state"),
        all=True,
    ),
    int,
)
_BEARING_ON = PreparedValues(
    lambda verdict, claim, person: _found(
        "evidence", Evidence.objects.filter(claim=claim, added_by=person), "pk", _NOTHING, "tier"
    ).union(
        _found(
            "vote",
            Approval.objects.filter(verdict=verdict, editor=person),
            "pk",
            _NOTHING,
            "decision",
        ),
        _found(
            "scheduled",
            scheduled_with_another(claim, verdict),
            "pk",
            _NOTHING,
            "state",
        ),
        all=True,
    ),
    int,
    int,
    int,
)


@dataclass(frozen=True)
class Around:
    """What a verdict on a claim would rest on, and the verdicts there are."""

    rows: Sequence[Sequence[Any]]

    def of(self, kind: str) -> list[tuple[int, str, str]]:
        """Return number, name and word of each of one kind."""
        return [(number, name, word) for which, number, name, word in self.rows if which == kind]


def around_of(claim: Claim) -> Around:
    """Return what there is for a verdict on `claim`. 1 query."""
    return Around(list(_AROUND.tuples(claim.pk)))


def bearing_on(verdict: Verdict, actor: User) -> set[str]:
    """Return what there is that bears on `actor` deciding on the verdict. 1 query.

    Of "evidence" they added to the claim, a "vote" they gave already, and a "scheduled" fact-check
    of the claim that rests on another verdict.
    """
    return {kind for kind, *_ in _BEARING_ON.tuples(verdict.pk, verdict.claim_id, actor.pk)}

"""Learning: once a night, from what people accepted and dismissed."""

from django.db import transaction
from django.utils import timezone

from claims import spotting
from claims.history import record
from claims.models import Claim, Event, LearnedModel, SpottingSettings
from claims.spotted import suggestion_of
from claims.spotting.learning import Decision, Report, decision_on, fit

MOST_DECISIONS = 5000
_DECISIONS = ("accept", "dismiss")


def learn_from_decisions() -> LearnedModel | None:
    """Fit a model to the newest decisions and store what came of it; None when there are no new.

    A model is kept, and ranks the suggestions until the next one is fitted, only when it orders
    the held-back decisions better than the factors alone.
    """
    decisions = _decisions()
    last = LearnedModel.objects.first()
    if not decisions or (last and last.decisions == len(decisions) < MOST_DECISIONS):
        return None
    return _store(fit(decisions))


def _decisions() -> list[Decision]:
    """Return what people decided on spotted claims, in the order in which they did."""
    made = Event.objects.filter(subject="claim", verb__in=_DECISIONS, actor__isnull=False)
    # The last word on a claim counts: later ones overwrite earlier ones here.
    newest = made.order_by("-id").values_list("subject_id", "verb")[: 2 * MOST_DECISIONS]
    verbs: dict[int, str] = {}
    for claim_id, verb in newest:
        verbs.setdefault(claim_id, verb)
    claims = (
        Claim.objects.filter(pk__in=list(verbs)[:MOST_DECISIONS], created_by__isnull=True)
        .exclude(factors=[])
        .select_related("passage")
        .in_bulk()
    )
    given = SpottingSettings.objects.first() or SpottingSettings()
    return [
        _decision(claims[pk], verb, given) for pk, verb in reversed(verbs.items()) if pk in claims
    ]


def _decision(claim: Claim, verb: str, given: SpottingSettings) -> Decision:
    # Weighed by the factors alone: the stored score may be what an earlier model made of it.
    [plain] = spotting.rescored([suggestion_of(claim)], weights=given.weights)
    return decision_on(plain, accepted=verb == "accept")


@transaction.atomic
def _store(report: Report) -> LearnedModel:
    row = LearnedModel.objects.create(
        fitted_at=timezone.now(),
        decisions=report.decisions,
        held_back=report.held_back,
        factors_score=report.factors_score,
        model_score=report.model_score,
        kept=report.model is not None,
        reason=report.reason[:200],
        parameters=report.model or {},
    )
    record(actor=None, verb="learn", subject=row, reason=row.reason, detail={"kept": row.kept})
    return row

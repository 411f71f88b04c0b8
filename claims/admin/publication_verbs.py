"""The buttons of publication: on a fact-check, and on the verdict that it comes from."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import (
    annotate_fact_check,
    correct_fact_check,
    edit_fact_check,
    prepare_fact_check,
    publish_fact_check,
    redraft_fact_check,
    retract_fact_check,
    set_review_date,
    unschedule_fact_check,
    withhold_fact_check,
)
from claims.actions.publication_moves import WORDS
from claims.actions.publishing import edition_of
from claims.actions.review_dates import REVIEWING
from claims.admin.publication_forms import (
    CorrectForm,
    EditForm,
    NoteForm,
    PublishForm,
    RetractForm,
    ReviewDateForm,
    WithholdForm,
    changed_words,
)
from claims.admin.verbs import Verb, VerbForm, why_not_move
from claims.admin.words import exactly
from claims.models import Correction, FactCheck, ReviewDate, Verdict
from claims.states import PUBLICATION_TRANSITIONS, FactCheckState, VerdictState


def _why_not(verb: str, doing: str) -> Callable[[User, FactCheck], str]:
    """Return the check that somebody may `verb` a fact-check now."""

    def why_not(actor: User, row: FactCheck) -> str:
        state = row.state_at(timezone.now())
        return why_not_move(actor, PUBLICATION_TRANSITIONS[verb], state, doing)

    return why_not


def _edit(actor: User, row: FactCheck, data: dict[str, Any]) -> str:
    words = {name: data[name] for name in WORDS}
    edit_fact_check(
        actor=actor,
        fact_check=row,
        words=words,
        slug=data["slug"],
        expected_revision=data["revision"],
    )
    return "Saved. Nothing is public yet."


def _publish(actor: User, row: FactCheck, data: dict[str, Any]) -> str:
    done = publish_fact_check(
        actor=actor,
        fact_check=row,
        at=data["goes_out_at"],
        expected_revision=data["revision"],
    )
    if done.state == FactCheckState.PUBLISHED or done.goes_out_at is None:
        return "Published. It is out."
    return f"Scheduled. It goes out on {exactly(done.goes_out_at)}."


def _simply(
    action: Callable[..., FactCheck], done: str, actor: User, row: FactCheck, data: dict[str, Any]
) -> str:
    action(actor=actor, fact_check=row, expected_revision=data["revision"])
    return done


def _correct(actor: User, row: FactCheck, data: dict[str, Any]) -> str:
    edition, verdict = edition_of(row), data["verdict"]
    is_major = verdict is not None and verdict.rating_id != edition.verdict.rating_id
    correct_fact_check(
        actor=actor,
        fact_check=row,
        kind=Correction.Kind.MAJOR if is_major else Correction.Kind.MINOR,
        says=data["says"],
        words=changed_words(edition, data),
        verdict=verdict,
        expected_revision=data["revision"],
    )
    return "Corrected. The page says what was wrong and keeps what was there before."


def _annotate(actor: User, row: FactCheck, data: dict[str, Any]) -> str:
    annotate_fact_check(
        actor=actor, fact_check=row, says=data["says"], expected_revision=data["revision"]
    )
    return "The note is on the page."


def _retract(actor: User, row: FactCheck, data: dict[str, Any]) -> str:
    done = retract_fact_check(
        actor=actor,
        fact_check=row,
        reason=data["reason"],
        withheld=data["withheld"],
        expected_revision=data["revision"],
    )
    return "Retracted. " + (
        "Nothing of it is shown any more." if done.withheld else "Its page shows the reason."
    )


def _why_not_withhold(actor: User, row: FactCheck) -> str:
    barred = _why_not("withhold", "withhold fact-checks")(actor, row)
    return barred or ("Nothing of it is shown any more already." if row.withheld else "")


def _withhold(actor: User, row: FactCheck, data: dict[str, Any]) -> str:
    withhold_fact_check(
        actor=actor, fact_check=row, reason=data["reason"], expected_revision=data["revision"]
    )
    return "Withheld. Nothing of it is shown any more."


def _words_of(row: FactCheck) -> dict[str, Any]:
    edition = edition_of(row)
    return {"slug": row.slug, **{name: getattr(edition, name) for name in WORDS}}


FACT_CHECK_VERBS: tuple[Verb[FactCheck], ...] = (
    Verb(
        name="publish",
        label="Publish or schedule",
        why_not=_why_not("publish", "publish fact-checks"),
        act=_publish,
        form=PublishForm,
        asks="Publish this fact-check?",
        css="good",
        initial=lambda row: {"goes_out_at": row.wanted_at},
    ),
    Verb(
        name="edit",
        label="Edit",
        why_not=_why_not("edit", "edit fact-checks"),
        act=_edit,
        form=EditForm,
        asks="Edit what readers will see",
        does="Save",
        initial=_words_of,
    ),
    Verb(
        name="redraft",
        label="Write anew from the verdict",
        why_not=lambda actor, row: (
            _why_not("redraft", "edit fact-checks")(actor, row) or _why_not_overtaken(row)
        ),
        act=partial(_simply, redraft_fact_check, "The draft follows the verdict that holds now."),
        asks="Write summary and text anew from the verdict that holds now?",
    ),
    Verb(
        name="unschedule",
        label="Unschedule",
        why_not=_why_not("unschedule", "take fact-checks back"),
        act=partial(_simply, unschedule_fact_check, "It is a draft again."),
        asks="Take this fact-check off the schedule?",
        css="bad",
    ),
    Verb(
        name="correct",
        label="Correct",
        why_not=_why_not("correct", "correct fact-checks"),
        act=_correct,
        form=CorrectForm,
        asks="What was wrong, and what is right?",
        initial=_words_of,
    ),
    Verb(
        name="annotate",
        label="Add an editor’s note",
        why_not=_why_not("annotate", "annotate fact-checks"),
        act=_annotate,
        form=NoteForm,
    ),
    Verb(
        name="retract",
        label="Retract",
        why_not=_why_not("retract", "retract fact-checks"),
        act=_retract,
        form=RetractForm,
        asks="Retract this fact-check for good?",
        css="bad",
    ),
    Verb(
        name="withhold",
        label="Withhold",
        why_not=_why_not_withhold,
        act=_withhold,
        form=WithholdForm,
        asks="Show nothing of it any more, not even that it was retracted and why?",
        css="bad",
    ),
)


def _why_not_overtaken(row: FactCheck) -> str:
    standing = row.claim.standing_id
    if standing is None:
        return "No approved verdict holds for this claim as its words stand now."
    if standing == edition_of(row).verdict_id:
        return "The draft is about the verdict that holds already."
    return ""


# --- On a verdict ---------------------------------------------------------------------------------


def _why_not_prepare(actor: User, verdict: Verdict) -> str:
    if not actor.has_perm(PUBLICATION_TRANSITIONS["publish"].permission or ""):
        return "Your role does not let you publish fact-checks."
    if not _holds(verdict):
        return "Only a verdict that is approved and holds for its claim is published."
    if FactCheck.objects.filter(claim=verdict.claim_id).exists():
        return "There is a fact-check of this claim already."
    return ""


def _why_not_review_date(actor: User, verdict: Verdict) -> str:
    if not actor.has_perm(REVIEWING):
        return "Your role does not let you set review dates."
    return "" if _holds(verdict) else "Only a verdict that holds is looked at again."


def _holds(verdict: Verdict) -> bool:
    return verdict.state == VerdictState.APPROVED and verdict.claim.standing_id == verdict.pk


def _prepare(actor: User, verdict: Verdict, data: dict[str, Any]) -> str:
    prepare_fact_check(actor=actor, claim=verdict.claim)
    return "Drafted from the verdict. Read it through, then publish it."


def _set_review_date(actor: User, verdict: Verdict, data: dict[str, Any]) -> str:
    set_review_date(actor=actor, verdict=verdict, due_on=data["due_on"])
    if data["due_on"] is None:
        return "It will not be looked at again by itself."
    return f"The desk has it checked anew on {data['due_on']:%-d %B %Y}."


def _due_on(verdict: Verdict) -> dict[str, Any]:
    row = ReviewDate.objects.filter(verdict=verdict, done_at=None).first()
    return {"due_on": row.due_on if row else None}


PREPARE: Verb[Verdict] = Verb(
    name="prepare",
    label="Prepare the fact-check",
    why_not=_why_not_prepare,
    act=_prepare,
    form=VerbForm,
    asks="Draft the fact-check of this verdict?",
    css="good",
)
REVIEW_DATE: Verb[Verdict] = Verb(
    name="review-date",
    label="Set a review date",
    why_not=_why_not_review_date,
    act=_set_review_date,
    form=ReviewDateForm,
    asks="When is this verdict looked at again?",
    initial=_due_on,
)

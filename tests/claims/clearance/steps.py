"""How the claims of a story get a verdict: each step through the action that does it."""

from django.contrib.auth.models import User

from claims.actions import accept_claim, approve_verdict, dismiss_claim
from claims.models import Article, Verdict
from claims.states import ClaimState
from desk.actions import assign_task, start_task, submit_task
from desk.models import VerificationTask
from tests.claims.living.story import REPORT, claim_on
from tests.factories import rating
from tests.steps import with_evidence


def submitted(
    lead: User, checker: User, article: Article, *, slug: str = "false", words: str = REPORT
) -> Verdict:
    """Return the verdict that `checker` submitted on the claim that has `words`."""
    claim = claim_on(article, words)
    if claim.state != ClaimState.ACCEPTED:
        accept_claim(actor=lead, claim=claim)
    task = VerificationTask.objects.live().select_related("claim").get(claim=claim)
    task = start_task(actor=checker, task=assign_task(actor=lead, task=task, person=checker))
    with_evidence(checker, task.claim)
    return submit_task(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=rating(slug),
        summary="The office's own table says so.",
        explanation="Page 4.",
    )


def approved(
    lead: User,
    checker: User,
    editor: User,
    article: Article,
    *,
    slug: str = "false",
    words: str = REPORT,
) -> Verdict:
    """Return the verdict on the claim that has `words`, approved by `editor`."""
    verdict = submitted(lead, checker, article, slug=slug, words=words)
    return approve_verdict(actor=editor, verdict=verdict)


def dismiss_the_rest(editor: User, article: Article, *keep: str) -> None:
    """Dismiss every claim of `article` but those that have one of the words `keep`."""
    for claim in article.claims.exclude(state=ClaimState.DISMISSED):
        if not any(words in claim.quote or claim.quote in words for words in keep):
            dismiss_claim(actor=editor, claim=claim, reason="Trivial.")

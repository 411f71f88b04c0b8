"""What people said sentences are, found again in the text as it is now."""

from typing import NamedTuple

from claims.anchoring import describe, reanchor
from claims.models import ArticleVersion, Sentence
from claims.spans import Spans


class Decided(NamedTuple):
    """What somebody said a sentence is."""

    kind: str
    set_by_id: int | None


def decided_in(version: ArticleVersion) -> Spans[Decided]:
    """Return what people said of sentences of `version`, or of the same ones in an earlier one.

    Of the earlier versions the newest counts in which sentences were sorted: what holds is carried
    from each version to the next. A sentence whose words changed is looked at afresh.
    """
    rows = Sentence.objects.filter(
        version__article=version.article_id,
        version__number__lte=version.number,
        set_by__isnull=False,
    ).select_related("version")
    newest = rows.order_by("-version__number").first()
    if newest is None:
        return Spans(())
    old = newest.version
    said = list(rows.filter(version=old).order_by("start"))
    if old.pk == version.pk:
        return Spans((one.start, one.end, Decided(one.kind, one.set_by_id)) for one in said)
    outcomes = reanchor(old.body, version.body, [describe(old.body, s.start, s.end) for s in said])
    return Spans(
        (outcome.anchor.start, outcome.anchor.end, Decided(one.kind, one.set_by_id))
        for one, outcome in zip(said, outcomes, strict=True)
        if outcome.anchor and outcome.kept
    )

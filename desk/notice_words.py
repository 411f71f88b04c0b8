"""What a notice says, in the reader's language, and where it leads."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from desk.models import Assignment, Notice
from desk.why import in_words

Kind = Notice.Kind
_End = Assignment.End


def sentence(notice: Notice) -> str:
    """Return the sentence of a notice; what it is about (claim, article) stands beside it."""
    return _SENTENCES[Kind(notice.kind)](notice)


def remark(notice: Notice) -> str:
    """Return the comment, the reason or the words that came with it, as somebody wrote them."""
    return in_words(str(notice.detail.get("reason") or notice.detail.get("words") or ""))


def about(notice: Notice) -> str:
    """Return the words it is about: the claim's, else the article's headline, else nothing."""
    if notice.claim:
        return str(notice.claim)
    return notice.article.headline if notice.article else ""


def _who(notice: Notice) -> str:
    if notice.by is None:
        return _("The desk")
    return notice.by.get_full_name() or notice.by.get_username()


def _by(words: Callable[[], str]) -> Callable[[Notice], str]:
    return lambda notice: words() % {"who": _who(notice)}


def _taken_away(notice: Notice) -> str:
    because = notice.detail.get("because")
    if because == _End.EXPIRED:
        return _("Your hold on this check ran out. What you typed is kept.")
    if because == _End.REASSIGNED:
        words = _("%(who)s gave this check to somebody else. What you typed is kept.")
        return words % {"who": _who(notice)}
    return _("This check went back to the queue. What you typed is kept.")


def _reply(notice: Notice) -> str:
    if source := notice.detail.get("source"):
        return _("%(source)s replied.") % {"source": source}
    return _("A reply came in.")


def _webhook(notice: Notice) -> str:
    address = notice.detail.get("address", "")
    return _("The webhook %(address)s was switched off: it kept failing.") % {"address": address}


_SENTENCES: dict[Any, Callable[[Notice], str]] = {
    Kind.ASSIGNED: _by(lambda: _("%(who)s gave you this check.")),
    Kind.RETURNED: _by(lambda: _("%(who)s returned your verdict.")),
    Kind.APPROVED: _by(lambda: _("%(who)s approved your verdict.")),
    Kind.MENTIONED: _by(lambda: _("%(who)s mentions you.")),
    Kind.ASKED: _by(lambda: _("%(who)s asks you something.")),
    Kind.ANSWERED: _by(lambda: _("%(who)s answered you.")),
    Kind.MESSAGE: _by(lambda: _("%(who)s wrote on your check.")),
    Kind.REPLY_RECEIVED: _reply,
    Kind.TEXT_CHANGED: lambda _notice: _("The article's words changed under your check."),
    Kind.TAKEN_AWAY: _taken_away,
    Kind.CALLED_OFF: _by(lambda: _("%(who)s called this check off.")),
    Kind.OVERDUE: lambda _notice: _("This check is late."),
    Kind.QUARANTINED: lambda _notice: _("The desk could not assign this check and set it aside."),
    Kind.READING_QUARANTINED: lambda _notice: _(
        "The desk could not read this article and set it aside."
    ),
    Kind.WEBHOOK_DISABLED: _webhook,
}

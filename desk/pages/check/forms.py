"""The forms of the check page."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.local_times import LocalMoment
from claims.models import Evidence, Message, Rating, ReplyRequest, Source

LONGEST = 100_000


def _text(label: Any, rows: int = 3, **how: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        **({"required": False} | how),
    )


def _line(label: Any, most: int, **how: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        **({"required": False} | how),
    )


def _link(label: Any, **how: Any) -> forms.URLField:
    # Not type=url: a browser would refuse an address without its https.
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "dir": "ltr"})
    return forms.URLField(
        label=label,
        max_length=2000,
        assume_scheme="https",
        required=False,
        widget=widget,
        **how,
    )


def host_of(url: str) -> str:
    """Return the host of an address as people say it, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


class PartForm(forms.Form):
    """A form among others on one page: its fields' ids begin with `area`."""

    area = "part"

    def __init__(self, *args: Any, row: int | None = None, **kwargs: Any) -> None:
        """Take what a form takes, and the id of the `row` it is about, where there are several."""
        self.html_id = f"{self.area}-{row}-form" if row else f"{self.area}-form"
        within = f"{self.area}_{row}_%s" if row else f"{self.area}_%s"
        super().__init__(*args, **kwargs | {"auto_id": within, "label_suffix": ""})


class EvidenceForm(PartForm):
    """A piece of evidence. Without a source, the link's host is the source."""

    area = "evidence"

    url = _link(_("Link"), help_text=_("Paste it, or leave it empty for what has no address."))
    source = _line(_("Source"), 300, help_text=_("Left empty, it is the host of the link."))
    kind = forms.ChoiceField(
        label=_("Source is"), choices=Source.Kind.choices, initial=Source.Kind.ORGANISATION
    )
    stance = forms.ChoiceField(label=_("The evidence"), choices=Evidence.Stance.choices)
    tier = forms.ChoiceField(label=_("Tier"), choices=Evidence.Tier.choices)
    method = forms.ChoiceField(label=_("Method"), choices=Evidence.Method.choices)
    excerpt = _text(_("Words of the source, verbatim"))
    locator = _line(_("Where in it"), 300, help_text=_("Page, table, minute."))
    note = _text(_("What you make of it"), 2)
    archived_url = _link(_("Archived copy"))
    consulted_on = forms.DateField(
        label=_("Consulted on"),
        initial=lambda: timezone.localdate(),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    confidential = forms.BooleanField(
        label=_("Confidential: it never leaves the desk"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Return the values; where no source is named, it is the host of the link."""
        given: dict[str, Any] = super().clean() or {}
        given["source"] = given.get("source") or host_of(given.get("url", ""))
        if not given["source"] and "source" not in self.errors:
            self.add_error("source", _("Name the source, or give a link."))
        return given


class AmendForm(EvidenceForm):
    """The corrected piece, and why the old one no longer counts."""

    area = "amend"

    reason = _text(_("Why it is replaced"), 2, required=True)


class ReasonForm(PartForm):
    """Why."""

    area = "reason"

    reason = _text(_("Reason"), 2, required=True)


class MessageForm(PartForm):
    """Something to say about the claim."""

    area = "message"

    body = _text(_("Message"), required=True, help_text=_("Call somebody with @ and their name."))
    body.widget.attrs["data-key"] = "m"
    kind = forms.ChoiceField(
        label=_("It is"),
        choices=[(kind.value, kind.label) for kind in (Message.Kind.NOTE, Message.Kind.QUESTION)],
    )
    for_reporter = forms.BooleanField(label=_("The article’s author may read it"), required=False)


class AnswerForm(PartForm):
    """An answer."""

    area = "answer"

    body = _text(_("Answer"), required=True)


class HelpForm(PartForm):
    """A call for help."""

    area = "help"

    body = _text(_("What do you need?"), 2, required=True)


def _until(**how: Any) -> LocalMoment:
    return LocalMoment(label=_("Until"), **how)


class ReplyForm(PartForm):
    """Whom we asked for a reply, how, and until when."""

    area = "reply"

    source = _line(_("Whom did you ask?"), 300, required=True)
    kind = forms.ChoiceField(
        label=_("They are"), choices=Source.Kind.choices, initial=Source.Kind.PERSON
    )
    channel = forms.ChoiceField(label=_("How"), choices=ReplyRequest.Channel.choices)
    contact = _line(_("Address, number or press officer"), 300)
    question = _text(_("What they were asked"), required=True)
    due_at = _until()


class ReplyOutcomeForm(PartForm):
    """What became of a request for reply."""

    area = "outcome"

    outcome = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            ("reply", _("They replied")),
            ("decline", _("They declined to reply")),
            ("give_up", _("No reply came")),
            ("put_off", _("They get more time")),
            ("withdraw", _("We no longer ask")),
        ],
    )
    words = _text(_("Their words, or why"))
    due_at = _until(required=False, help_text=_("Only where they get more time."))


class SelectionForm(PartForm):
    """Words of the article; those `before` and `after` them tell equal passages apart."""

    area = "selection"

    quote = _text(
        _("Words of the article"),
        2,
        required=True,
        help_text=_("Select them in the text, or type them as they stand there."),
    )
    statement = _line(_("What is checked, in neutral words"), 500)
    # Not stripped: a space before the words belongs to them.
    before = forms.CharField(required=False, max_length=500, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=500, strip=False, widget=forms.HiddenInput)


class VerdictForm(PartForm):
    """The verdict as far as it is; every field may still be empty."""

    area = "verdict"

    rating = forms.ModelChoiceField(Rating.objects.none(), required=False, label=_("Rating"))
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "maxlength": 500}),
        help_text=_("What you found, in a sentence or two."),
    )
    explanation = _text(
        _("Explanation"), 12, help_text=_("How the evidence leads to the rating. Markdown.")
    )
    token = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, ratings: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ratings is not None:
            self.fields["rating"].queryset = ratings  # type: ignore[attr-defined]  # a ModelChoiceField

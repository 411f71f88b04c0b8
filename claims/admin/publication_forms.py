"""What the verbs of publication ask an editor."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from claims.actions.publication_moves import WORDS
from claims.admin.verbs import ReasonForm, VerbForm
from claims.admin.words import exactly
from claims.drafting import BEST_CLAIM_LENGTH
from claims.local_times import LocalMoment
from claims.models import Edition, FactCheck, Source, Verdict
from claims.models.publication import MediaCategory

if TYPE_CHECKING:
    VerdictChoice = forms.ModelChoiceField[Verdict]
else:
    VerdictChoice = forms.ModelChoiceField

_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z"
_NONE = [("", "—")]
_MOST_TAGS, _LONGEST_TAG = 20, 50


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 80, "dir": "auto"})


def _line(most: int, label: str = "", **how: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"size": 80, "dir": "auto"})
    return forms.CharField(
        max_length=most, label=label or None, widget=widget, **{"required": False, **how}
    )


def _link(label: str) -> forms.URLField:
    widget = forms.URLInput(attrs={"size": 80})
    return forms.URLField(
        max_length=2000, label=label, required=False, assume_scheme="https", widget=widget
    )


class Places(forms.CharField):
    """Where it was said, a line for each place: address | place | time."""

    def __init__(self) -> None:
        super().__init__(
            label="Where it was said",
            required=False,
            widget=_area(4),
            help_text="One place in a line, the first one first: address | programme, speech or"
            " platform | 2026-03-01 18:00. Place and time may be left out.",
        )

    def prepare_value(self, value: Any) -> Any:
        """Return the lines of what an edition keeps; what was typed as it is."""
        if not isinstance(value, list):
            return value
        lines = ([one["url"], one["place"], one["said_at"]] for one in value)
        return "\n".join(" | ".join(part or "" for part in line).rstrip(" |") for line in lines)

    def clean(self, value: Any) -> Any:
        """Return the places as an edition keeps them. Raises `ValidationError`."""
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return [_place(line) for line in lines]


def _place(line: str) -> dict[str, str | None]:
    url, place, said_at, *more = [*(part.strip() for part in line.split("|")), "", ""]
    if any(more):
        raise ValidationError(f"This line has too many parts: {line}")
    return {"url": url, "place": place, "said_at": _time(said_at) if said_at else None}


def _time(written: str) -> str:
    try:
        day = parse_date(written)
        time = datetime(day.year, day.month, day.day) if day else parse_datetime(written)
    except ValueError:
        time = None
    if time is None:
        raise ValidationError(f"This is no time: {written}. Write it as 2026-03-01 18:00.")
    return (time if timezone.is_aware(time) else timezone.make_aware(time)).isoformat()


class Tags(forms.CharField):
    """Words, with commas between them."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            widget=forms.TextInput(attrs={"size": 80, "dir": "auto"}),
            help_text="Words with commas between them.",
        )

    def prepare_value(self, value: Any) -> Any:
        """Return the words in one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the words. Raises `ValidationError`."""
        words = [word.strip() for word in str(value or "").split(",") if word.strip()]
        if len(words) > _MOST_TAGS or any(len(word) > _LONGEST_TAG for word in words):
            raise ValidationError(f"At most {_MOST_TAGS} words of {_LONGEST_TAG} characters each.")
        return list(dict.fromkeys(words))


class WordsForm(VerbForm):
    """Asks for the public text."""

    headline = _line(300, required=True)
    claim_reviewed = _line(
        500,
        "Claim as reviewed",
        required=True,
        help_text=f"Best under {BEST_CLAIM_LENGTH} characters.",
    )
    summary = forms.CharField(
        max_length=500, required=False, widget=_area(2), help_text="The finding in a sentence."
    )
    text = forms.CharField(widget=_area(16), help_text="Markdown. Readers see this.")
    language = forms.RegexField(
        _LANGUAGE, max_length=12, error_messages={"invalid": "Write a tag such as en or pt-BR."}
    )
    claimant_name = _line(300, "Claimant")
    claimant_kind = forms.ChoiceField(
        choices=[*_NONE, *Source.Kind.choices], required=False, label="What the claimant is"
    )
    claimant_role = _line(300, "Claimant’s office or role")
    claimant_url = _link("Claimant’s page")
    claimed_on = forms.DateField(
        required=False,
        label="Claimed on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    appearances = Places()
    image_url = _link("Image")
    image_alt = _line(300, "What the image shows")
    media_type = forms.ChoiceField(
        choices=[*_NONE, *Edition.Media.choices],
        required=False,
        label="The claim is about",
        help_text="Only when it is about an image, a video or audio.",
    )
    media_category = forms.ChoiceField(
        choices=[*_NONE, *MediaCategory.choices], required=False, label="Which is"
    )
    media_url = _link("Its address")
    tags = Tags()


class EditForm(WordsForm):
    """Asks for the public text and the address."""

    slug = forms.SlugField(
        max_length=120,
        allow_unicode=True,
        label="Address",
        help_text="The last part of its page's address. It cannot be changed once it is out.",
        widget=forms.TextInput(attrs={"size": 80}),
    )


class CorrectForm(WordsForm):
    """Asks what was wrong and what it says instead."""

    says = forms.CharField(
        label="What was wrong",
        widget=_area(3),
        help_text="In plain words. Readers see it on the page and in the list of corrections.",
        error_messages={"required": "Say in plain words what was wrong."},
    )

    def about(self, row: FactCheck) -> None:
        """Offer the verdicts that are newer than the one that is out."""
        if row.edition is not None:
            self.fields["verdict"] = _NewerVerdict(row, row.edition)
        self.order_fields(["says", "verdict"])


class _NewerVerdict(VerdictChoice):
    """A choice among the approved verdicts that are newer than the one that is out."""

    def __init__(self, row: FactCheck, edition: Edition) -> None:
        newer = Verdict.objects.approved().filter(
            claim=row.claim_id, number__gt=edition.verdict.number
        )
        super().__init__(
            newer.select_related("rating"),
            required=False,
            label="New verdict",
            empty_label=f"The verdict stays: {edition.verdict.rating.label}",
            help_text="Another rating needs another approved verdict on this claim. Its summary and"
            " explanation take the place of those below, unless you change them here.",
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return rating and summary."""
        return f"{obj.rating.label}: {obj.summary}"


class NoteForm(VerbForm):
    """Asks what readers should know."""

    says = forms.CharField(
        label="Note",
        widget=_area(4),
        help_text="Readers see it on the page and in the list of corrections.",
    )


class PublishForm(VerbForm):
    """Asks when it goes out."""

    goes_out_at = LocalMoment(label="Goes out", required=False)

    def about(self, row: FactCheck) -> None:
        """Say what an empty field means for this one."""
        embargo = row.claim.article.embargo_until
        says = "Empty: at once."
        if embargo and embargo > timezone.now():
            says = (
                f"Its article is under embargo until {exactly(embargo)}. Empty: when that ends."
                " An earlier time counts as that one."
            )
        self.fields["goes_out_at"].help_text = says


class RetractForm(ReasonForm):
    """Asks why, and whether the page goes as well."""

    reason = forms.CharField(
        widget=_area(4), help_text="Why the newsroom no longer stands by it. Readers see it."
    )
    withheld = forms.BooleanField(
        required=False,
        label="For somebody’s safety, show nothing at all",
        help_text="Without this its page stays and shows the reason.",
    )


class WithholdForm(ReasonForm):
    """Asks whose safety it is for."""

    reason = forms.CharField(
        widget=_area(4),
        help_text="Whose safety it is for. It stays in the history, which only the desk reads."
        " The page cannot be brought back.",
    )


class ReviewDateForm(VerbForm):
    """Asks for the day."""

    due_on = forms.DateField(
        label="Look again on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="On that day the desk has the claim checked anew. Empty: not any more.",
    )


def changed_words(edition: Edition, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of a form that differ from what `edition` says."""
    return {
        name: data[name] for name in WORDS if name in data and data[name] != getattr(edition, name)
    }

"""The forms of the article proof: a few fields each, and which sentence they are about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import ClearanceOverride, Sentence

MOST = 5000
_ID = {"min_value": 1, "max_value": 2**63 - 1, "required": False}


def _words(label: Any, rows: int = 2, **how: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=MOST, widget=widget, **how)


def _hidden(**how: Any) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, **(_ID | how))


class ProofForm(forms.Form):
    """A form about one place of the proof: `at` is where its sentence begins."""

    verb = ""
    at = _hidden(min_value=0)

    def __init__(self, data: Any = None, *, initial: Any = None, row: int | None = None) -> None:
        """Take what was sent, or the `initial` values; ids of fields begin with the verb.

        `row` tells several forms of one kind apart.
        """
        ids = f"{self.verb}-{row}-%s" if row else f"{self.verb}-%s"
        super().__init__(data, initial=initial, auto_id=ids, label_suffix="")

    @property
    def address(self) -> str:
        """The name of the address that takes it."""
        return f"desk:proof-{self.verb}"


class RequireForm(ProofForm):
    """A change of the text."""

    verb = "require"
    claim = _hidden()
    wording_now = _words(_("Words of the article"))
    wording_to_use = _words(_("Wording to use (empty: cut them)"), required=False)
    note = _words(_("Why, for the author"), required=False)


class ReasonForm(ProofForm):
    """Why."""

    reason = _words(_("Why"))


class LeaveForm(ReasonForm):
    """Leave a claim, or a sentence without one, to the author."""

    verb = "leave"
    claim = _hidden()
    sentence = _hidden()
    reason = _words(_("Why it cannot be checked, and what the author says"))


class StandForm(ReasonForm):
    """Let a claim stand."""

    verb = "stand"
    claim = _hidden(required=True)
    reason = _words(_("Why it may stand (where the article says that it is wrong)"))


class ChangeForm(ReasonForm):
    """Close a required change."""

    change = _hidden(required=True)
    revision = _hidden(required=True)


class WaiveForm(ChangeForm):
    """Waive a change."""

    verb = "waive"
    reason = _words(_("Why the words may stand"))


class SettleForm(ChangeForm):
    """Count a change as made."""

    verb = "settle"
    reason = _words(_("Why these words do as well"))


class EndForm(ReasonForm):
    """Take a ruling back."""

    verb = "end"
    ruling = _hidden(required=True)
    reason = _words(_("Why it no longer holds"))


class KindForm(ProofForm):
    """What a sentence is."""

    verb = "kind"
    sentence = _hidden(required=True)
    kind = forms.ChoiceField(choices=Sentence.Kind.choices)


class AskForm(ProofForm):
    """A question to the author."""

    verb = "ask"
    claim = _hidden(required=True)
    body = _words(_("Question to the author"))


class AnswerForm(ProofForm):
    """An answer."""

    verb = "answer"
    message = _hidden(required=True)
    body = _words(_("Answer"))


class OverrideForm(ProofForm):
    """A lead's word on the clearance of one text."""

    verb = "override"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    decision = forms.ChoiceField(
        label=_("What holds instead"),
        choices=ClearanceOverride.Decision.choices,
        widget=forms.RadioSelect,
    )
    reason = _words(_("Why. Everybody who sees the answer reads it."), rows=3)

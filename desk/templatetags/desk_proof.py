"""The words and forms of the article proof in templates, and its sentences as HTML."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.clearance.facts import ChangeFact, RulingFact
from claims.models import Message
from desk.pages.proof import forms, words
from desk.proofs import Group, Line

register = template.Library()
_SIGNS = {sign.mark: sign for sign in words.LEGEND}


@register.filter
def at(known: Mapping[Any, Any], key: Any) -> Any:
    """Return what `known` has under `key`; nothing when it has not."""
    return known.get(str(key), "")


@register.filter
def decision(value: str) -> str:
    """Return go, hold or kill in the reader's language."""
    return str(words.DECISIONS.get(value, value))


@register.filter
def decision_says(value: str) -> str:
    """Return what a decision means, as a sentence."""
    return str(words.DECISION_SAYS.get(value, ""))


@register.filter
def group_says(group: Group) -> str:
    """Return what is said of all reasons of a kind."""
    return str(words.GROUPS.get(group.kind, "")) or group.first.says


@register.filter
def who_can(roles: Iterable[str]) -> str:
    """Return who can resolve something: “A checker or an editor:”."""
    named = [str(words.ROLES[role]) for role in roles]
    said = _(" or ").join(named)
    return f"{said[:1].upper()}{said[1:]}:"


@register.filter
def change_state(value: str) -> str:
    """Return the state of a required change in words."""
    return str(words.CHANGE_STATES.get(value, value))


@register.filter
def unread_says(value: str) -> str:
    """Return why there is no proof of a text yet."""
    return str(words.UNREAD.get(value, ""))


@register.filter
def mark_says(value: str) -> str:
    """Return what a mark means."""
    return str(_SIGNS[value].says)


@register.filter
def triage(value: str) -> str:
    """Return the triage of a claim in words."""
    return str(words.TRIAGE.get(value, value))


@register.filter
def ruling_kind(value: str) -> str:
    """Return what a ruling says."""
    return str(words.RULINGS.get(value, value))


@register.filter
def sentence(line: Line, chosen: Line | None) -> SafeString:
    """Return a sentence with its mark, which opens its panel, and the numbers of its notes."""
    sign = _SIGNS[line.mark]
    current = SafeString(' aria-current="true"' if line is chosen else "")
    return format_html(
        # With a direction of its own the letter has no say in that of the paragraph (dir="auto").
        '<a class="sign is-{0}" id="s{1}" dir="ltr" href="?{2}#s{1}" data-item{3} aria-label="{4}">'
        '{5}</a><span class="words is-{0}">{6}</span>{7}',
        line.mark.value,
        line.number,
        line.query,
        current,
        _("%(number)d: %(mark)s") % {"number": line.number, "mark": sign.says},
        sign.letter,
        line.text,
        _notes(line),
    )


def _notes(line: Line) -> SafeString:
    if not line.notes:
        return SafeString("")
    label = _("Source")
    rows = ((number, label) for number in line.notes)
    links = format_html_join(" ", '<a href="#note-{0}" aria-label="{1} {0}">{0}</a>', rows)
    return format_html('<sup class="note-numbers">{}</sup>', links)


def _failed(
    context: Mapping[str, Any], form: type[forms.ProofForm], name: str, pk: int
) -> forms.ProofForm | None:
    """Return the refused form of this page when it was this one, with all that was typed."""
    failed = context.get("failed")
    mine = failed is not None and type(failed) is form and failed.data.get(name) == str(pk)
    return failed if mine else None


@register.simple_tag(takes_context=True)
def answer_form(context: Mapping[str, Any], question: Message) -> forms.ProofForm:
    """Return the form in which a question is answered."""
    initial = {"message": question.pk}
    failed = _failed(context, forms.AnswerForm, "message", question.pk)
    return failed or forms.AnswerForm(initial=initial, row=question.pk)


@register.simple_tag(takes_context=True)
def change_form(context: Mapping[str, Any], change: ChangeFact, verb: str) -> forms.ProofForm:
    """Return the form in which a change is waived or counted as made."""
    kind = {"waive": forms.WaiveForm, "settle": forms.SettleForm}[verb]
    initial = {"change": change.id, "revision": change.revision}
    failed = _failed(context, kind, "change", change.id)
    return failed or kind(initial=initial, row=change.id)


@register.simple_tag(takes_context=True)
def end_form(context: Mapping[str, Any], ruling: RulingFact, line: Line) -> forms.ProofForm:
    """Return the form in which a ruling is taken back."""
    initial = {"ruling": ruling.id, "at": line.start}
    failed = _failed(context, forms.EndForm, "ruling", ruling.id)
    return failed or forms.EndForm(initial=initial, row=ruling.id)

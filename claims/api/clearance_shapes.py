"""What a clearance takes and gives over REST."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.serializers import BooleanField as Flag
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import FloatField as Real
from rest_framework.serializers import IntegerField as Number

from claims.api.fields import Strict, Word
from claims.api.outputs import Body
from claims.clearance import Decision, Weight
from claims.clearance.words import KINDS
from claims.models import ClearanceOverride

DECISIONS = [(one.value, one.value) for one in Decision]


class OverrideInput(Strict):
    """A lead's word on one text."""

    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="The newest text, as a sign that it was seen."
    )
    decision = Word(ClearanceOverride.Decision.choices)
    reason = serializers.CharField(max_length=5000)


class WhereBody(Body):
    """Words of the text; offsets count code points from the start of the version's body."""

    start = Number()
    end = Number(help_text="Exclusive.")
    exact = Text()
    prefix = Text(help_text="The characters before it.")
    suffix = Text(help_text="The characters after it.")


class RequiredChangeBody(Body):
    """A change that was required."""

    id = Number()
    wording_now = Text()
    wording_to_use = Text(help_text="Empty: the words have to go.")
    note = Text()


class ReasonBody(Body):
    """Why a text may not go out yet, or (`info`) what else to know."""

    kind = Choice([(kind, kind) for kind in KINDS])
    weight = Choice([(one.value, one.value) for one in Weight])
    says = Text(help_text="What is the matter, as a sentence.")
    resolve = Text(help_text="What would resolve it, as a sentence.")
    who = serializers.ListField(child=Text(), help_text="Roles that can resolve it.")
    claim = Number(allow_null=True)
    statement = Text()
    quote = Text(help_text="The words of the article it is about; empty for the text as a whole.")
    verdict = Number(allow_null=True)
    place = WhereBody(allow_null=True)
    change = RequiredChangeBody(allow_null=True)


class OverrideBody(Body):
    """A lead's word against the desk's own answer."""

    decision = Choice(ClearanceOverride.Decision.choices)
    reason = Text()
    by = Text(help_text="Name.")
    at = Moment()
    in_force = Flag(help_text="False when there is a reason to kill that nobody knew then.")


class CoveredBody(Body):
    """How much of what there is to check in this text has been cleared."""

    is_read = Flag(help_text="Before the desk has read the text, nothing is known.")
    sentences = Number()
    to_check = Number()
    cleared = Number()
    share = Real(help_text="0 to 1.")
    note = Text()


class ClearanceBody(Body):
    """May this text go out?"""

    article = Number()
    cms_id = Text(allow_null=True)
    version = Number(help_text="The text that this answer speaks of. Print no other.")
    is_newest = Flag()
    newest_version = Number()
    headline = Text(help_text="Of that text.")
    body_sha256 = Text(help_text="Of that text's canonical body, in hexadecimal.")
    decision = Choice(DECISIONS)
    found = Choice(DECISIONS, help_text="What the desk says by itself, without an override.")
    override = OverrideBody(allow_null=True)
    reasons = ReasonBody(many=True)
    coverage = CoveredBody()
    proof = Text(help_text="Address of the article proof, for people.")

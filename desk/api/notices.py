"""Notices and one's own preferences."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BooleanField as Flag
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import IntegerField as Number

from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.bodies import Row
from claims.api.fields import Strict
from claims.api.filters import WordFilter
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from desk import notice_words
from desk.actions import change_preferences, read_notices
from desk.channels import way_of
from desk.models import Notice, Preferences, StaffProfile

Body = serializers.Serializer[Any]
_YES = "true"
_MAILS = [("none", "None"), ("now", "At once"), ("digest", "In the digest")]
"""By which mail one is told; `none` stands for what the table holds as nothing."""


class NoticeBody(Body):
    """Something the desk told you."""

    id = Number()
    kind = Choice(Notice.Kind.choices)
    says = Text(help_text="The sentence, in English.")
    about = Text(help_text="The claim's words, or the article's headline; empty for neither.")
    remark = Text(help_text="The comment or reason that came with it; may be empty.")
    by = Text(allow_null=True, help_text="User name; null for the desk itself.")
    task = Number(allow_null=True)
    claim = Number(allow_null=True)
    article = Number(allow_null=True)
    created_at = Moment()
    read_at = Moment(allow_null=True)


class WayBody(Body):
    """By which ways you are told of one kind of notice."""

    page = Flag(help_text="Whether it stands among the notices.")
    mail = Choice(_MAILS)


class PreferencesBody(Body):
    """How you want the desk."""

    language = Text(help_text="Code; empty for what the browser asks for.")
    time_zone = Text(allow_null=True, help_text="Null for whoever has no staff profile.")
    single_keys = Flag(help_text="Whether keys of the pages work without Alt.")
    digest_hour = Number(help_text="The full hour, in your time zone.")
    channels = serializers.DictField(child=WayBody(), help_text="By kind of notice.")
    revision = Number()


class WayInput(Strict):
    """By which ways you want to be told of one kind of notice."""

    page = Flag()
    mail = Choice(_MAILS)


class PreferencesInput(Strict):
    """What changes."""

    language = Choice([("", "As the browser asks"), *settings.LANGUAGES], required=False)
    time_zone = Text(max_length=50, required=False)
    single_keys = Flag(required=False)
    digest_hour = Number(min_value=0, max_value=23, required=False)
    channels = serializers.DictField(child=WayInput(), required=False)


class NoticeFilters(django_filters.FilterSet):
    """Of notices."""

    unread = WordFilter(
        choices=[(_YES, _YES), ("false", "false")], method="by_reading", label="Not read yet."
    )
    kind = WordFilter("kind", choices=Notice.Kind.choices, label="What it is about.")

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_reading(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what is unread, or what was read."""
        return rows.filter(read_at__isnull=value == _YES)


@listing("List your notices", NoticeBody, name="notices_list")
class Notices(ListView):
    """What the desk told you."""

    filterset_class = NoticeFilters

    def get(self, request: Request) -> Response:
        """List your notices, the newest on top."""
        rows = self.filtered(Notice.objects.visible_to(self.actor).on_page().order_by())
        return self.paged(rows.values("id"), _rows)


class ReadNotice(DeskView):
    """Reading."""

    @operation("Mark a notice as read", NoticeBody, takes=Strict, name="notices_mark_read")
    def post(self, request: Request, pk: int) -> Response:
        """Mark your notice as read; once more changes nothing."""
        sent(request, Strict)
        mine = Notice.objects.visible_to(self.actor).on_page()
        notice = mine.get(pk=pk)
        read_notices(actor=self.actor, notices=Notice.objects.filter(pk=notice.pk))
        (body,) = _rows([{"id": notice.pk}])
        return written(body)


class MyPreferences(DeskView):
    """Your own settings."""

    @operation(
        "How do I want the desk?", PreferencesBody, also=UNCHANGED_ANSWER, name="me_preferences"
    )
    def get(self, request: Request) -> Response:
        """Return language, time zone, keys, and by which ways you are told of what."""
        own = Preferences.of(self.actor)
        return detail(request, _preferences(own), own.revision)

    @operation(
        "Change how I want the desk",
        PreferencesBody,
        takes=PreferencesInput,
        refuses=(412, 428),
        name="me_preferences_change",
    )
    def patch(self, request: Request) -> Response:
        """Change your settings; of `channels` only the kinds that are sent."""
        own = Preferences.of(self.actor)
        revision = seen_revision(request, own.revision)
        changes = sent(request, PreferencesInput, partial=True)
        if "channels" in changes:
            changes["channels"] = {
                kind: {**way, "mail": "" if way["mail"] == "none" else way["mail"]}
                for kind, way in changes["channels"].items()
            }
        own = change_preferences(actor=self.actor, changes=changes, expected_revision=revision)
        return written(_preferences(own), own.revision)


def _rows(page: list[dict[str, int]]) -> list[Row]:
    ids = [row["id"] for row in page]
    found = Notice.objects.select_related("by", "claim", "article").in_bulk(ids)
    return [_row(found[pk]) for pk in ids]


def _row(notice: Notice) -> Row:
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "says": notice_words.sentence(notice),
        "about": notice_words.about(notice),
        "remark": notice_words.remark(notice),
        "by": notice.by.username if notice.by else None,
        "task": notice.task_id,
        "claim": notice.claim_id,
        "article": notice.article_id,
        "created_at": notice.created_at,
        "read_at": notice.read_at,
    }


def _preferences(own: Preferences) -> Row:
    zone = StaffProfile.objects.filter(user=own.person_id).values_list("time_zone", flat=True)
    return {
        "language": own.language,
        "time_zone": zone.first(),
        "single_keys": own.single_keys,
        "digest_hour": own.digest_hour,
        "channels": {kind: _way(own, kind) for kind in Notice.Kind.values},
        "revision": own.revision,
    }


def _way(own: Preferences, kind: str) -> Row:
    way = way_of(own, kind)
    return {"page": way.page, "mail": way.mail or "none"}

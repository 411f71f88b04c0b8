"""Notices: one's own, unread first, marked as read."""

import pytest

from desk.models import Notice
from tests.claims.admin.asking import messages_of, page, press
from tests.steps import queued

pytestmark = pytest.mark.django_db
PATH = "desk/notice/"


@pytest.fixture
def notice(lead):
    return Notice.objects.create(person=lead, task=queued(lead), kind="overdue")


def listed(answer):
    return list(answer.context["cl"].result_list)


def test_it_opens_on_what_is_unread(lead, notice):
    assert listed(page(lead, PATH)) == [notice]
    assert listed(page(lead, PATH, read="yes")) == []


def test_marking_as_read_takes_it_out_of_the_list_and_keeps_it(lead, notice):
    answer = press(lead, PATH, action="mark_as_read", _selected_action=[notice.pk])
    assert messages_of(answer) == ["1 notice marked as read."]
    assert listed(page(lead, PATH)) == []
    assert listed(page(lead, PATH, read="all")) == [notice]


def test_what_others_were_told_is_not_shown_and_not_marked(editor, notice):
    assert listed(page(editor, PATH, read="all")) == []
    press(editor, PATH, action="mark_as_read", _selected_action=[notice.pk])
    notice.refresh_from_db()
    assert notice.read_at is None

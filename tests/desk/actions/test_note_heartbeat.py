"""The worker's pulse."""

import pytest
from django.utils import timezone

from desk.actions import note_heartbeat
from desk.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_the_last_beat_of_each_part_is_known():
    before = timezone.now()
    for name in ("worker", "beat", "worker"):
        note_heartbeat(name=name)
    assert Heartbeat.objects.count() == 2
    assert before <= Heartbeat.objects.get(name="worker").beat_at <= timezone.now()

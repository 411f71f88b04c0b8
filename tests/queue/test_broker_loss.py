"""Redis is gone: people go on accepting, submitting and approving; its return brings the rest."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claims.actions import approve_verdict
from desk.models import VerificationTask
from desk.states import TaskState
from factcheck import embedded
from factcheck.celery import app as celery_app
from factcheck.launcher import broker
from factcheck.launcher.processes import stop_all
from tests.factcheck import brokers
from tests.pace import is_within
from tests.steps import in_review, queued

PATIENCE_OF_PEOPLE = 0.5
"""Seconds that one action may take; without a broker, and with, it takes a few hundredths."""


class OwnRedis:
    """A Redis that belongs to this module alone, so that it may be stopped."""

    def __init__(self, folder: Path) -> None:
        self.child, self.socket_path = brokers.start_embedded(folder)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Without a Redis as long as the block lasts."""
        stop_all([self.child])
        yield
        self.child.start()
        broker.wait_for_redis(self.child, self.socket_path)


@pytest.fixture(scope="module")
def own_redis(run_folder: Path) -> Iterator[OwnRedis]:
    if embedded.redis_binary() is None:
        pytest.skip("no embedded Redis fits this machine, and a shared one is not ours to stop")
    folder = run_folder / "own"
    folder.mkdir(exist_ok=True)
    redis = OwnRedis(folder)
    yield redis
    stop_all([redis.child])


@pytest.fixture(scope="module")
def redis_server(own_redis: OwnRedis) -> str:
    """The broker of every test in this module."""
    return f"unix://{own_redis.socket_path}?db=0"


def timed(action, **words):
    begun = time.monotonic()
    answer = action(**words)
    return answer, time.monotonic() - begun


def test_nobody_waits_for_a_broker_that_is_gone_and_its_return_repairs_the_rest(
    start_desk, own_redis, lead, checker, editor
):
    desk = start_desk(extra={"DESK_SWEEP_SECONDS": "1"})
    desk.kill_worker()
    with own_redis.stopped():
        verdict, through_the_whole_check = timed(in_review, lead=lead, checker=checker)
        _, approving = timed(approve_verdict, actor=editor, verdict=verdict)
        waiting = [timed(queued, editor=lead) for _ in range(5)]
        times = [through_the_whole_check / 6, approving, *(seconds for _, seconds in waiting)]
        assert is_within(max(times), PATIENCE_OF_PEOPLE)
        assert VerificationTask.objects.get(verdict=verdict).state == TaskState.DONE
        assert VerificationTask.objects.queued().count() == 5
    desk.start_worker()
    desk.wait_for(
        lambda: not VerificationTask.objects.queued().exists(), "the sweep to assign the rest"
    )
    states = {VerificationTask.objects.get(pk=task.pk).state for task, _ in waiting}
    assert states == {TaskState.ASSIGNED}


def test_a_worker_that_lost_its_broker_finds_it_again(start_desk, own_redis, lead, checker):
    desk = start_desk(extra={"DESK_SWEEP_SECONDS": "1"})
    with own_redis.stopped():
        task = queued(lead)
    desk.wait_for(
        lambda: not VerificationTask.objects.queued().exists(), "the same worker to assign it"
    )
    task.refresh_from_db()
    assert task.hold.person == checker


def test_a_worker_that_lost_its_broker_in_the_middle_of_a_task_does_not_end(
    start_desk, own_redis, lead, checker, tmp_path
):
    """What it was working on cannot be given back to a broker that is gone."""
    desk = start_desk(extra={"DESK_SWEEP_SECONDS": "1", "HOLDING": str(tmp_path)})
    desk.kill_worker()
    desk.worker.command = [*desk.worker.command, "--include=tests.queue.holding"]
    desk.start_worker()
    celery_app.send_task("tests.hold")
    desk.wait_for((tmp_path / "begun").exists, "the task to begin")
    with own_redis.stopped():
        task = queued(lead)
        desk.wait_for(lambda: "lost" in desk.worker.log.read_text(), "the worker to notice")
    (tmp_path / "go_on").touch()
    desk.wait_for(lambda: not VerificationTask.objects.queued().exists(), "it to assign the task")
    assert not desk.worker.died()
    task.refresh_from_db()
    assert task.hold.person == checker


def test_what_comes_too_late_for_a_connection_finds_it_lost_and_is_no_mistake(
    transactional_db, broker_url
):
    """Celery goes on after the one and ends after the other."""
    connection = celery_app.connection_for_read()
    channel = connection.default_channel
    connection.collect()
    with pytest.raises(connection.connection_errors):
        channel.basic_ack("whatever")

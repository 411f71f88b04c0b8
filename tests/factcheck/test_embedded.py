"""The choices behind the embedded defaults."""

import os
import threading
from pathlib import Path

import pytest

from factcheck import embedded


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_is_used_only_where_its_reset_is_fixed(version, mode):
    assert embedded.journal_mode(version) == mode


def test_the_socket_lies_in_the_data_folder_where_its_path_fits():
    assert embedded.socket_path(Path("/srv/desk")) == Path("/srv/desk/redis/redis.sock")


def test_a_deep_data_folder_gets_a_short_private_socket_of_its_own():
    deep, other = (Path("/srv") / ("d" * 120) / name for name in ("one", "two"))
    path = embedded.socket_path(deep)
    assert len(os.fsencode(path)) <= embedded.SOCKET_PATH_LIMIT
    assert path == embedded.socket_path(deep)
    assert path != embedded.socket_path(other)


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path):
    found = []
    ask = [
        threading.Thread(
            target=lambda: found.append(embedded.lasting_secret(tmp_path / "new" / "secret"))
        )
        for _ in range(20)
    ]
    for thread in ask:
        thread.start()
    for thread in ask:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("redis_url", "celery_url"),
    [
        ("redis://host:6379/1", "redis://host:6379/1"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
    ],
)
def test_celery_is_told_the_same_address_in_its_own_words(redis_url, celery_url):
    assert embedded.celery_url(redis_url) == celery_url

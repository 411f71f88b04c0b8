"""What could be in the way of a start, each said in one sentence."""

import socket
from pathlib import Path

import pytest

from factcheck.launcher import preflight
from factcheck.launcher.broker import make_private
from factcheck.launcher.config import CannotStartError, launch_from


def test_port_and_folder_come_from_the_environment(tmp_path):
    launch = launch_from({"PORT": "8123", "DATA_DIR": str(tmp_path)})
    assert launch.url == "http://localhost:8123/"
    assert launch.data_dir == tmp_path
    assert launch_from({}).url == "http://localhost:8000/"


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CannotStartError, match="must be a number from 1 to 65535"):
        launch_from({"PORT": port})


def test_a_taken_port_is_named_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStartError, match=f"Port {port} is taken .* PORT={port + 1}"):
            preflight.check_port("127.0.0.1", port)


def test_a_second_desk_on_the_same_folder_is_refused_until_the_first_is_gone(tmp_path):
    lock = preflight.take_lock(tmp_path)
    with pytest.raises(CannotStartError, match="Another desk is already running"):
        preflight.take_lock(tmp_path)
    lock.close()
    preflight.take_lock(tmp_path).close()


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(CannotStartError, match="is not a folder"):
        preflight.check_folder(tmp_path / "var")


def test_a_read_only_place_is_named():
    with pytest.raises(CannotStartError, match="set DATA_DIR to a folder that can"):
        preflight.check_folder(Path("/proc/desk"))


def test_a_full_disk_is_named(monkeypatch, tmp_path):
    def no_room(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(preflight.tempfile, "TemporaryFile", no_room)
    with pytest.raises(CannotStartError, match="is full; free some room"):
        preflight.check_folder(tmp_path)


def test_too_little_room_is_named_with_how_much_is_wanted(tmp_path):
    with pytest.raises(CannotStartError, match="the desk wants"):
        preflight.check_room(tmp_path, needed=2**60)


def test_the_broker_s_folder_is_closed_to_everybody_else(tmp_path):
    folder = tmp_path / "redis"
    folder.mkdir(mode=0o777)
    make_private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_in_place_of_the_broker_s_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "redis").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotStartError, match="belongs to somebody else"):
        make_private(tmp_path / "redis")

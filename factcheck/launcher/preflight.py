"""What could be in the way, each found before anything starts and said in one sentence."""

import errno
import fcntl
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import IO

from factcheck.launcher.config import CannotStartError, Launch

MEGABYTE = 1024 * 1024
# Bytes: the database and its journal, Redis's log and a day of log files.
ROOM_NEEDED = 100 * MEGABYTE


def check_all(launch: Launch) -> IO[str]:
    """Run every check; return the lock that keeps a second desk off this DATA_DIR.

    Keep the returned file open for as long as the desk runs. Raises CannotStartError.
    """
    check_folder(launch.data_dir)
    check_room(launch.data_dir)
    lock = take_lock(launch.data_dir)
    check_port(launch.host, launch.port)
    return lock


def check_folder(folder: Path) -> None:
    """Make sure files can be written in `folder`, creating it when it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x" * 4096)
    except OSError as error:
        raise CannotStartError(_why_not(folder, error)) from error


def _why_not(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk that holds {folder} is full; free some room or set DATA_DIR elsewhere."
    if error.errno == errno.EROFS:
        return f"{folder} is on a read-only disk; set DATA_DIR to a folder that can be written."
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return f"{folder} is not a folder; set DATA_DIR to one that can be written."
    return f"{folder} cannot be written ({error.strerror}); set DATA_DIR to a folder that can."


def check_room(folder: Path, needed: int = ROOM_NEEDED) -> None:
    """Make sure `needed` bytes are free on the disk that holds `folder`."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotStartError(
            f"The disk that holds {folder} is full: {free // MEGABYTE} MB are free and the desk"
            f" wants {needed // MEGABYTE}; free some room or set DATA_DIR elsewhere."
        )


def take_lock(folder: Path) -> IO[str]:
    """Hold `folder` for this desk alone until the returned file is closed or we die."""
    lock = (folder / "desk.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        owner = lock.read().strip()
        lock.close()
        raise CannotStartError(
            f"Another desk is already running on {folder} (process {owner});"
            " stop it, or set DATA_DIR and PORT to run a second one."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def check_port(host: str, port: int) -> None:
    """Make sure that we may listen on `host`:`port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotStartError(
                f"Port {port} needs more rights than you have; set PORT."
            ) from error
        except OSError as error:
            raise CannotStartError(_port_problem(host, port, error)) from error


def _port_problem(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program; try PORT={port + 1} make run."
    return f"The desk cannot listen on {host}, port {port}: {error.strerror}."

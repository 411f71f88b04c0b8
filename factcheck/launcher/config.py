"""What the launcher was asked to do, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class CannotStartError(Exception):
    """The desk cannot start; the message is the one sentence the person reads."""


@dataclass(frozen=True)
class Launch:
    """Where to listen and where to keep things."""

    host: str
    port: int
    data_dir: Path

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{self._bracketed if self._is_one_address else 'localhost'}:{self.port}/"

    @property
    def probe_url(self) -> str:
        """The address under which this machine reaches the desk (always an allowed host)."""
        return f"http://{'[::1]' if ':' in self.host else '127.0.0.1'}:{self.port}/"

    @property
    def _is_one_address(self) -> bool:
        return self.host not in ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104 - compared, not bound

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def logs(self) -> Path:
        """The folder with one log file per process."""
        return self.data_dir / "logs"


def launch_from(environ: Mapping[str, str] = os.environ) -> Launch:
    """Read HOST, PORT and DATA_DIR; raises CannotStartError for a port that is none."""
    port = environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotStartError(f"PORT is {port!r}; it must be a number from 1 to 65535.")
    data_dir = Path(environ.get("DATA_DIR") or BASE_DIR / "var").expanduser().resolve()
    return Launch(host=environ.get("HOST") or "127.0.0.1", port=int(port), data_dir=data_dir)

"""Ask the running desk whether all of it answers."""

import json
import urllib.error
import urllib.request


def readiness(url: str, timeout: float = 4.0) -> dict[str, str]:
    """Return what /readyz says of each part; {} when all are well.

    When the web server itself does not answer, that is the one part named.
    """
    try:
        with urllib.request.urlopen(f"{url}readyz", timeout=timeout):  # noqa: S310 - our own http address
            return {}
    except urllib.error.HTTPError as refusal:
        return _failing(refusal.read())
    except OSError:
        return {"web server": "no answer yet"}


def _failing(body: bytes) -> dict[str, str]:
    try:
        checks = json.loads(body)["checks"]
    except (ValueError, KeyError, TypeError):
        return {"web server": "an answer that is not ours"}
    return {name: answer for name, answer in checks.items() if answer != "ok"}

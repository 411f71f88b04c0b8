"""Who publishes: the newsroom, as formats name it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The newsroom. `url` is its home, `logo_url` a picture; both http or https, or empty."""

    name: str
    url: str = ""
    logo_url: str = ""

"""What an action answers when it cannot do what was asked, in words for the person who asked."""


class DeskError(Exception):
    """Base of every refusal. `str(error)` is a sentence that may be shown to the person."""


class NotAllowed(DeskError):
    """The actor may not do this (REST: 403)."""


class Conflict(DeskError):
    """The row is not in a state in which this can be done (REST: 409). `state` names it."""

    def __init__(self, message: str, *, state: str = "") -> None:
        super().__init__(message)
        self.state = state


class Stale(DeskError):
    """The row changed since the actor read it (REST: 412). `current` is its revision now."""

    def __init__(self, message: str, *, current: int) -> None:
        super().__init__(message)
        self.current = current


class Invalid(DeskError):
    """What was sent cannot be used (REST: 400). `fields` maps each field to its sentence."""

    def __init__(self, **fields: str) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields

"""What intake says when it cannot read something."""

from claims.errors import Invalid


class IntakeError(Invalid):
    """The text cannot be taken in (REST: 400, like every ``Invalid``).

    ``message`` is a sentence for the person who sent it, ``field`` names the part of what was sent
    that is at fault (``body``, ``headline``, ``url`` …), ``code`` is a short word for programs.
    """

    def __init__(self, message: str, *, field: str = "body", code: str = "invalid") -> None:
        super().__init__(**{field: message})
        self.message = message
        self.field = field
        self.code = code

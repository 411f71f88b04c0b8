"""A mail server for tests: it takes mail by real SMTP, and can be slow or say no on purpose."""

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from tests.factcheck.processes import free_port
from tests.waiting import PATIENCE


class MailServer:
    """Keeps what it is given in `mails`; `.url` is for EMAIL_URL.

    `hold_greeting` makes clients wait before they may say anything, `hold_receipt` after their mail
    was taken and before they are told so. `answer` is what is said instead of taking a mail.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = ""
        self.callers = 0
        self._may_speak, self._may_hear = threading.Event(), threading.Event()
        self.go_on()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE
        )

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    @property
    def port(self) -> int:
        return self._controller.port

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self.go_on()
        self._controller.stop()

    def hold_greeting(self) -> None:
        self._may_speak.clear()

    def hold_receipt(self) -> None:
        self._may_hear.clear()

    def go_on(self) -> None:
        self._may_speak.set()
        self._may_hear.set()

    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    # What aiosmtpd calls.

    async def handle_EHLO(  # noqa: N802  # the library's name
        self,
        server: object,
        session: Session,
        envelope: Envelope,
        hostname: str,
        answers: list[str],
    ) -> list[str]:
        self.callers += 1
        await self._wait(self._may_speak)
        session.host_name = hostname
        return answers

    async def handle_DATA(self, server: object, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        await self._wait(self._may_hear)
        return "250 taken"

    async def _wait(self, event: threading.Event) -> None:
        await asyncio.get_running_loop().run_in_executor(None, event.wait, PATIENCE)

"""Many threads at once, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connections

from tests.factories import ArticleFactory, ClaimFactory
from tests.waiting import PATIENCE


class AtOnce:
    """Runs calls in threads of their own that all start together."""

    def __call__(self, calls: Iterable[Callable[[], Any]]) -> list[Any]:
        """Return what each call returned or raised, in their order."""
        calls = list(calls)
        answers: list[Any] = [None] * len(calls)
        start = threading.Barrier(len(calls))

        def run(number: int, call: Callable[[], Any]) -> None:
            try:
                start.wait()
                answers[number] = call()
            except Exception as error:
                answers[number] = error
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=run, args=(number, call), daemon=True)
            for number, call in enumerate(calls)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in threads), "some never came back"
        return answers


@pytest.fixture
def at_once() -> AtOnce:
    """`at_once([call, call])`: what each returned or raised."""
    return AtOnce()


@pytest.fixture
def many_claims() -> Callable[[int], list[Any]]:
    """`many_claims(200)`: that many suggested claims on one article."""

    def make(count: int) -> list[Any]:
        article = ArticleFactory()
        return [ClaimFactory(article=article) for _ in range(count)]

    return make

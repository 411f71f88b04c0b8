"""The archive's tests publish as the tests of publication do, and turn the same clock."""

from tests.publication.conftest import clock, make

__all__ = ["clock", "make"]

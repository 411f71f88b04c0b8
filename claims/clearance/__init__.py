"""May this text go out? Go, hold or kill, with every reason; and the mark of each sentence.

Pure functions over plain data: `cleared` is the rule, `marked` the proof's pencil. What they are
asked of is read from the database by `claims.clearance.reading`.
"""

from claims.clearance.covering import Coverage
from claims.clearance.facts import TextFacts
from claims.clearance.marks import Mark, Marked, marked
from claims.clearance.rule import Clearance, Decision, Reason, cleared
from claims.clearance.words import Weight

__all__ = [
    "Clearance",
    "Coverage",
    "Decision",
    "Mark",
    "Marked",
    "Reason",
    "TextFacts",
    "Weight",
    "cleared",
    "marked",
]

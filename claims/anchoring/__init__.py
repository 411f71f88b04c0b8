"""Where a claim stands in its article, and what became of it in the next version.

Pure functions over plain data: no database, no Django. All offsets are Unicode code points.

* ``describe`` names a span so that it can be found again;
* ``locate`` finds a quotation entered by hand;
* ``reanchor`` says of each claim of one version whether it is the same, touched or gone in another;
* ``word_diff`` shows what differs between two texts.
"""

from claims.anchoring.diffing import Kind, Segment, word_diff
from claims.anchoring.lexicon import ENGLISH, Lexicon
from claims.anchoring.locating import Found, NotFound, locate
from claims.anchoring.reanchoring import Outcome, Status, reanchor
from claims.anchoring.reasons import Reason
from claims.anchoring.selectors import Anchor, describe

__all__ = [
    "ENGLISH",
    "Anchor",
    "Found",
    "Kind",
    "Lexicon",
    "NotFound",
    "Outcome",
    "Reason",
    "Segment",
    "Status",
    "describe",
    "locate",
    "reanchor",
    "word_diff",
]

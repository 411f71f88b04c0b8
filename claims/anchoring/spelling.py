"""What counts as the same sentence spelled differently, and nothing beyond that.

``settled`` gives two texts one form only when no reader could take them to mean different things.
Everything it does not name (a comma, a question mark, a case, a hyphen, a character that only looks
alike) stays as it is and therefore reopens a check.
"""

import re
import unicodedata

_CURRENCY = "$€£¥₹"
_SPACE = re.compile(r"\s+")
_DOUBLE = re.compile(r"[“”]|(?<!\d)[„‟«»″＂](?!\d)")
_SINGLE = re.compile(r"[‘’]|(?<!\d)[‛‹›ʼ`´′＇](?!\d)")
_DOTS = re.compile(r"(?<![.\d])\.\.\.(?![.\d])")
_HYPHEN = re.compile("[‐‑]")
_MINUS = re.compile(rf"(?<![^\s(\[])−(?=[{_CURRENCY}]?\d)")
_RANGE = re.compile(r"(?<=\d)[–‒](?=\d)")
_BESIDE_DASH = rf"[^\s\d{_CURRENCY}+.,%‰°#−–—-]"
_DASH = re.compile(
    rf"(?<={_BESIDE_DASH})(?:\s*[—―]\s*|\s+[–-]\s+|\s*--\s*)(?={_BESIDE_DASH})",
)
_STOP_AFTER_QUOTE = re.compile(r'"([.,])(?=\s|$)')
_LAST_STOP = re.compile(r'(?<=[^\W\d_]|["\')\]])\.(?=["\')\]]*$)')


def settled(sentence: str) -> str:
    """Return ``sentence`` in the one spelling all its harmless variants share.

    Made alike: composed and decomposed characters, runs of white space, curly and straight
    quotation marks (single stay single, double stay double), hyphen characters, ranges ("5–10"),
    dashes between words, three dots and an ellipsis, a full stop or comma inside or outside a
    closing double quotation mark, and the full stop at the very end after a word.
    """
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", sentence)).strip()
    if not text.isascii():
        text = _plain_marks(text)
    text = _DASH.sub(" — ", _DOTS.sub("…", text))
    text = _STOP_AFTER_QUOTE.sub(r'\1"', text)
    return _LAST_STOP.sub("", text)


def _plain_marks(text: str) -> str:
    text = _SINGLE.sub("'", _DOUBLE.sub('"', text))
    return _RANGE.sub("-", _MINUS.sub("-", _HYPHEN.sub("-", text)))

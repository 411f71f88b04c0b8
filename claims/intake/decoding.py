"""Bytes to text: which encoding, and what to say when that had to be guessed."""

import codecs
import re

from charset_normalizer import from_bytes

from claims.intake.errors import IntakeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]{2,40})""")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 64 * 1024  # bytes looked at when the encoding must be guessed
_MOST_BROKEN = 0.01  # share of undecodable bytes up to which a text is UTF-8 with faults
_MOST_ACCENTS = 0.2  # share of accented letters up to which a text is in Latin letters
_LATIN = ["cp1252", "cp1250", "cp1254", "cp1257"]
_ASCII = bytes(range(0x80))
_MOST_CONTROLS = 0.02  # share of control characters above which something is no text


def decode(data: bytes, *, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text in some bytes, and warnings when its encoding was guessed or is broken.

    ``charset`` is what the sender declared. Raises ``IntakeError`` when the bytes are no text.
    """
    text, warnings = _decoded(data, charset)
    text = text.removeprefix("\ufeff")
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise IntakeError("This does not look like a text but like a binary file.", code="no_text")
    return text, warnings


def _decoded(data: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    if encoding := _wide_without_mark(data):
        return data.decode(encoding, "replace"), ()
    declared = _DECLARED.search(data[:2048])
    for name in ("utf-8", charset, declared.group(1).decode() if declared else ""):
        if (text := _strictly(data, name)) is not None:
            return text, ()
    return _guessed(data)


def _wide_without_mark(data: bytes) -> str:
    """Return which UTF-16 has every other byte of its Latin letters at nought, "" when none."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 4:
        return ""
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    broken = data.decode("utf-8", "replace")
    faults = broken.count("\ufffd")
    if faults <= _MOST_BROKEN * len(data) and len(broken) + faults < len(data):
        return broken, (f"{faults} characters could not be read and are shown as �.",)
    sample = data[:_SAMPLE]
    latin = len(sample.translate(None, _ASCII)) < _MOST_ACCENTS * len(sample)
    best = from_bytes(sample, cp_isolation=_LATIN if latin else None).best()
    encoding = best.encoding if best else "cp1252"
    warning = f"The encoding of the text was not declared; it was read as {encoding}."
    return data.decode(encoding, "replace"), (warning,)

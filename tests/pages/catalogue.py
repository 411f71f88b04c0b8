"""What there is to translate, read from the code and the templates without the gettext tools."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = settings.BASE_DIR
CODE = ("claims", "desk", "factcheck", "seeds")
FILES = ROOT / "locale" / "de" / "LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Key = tuple[str, str]
"""Context and (singular) message."""

# Pages that people and readers see. The admin speaks English, see desk/pages/language.py.
SHOWN = ("desk", "public", "account", "mfa", "includes", "allauth")


def in_the_code() -> dict[Key, str]:
    """Return every message that code and templates use, with a file that does."""
    return {key: name for name, key in [*_in_python(), *_in_templates()]}


def german() -> Catalog:
    """Return the German catalogue as it is written."""
    with (FILES / "django.po").open("rb") as file:
        return read_po(file, locale="de")


def compiled_german() -> Catalog:
    """Return the German catalogue as the desk reads it."""
    with (FILES / "django.mo").open("rb") as file:
        return read_mo(file)


def shown_templates() -> Iterator[Path]:
    """Yield the templates of the pages that are said in several languages."""
    folder = ROOT / "templates"
    yield from sorted(folder.glob("*.html"))
    for name in SHOWN:
        yield from sorted((folder / name).rglob("*.html"))


def _in_python() -> Iterator[tuple[str, Key]]:
    for app in CODE:
        for path in (ROOT / app).rglob("*.py"):
            yield from _found(path, "python", path.read_bytes())


def _in_templates() -> Iterator[tuple[str, Key]]:
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        # What is no message is crossed out; a lexer for JavaScript minds neither that nor indents.
        source = templatize(path.read_text("utf-8"), origin=str(path))
        yield from _found(path, "javascript", source.encode())


def _found(path: Path, method: str, source: bytes) -> Iterator[tuple[str, Key]]:
    for _line, message, _comments, context in extract(method, BytesIO(source), keywords=KEYWORDS):
        first = message if isinstance(message, str) else message[0]
        if first:
            yield path.relative_to(ROOT).as_posix(), (context or "", first)


# --- Words in templates that nobody translates ----------------------------------------------------

_BLOCKS = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}", re.S)
_COMMENTS = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->"
    r"|{% block \w+_attributes %}.*?{% endblock %}",
    re.S,
)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
_SAID = re.compile(
    r"""\b(?:title|placeholder|aria-label|alt|data-key-label|data-confirm)=(["'])(.*?)\1""", re.S
)
_ELEMENTS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.S)
_WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(template: str) -> list[str]:
    """Return the words a reader of `template` would see or hear in English whatever they speak."""
    bare = _TAGS.sub("\x00", _BLOCKS.sub("", _COMMENTS.sub("", template)))
    seen = [value for _quote, value in _SAID.findall(bare)]
    seen += re.split(r"[\x00\n]", _ELEMENTS.sub("\x00", bare))
    return [words.strip() for words in seen if _WORD.search(re.sub(r"&\w+;", "", words))]

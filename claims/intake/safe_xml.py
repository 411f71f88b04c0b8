"""XML from strangers: no document type, no entities, no network, no bottomless depth."""

import re

from lxml import etree

from claims.intake import limits
from claims.intake.decoding import decode
from claims.intake.errors import IntakeError

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(data: bytes | str) -> etree._Element:
    """Return the root element. Raises ``IntakeError`` for anything but plain, well-formed XML."""
    if len(data) > limits.MAX_BYTES:
        raise IntakeError("The document is larger than 5 MB.", code="too_long")
    text = data if isinstance(data, str) else decode(data)[0]
    refuse_doctype(text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    clean = _DECLARATION.sub("", text).replace("\0", "").encode("utf-8", "xmlcharrefreplace")
    try:
        return etree.fromstring(clean, parser)
    except etree.XMLSyntaxError as error:
        reason = str(error).split(", line")[0]
        raise IntakeError(f"The XML is not well formed: {reason}.", code="malformed") from error


def refuse_doctype(text: str) -> None:
    """Raise ``IntakeError`` when a document defines types or entities: bombs are made of them."""
    if _DOCTYPE.search(text):
        raise IntakeError(
            "The XML defines its own entities or document type, which is not accepted.",
            code="entities",
        )

"""Small files made for the tests."""

import io
import json
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs: str, **parts: str) -> bytes:
    """A Word file whose body holds paragraphs in WordprocessingML; parts by name besides."""
    inside = f"<w:body>{''.join(paragraphs)}</w:body>"
    body = f'<?xml version="1.0"?><w:document xmlns:w="{_W}">{inside}</w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", parts.pop("document", body))
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return packed.getvalue()


def docx_bomb(megabytes: int) -> bytes:
    """A small Word file that unpacks to very many blanks."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * 1024 * 1024)
    return packed.getvalue()


def para(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def ninjs(**properties: object) -> str:
    return json.dumps({"uri": "urn:example:1", **properties})


def newsml(content: str, meta: str = "", content_meta: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"
 guid="urn:example:7" version="3" xml:lang="en">
<itemMeta><versionCreated>2024-03-05T10:00:00+01:00</versionCreated>{meta}</itemMeta>
<contentMeta>{content_meta}</contentMeta>
<contentSet>{content}</contentSet></newsItem>"""

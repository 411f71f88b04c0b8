"""How much intake takes. Beyond these it refuses with a sentence instead of trying."""

MAX_BYTES = 5 * 1024 * 1024
"""Largest text document (plain, HTML, Markdown, ninjs, NewsML-G2, feed), in bytes."""

MAX_CHARS = 2 * 1024 * 1024
"""Longest canonical text, in characters."""

MAX_HEADLINE_CHARS = 500
"""A longer headline is cut at a word; agencies send whole paragraphs as titles."""

MAX_DOCX_BYTES = 20 * 1024 * 1024
"""Largest Word file as sent: photographs in it are not read, but they come along."""

MAX_DOCX_XML_BYTES = 20 * 1024 * 1024
"""Largest sum of the XML parts of a Word file once unpacked, in bytes."""

MAX_DOCX_PARTS = 2_000
"""Most files inside a Word file."""

MAX_FURNITURE = 20_000
"""Most furniture spans kept for one document."""

"""Spot what needs a check in an article, who says it and through whom.

Pure: an `ArticleText` in, `Suggestion`s out. `spot` suggests, `read` labels every sentence (page
furniture included), `select` keeps a budget, `rescored` applies a desk's weights and what is known
of earlier checks. The rules of a language are data: see `data/en.toml`.
"""

from .factors import WEIGHTS
from .lexicon import languages
from .model import (
    ArticleText,
    DateSpan,
    Factor,
    Kind,
    Link,
    Misfit,
    Quantity,
    Role,
    Sentence,
    Suggestion,
    Words,
)
from .spotter import read, rescored, select, spot

__all__ = [
    "WEIGHTS",
    "ArticleText",
    "DateSpan",
    "Factor",
    "Kind",
    "Link",
    "Misfit",
    "Quantity",
    "Role",
    "Sentence",
    "Suggestion",
    "Words",
    "languages",
    "read",
    "rescored",
    "select",
    "spot",
]

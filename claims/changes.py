"""What a new version changed in a claim's words, said for people."""

from claims.anchoring import Reason

WHY = {
    Reason.FIGURE: "a figure",
    Reason.NAME: "a name",
    Reason.NEGATION: "a negation",
    Reason.ATTRIBUTION: "who says it",
    Reason.CONTEXT: "the words around it",
    Reason.WORDING: "the wording",
    Reason.LOOKALIKE: "characters that look alike",
    Reason.PUNCTUATION: "only punctuation or spelling",
    Reason.AMBIGUOUS: "the same words stand there more than once",
    Reason.REMOVED: "the words are not there any more",
}
"""What changed, in words that follow “because of”."""

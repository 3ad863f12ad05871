"""Sentences brought into a form the model knows, and what must survive protected.

Addresses, numbers with marks in them, reference numbers and pay grades are replaced by
placeholders, which the model copies; they are put back after decoding. Gender forms become the
plain form, capitals sentence case, lists their items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Whatever must come out as it went in. Plain numbers are left to the model and checked.
PROTECTED = re.compile(
    r"""<[^<>\s]+>                                       # link targets
    | (?:https?://|www\.)[^\s<>()]*[^\s<>().,;:!?]       # addresses
    | [\w.+-]+\ ?(?:@|\(at\)|\[at\])\ ?[\w-]+(?:\.[\w-]+)+
    | \b[\w-]+(?:\.[\w-]+)*\.(?:dk|de|com|org|net|eu|edu|info|io)\b(?:/[^\s<>()]*[^\s<>().,;:!?])?
    | \{\{.*?\}\} | \{%.*?%\}
    | \[email\ ?protected\]
    | (?:\+\d{2}|\(0\)|\b0\d{1,5})[\d\s/().-]{4,}\d     # telephone
    | \b\d{2}(?:\s\d{2}){3}\b
    | \b(?:TV-?L|TVöD|TVÖD|AVR|BAT)(?:[-\s](?:E|EG|Bund|VKA|S)?\s?\d{1,2}[a-z]?)?\b
    | \b(?:E|EG|A|W|S|P)\s?\d{1,2}[a-z]?(?:\s?(?:TV-?L|TVöD|TVÖD))\b
    | (?:\b[A-Za-zÆØÅÄÖÜ]{1,6}[-/ ]?)?\b\d+(?:[-/]\d+)+\b   # 325/2021, j.nr. 2021-123
    | \b\d+(?:[.,:]\d+)+\b(?:\s?(?:%|€|EUR|kr\.?|DKK|CHF|Uhr))?
    | \b[A-Z]{2,}[-_]?\d{2,}[A-Z\d_-]*\b
    """,
    re.X,
)
NUMBER = re.compile(r"\d+")
# What stands for a protected item: short, and usually copied by the models; its loss is noticed.
PLACEHOLDER = "X{}"
PLACEHOLDERS = re.compile(r"\bX ?(\d)(?!\d)")
MAX_PROTECTED = 9

GENDER = re.compile(
    r"(?<=[a-zäöüß])(?:[*:_]|/-?)(?:innen|in)\b|(?<=[a-zäöüß])Innen\b|(?<=[a-zäöüß])(?:/-?|\*|:|_)(?:r|n|e|en|s)\b|\((?:in|innen|r|n)\)(?![\w])"
)
MARKS = re.compile(
    r"\s*\(((?:[mwdfixahk]|divers)(?:\s?[/|,]\s?(?:[mwdfixahk*]|divers|gn)){1,3})\)", re.I
)
ENGLISH_MARKS = {"w": "f", "k": "f", "a": "d", "h": "m"}
LIST = re.compile(r"\s+[/|•·]\s+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence ready for decoding: its pieces, and how to put the result together."""

    source: str
    pieces: tuple[str, ...]
    joints: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    capitals: bool = False
    before: str = ""
    after: str = ""

    def restore(self, decoded: list[str]) -> str | None:
        """The translation of the sentence; None if a protected item did not survive."""
        words = decoded[0]
        for joint, piece in zip(self.joints, decoded[1:], strict=True):
            words += joint + piece
        if self.capitals:
            words = words.upper()
        seen = [int(number) for number in PLACEHOLDERS.findall(words)]
        if sorted(seen) != list(range(1, len(self.kept) + 1)):
            return None
        words = PLACEHOLDERS.sub(lambda found: self.kept[int(found[1]) - 1], words)
        return self.before + words + self.after


def prepare(sentence: str, numbers: bool = False) -> Prepared:
    """Prepare a sentence.

    Args:
        sentence: as it stands in the posting.
        numbers: protect every number, not only those with marks.
    """
    words = sentence.strip()
    before, after = "", ""
    if words.startswith("**") and words.endswith("**") and words.count("**") == 2:
        words, before, after = words[2:-2].strip(), "**", "**"
    words = words.replace("**", "")
    kept: list[str] = []

    def protect(found: re.Match[str]) -> str:
        if len(kept) >= MAX_PROTECTED:
            return found[0]
        kept.append(found[0])
        return PLACEHOLDER.format(len(kept))

    marks = MARKS.search(words)
    tail = ""
    if marks:
        tail = (
            " ("
            + re.sub(r"[A-Za-z]+", lambda m: ENGLISH_MARKS.get(m[0].lower(), m[0]), marks[1])
            + ")"
        )
        words = words[: marks.start()] + words[marks.end() :]
    if not re.search(r"\bX ?\d", words):  # else the text has what we would put in
        words = PROTECTED.sub(protect, words)
        if numbers:
            words = re.sub(r"(?<![X\d])\d+", protect, words)
    words = GENDER.sub("", words)
    capitals = _is_shouted(words)
    if capitals:
        words = _sentence_case(words)
    pieces = LIST.split(words)
    joints = LIST.findall(words)
    if not any(len(piece) > 3 for piece in pieces):
        pieces, joints = [words], []
    return Prepared(
        sentence, tuple(pieces), tuple(joints), tuple(kept), capitals, before, tail + after
    )


def split_around(sentence: str) -> tuple[list[str], list[str]]:
    """A sentence cut at its protected items: the texts between them, and the items."""
    items = [found[0] for found in PROTECTED.finditer(sentence)]
    return PROTECTED.split(sentence), items


def split_clauses(sentence: str) -> list[str]:
    """A long sentence cut at semicolons, dashes and commas before conjunctions."""
    pieces = re.split(
        r"(?<=[;:])\s+|\s+[–-]\s+|(?<=,)\s+(?=(?:og|men|hvor|som|und|sowie|die|der|das|wobei|um)\b)",
        sentence,
    )
    return [piece for piece in pieces if piece.strip()]


def _is_shouted(words: str) -> bool:
    letters = [c for c in PLACEHOLDERS.sub("", words) if c.isalpha()]
    return len(letters) > 4 and all(c.isupper() or c == "ß" for c in letters)


def _sentence_case(words: str) -> str:
    """Capitals to a sentence; placeholders stay."""
    lower = re.sub(r"[^\W\d_]+", lambda m: m[0] if m[0] == "X" else m[0].lower(), words)
    return lower[:1].upper() + lower[1:]

"""A posting as the labeller sees it: its sentences with what rules and guards say of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from normalize.boilerplate.folding import words
from normalize.boilerplate.guards import guards
from normalize.boilerplate.rulebook import Reading, Rulebook
from normalize.posting import Category, Kind, Posting, Segment

_TARGET = re.compile(r"<[^<>\s]{1,2000}>")  # links stand in the text as `words <url>`
_ENDS = (".", "!", "?", ";", ",", ":")
SOFT = (Category.BENEFITS.value, Category.EMPLOYER_PROFILE.value)  # recognised, and kept
HEADING_WORDS = 9
MENU_WORDS = 6


@dataclass(slots=True)
class Line:
    """One sentence on its way to a label: `category` None means it is kept as content."""

    text: str
    folded: list[str]
    reading: Reading
    guards: tuple[str, ...]
    category: str | None = None
    rule: str | None = None
    evidence: list[str] = field(default_factory=list)

    def label(self, category: str, rule: str, *evidence: str) -> None:
        """Say what the sentence is, why, and keep the first word on it."""
        if self.category is None:
            self.category, self.rule = category, rule
            self.evidence += evidence

    def relabel(self, category: str, rule: str, evidence: str) -> None:
        """Say what the page says, which outweighs a label that is kept anyway."""
        if self.category in SOFT:
            self.category, self.evidence = None, []
        self.label(category, rule, evidence)

    def score(self, category: str) -> float:
        """How much the words alone say for a category."""
        hit = self.reading.hits.get(category)
        return hit.score if hit else 0.0

    @property
    def content(self) -> bool:
        """Whether something marks it as the posting itself."""
        return bool(self.guards or self.reading.kept)


@dataclass(slots=True)
class Block:
    """A segment with its sentences as lines.

    `headlike`: it may be a heading, marked so or by how it looks.
    """

    segment: Segment
    lines: list[Line]
    words: int
    headlike: bool
    title: bool = False

    @property
    def head(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def marked_heading(self) -> bool:
        """Whether the layout says it is a heading."""
        return self.segment.kind is Kind.HEADING

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list, by the layout or by how it begins and ends."""
        if self.segment.kind is Kind.LIST_ITEM:
            return True
        text = self.lines[0].text.lstrip()
        return text[:1].islower() and len(self.lines) == 1

    @property
    def short(self) -> bool:
        """Whether it could be an entry of a menu."""
        return 0 < self.words <= MENU_WORDS and len(self.lines) == 1

    def opens(self) -> tuple[str, str] | None:
        """The category and rule of the section that it opens as a heading."""
        if not self.headlike or self.head.reading.section or self.head.reading.job:
            return None
        return next(iter(self.head.reading.headings.items()), None)


def read(posting: Posting, rules: Rulebook) -> list[Block]:
    """The blocks of a posting, read by the rules."""
    blocks = [_block(posting, segment, rules) for segment in posting.segments]
    title = words(posting.title or "")
    for number, block in enumerate(blocks):
        first = number == 0 and block.marked_heading and block.segment.level <= 1
        if (title and block.head.folded == title) or (first and not block.opens()):
            block.title, block.headlike = True, False
    return blocks


def _block(posting: Posting, segment: Segment, rules: Rulebook) -> Block:
    spans = segment.sentences or ((segment.start, segment.end),)
    lines = []
    for start, end in spans:
        text = posting.body[start:end]
        if "<" in text:
            text = _TARGET.sub(" ", text)
        folded = words(text)
        lines.append(Line(text, folded, rules.read(folded), guards(text)))
    count = sum(len(line.folded) for line in lines)
    return Block(segment, lines, count, _headlike(segment, lines, count))


def _headlike(segment: Segment, lines: list[Line], count: int) -> bool:
    """Whether a block is marked as a heading, or is a short line that ends like none."""
    if segment.kind is Kind.HEADING:
        return 0 < count <= HEADING_WORDS + 3
    if not 0 < count <= HEADING_WORDS or len(lines) > 1 or segment.kind is not Kind.PARAGRAPH:
        return False
    text = lines[0].text.rstrip()
    return not text.endswith(_ENDS) or text.endswith((":", "?"))

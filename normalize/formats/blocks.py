"""The lines of one block on their way to parts: which of them are links, which are bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from normalize.posting import Kind, Part, Region

# A bold line is a heading if it is no longer than this: longer ones are emphasis.
MAX_BOLD_HEADING = 90
# Below the headings that the markup names, h1 to h3 mostly.
BOLD_LEVEL = 4
NO_BOLD_HEADING = re.compile(r"[.,;!]$|@|https?:|www\.|^[\W\d]+$|\+\d|^[a-zæøåäöü]")
SPACES = re.compile(r"[ \t]{2,}")


@dataclass(slots=True)
class _Line:
    pieces: list[str] = field(default_factory=list)
    # Visible characters in all, in links and in bold, white space and added addresses left out.
    visible: int = 0
    linked: int = 0
    bold: int = 0
    # Places of the addresses that are only worth giving inside other text.
    weak: list[int] = field(default_factory=list)

    def text(self) -> str:
        if self.weak and self.is_link():
            for place in self.weak:
                self.pieces[place] = ""
            self.weak.clear()
        return SPACES.sub(" ", "".join(self.pieces)).strip(" \t")

    def is_link(self) -> bool:
        return self.visible > 0 and self.linked == self.visible

    def is_heading(self) -> bool:
        text = self.text().strip("*_ ")
        whole = bool(text) and self.bold == self.visible
        return whole and len(text) <= MAX_BOLD_HEADING and not NO_BOLD_HEADING.search(text)


class Block:
    """Collects the text of one block of the markup, line by line."""

    def __init__(self) -> None:
        self._lines = [_Line()]

    def add(self, text: str, linked: bool = False, bold: bool = False) -> None:
        """Visible text; where a line begins, its white space is dropped."""
        line = self._lines[-1]
        if not line.pieces:
            text = text.lstrip(" \t")
        if not text:
            return
        count = len(text) - text.count(" ") - text.count("\xa0")
        line.pieces.append(text)
        line.visible += count
        line.linked += count if linked else 0
        line.bold += count if bold else 0

    def add_target(self, target: str, weak: bool = False) -> None:
        """The address of the link that ends here, as ` <url>`, before the space after its words.

        A weak one is left out where the line is nothing but links: a menu.
        """
        pieces = self._lines[-1].pieces
        words = pieces[-1] if pieces else ""
        bare = words.rstrip(" \t")
        pieces[-1:] = [bare, f" <{target}>", words[len(bare) :]]
        if weak:
            self._lines[-1].weak.append(len(pieces) - 2)

    def newline(self) -> None:
        """End the line."""
        if self._lines[-1].pieces or len(self._lines) < 2 or self._lines[-2].pieces:
            self._lines.append(_Line())

    @property
    def empty(self) -> bool:
        """Whether nothing visible was added."""
        return not any(line.visible for line in self._lines)

    def cell(self) -> tuple[str, int, int]:
        """All as one line, with its visible and its linked characters; the block is empty then."""
        lines, self._lines = self._lines, [_Line()]
        text = " ".join(" ".join(line.text() for line in lines).split())
        return text, sum(line.visible for line in lines), sum(line.linked for line in lines)

    def parts(
        self, kind: Kind, level: int = 0, region: Region | None = None, language: str | None = None
    ) -> Iterator[Part]:
        """The parts of the block; it is empty then.

        Lines that are wholly links, or bold like a heading, are parts of their own. A heading is
        one line; other lines that stand together are running text.
        """
        if kind is Kind.HEADING:
            text, visible, linked = self.cell()
            if visible:
                yield Part(text, kind, level, region, language, _share(linked, visible))
            return
        lines, self._lines = self._lines, [_Line()]
        while lines and not lines[-1].visible:
            lines.pop()
        for number, (sort, group) in enumerate(groupby(lines, key=lambda line: _sort(line, kind))):
            run = list(group)
            if sort == "text":
                text = "\n".join(line.text() for line in run).strip("\n")
                if not text:
                    continue
                found = None if "\n" in text and kind is Kind.PARAGRAPH else kind
                if number and kind is Kind.LIST_ITEM:
                    found = None if "\n" in text else Kind.PARAGRAPH
                share = _share(sum(line.linked for line in run), sum(line.visible for line in run))
                yield Part(text, found, level if found else 0, region, language, share)
                continue
            for line in run:
                bold = sort == "heading"
                yield Part(
                    line.text(),
                    Kind.HEADING if bold else kind,
                    BOLD_LEVEL if bold else level,
                    region,
                    language,
                    _share(line.linked, line.visible),
                )


def _sort(line: _Line, kind: Kind) -> str:
    if kind is Kind.PARAGRAPH and line.is_heading():
        return "heading"
    return "link" if line.is_link() else "text"


def _share(linked: int, visible: int) -> float:
    return round(linked / visible, 3) if visible else 0.0

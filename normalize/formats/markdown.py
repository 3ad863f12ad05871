"""Markdown to parts. Emphasis marks stay in the text; links become `words <url>`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from normalize.formats.blocks import Block
from normalize.formats.html import read_html
from normalize.formats.links import link_target, shows
from normalize.formats.tags import KNOWN
from normalize.posting import Kind, Part

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Marks of Markdown at the start of lines, and its links.
MARKS = re.compile(
    r"^(?:#{1,6} \S|[-*+] \S|> \S|\|.+\||={3,}$|```|\*\*[^*\n]+\*\*$)|\[[^\]\n]+\]\([^)\s]+\)", re.M
)
# Tags of Hugo, Jekyll and their kin. In the address of a link the address is not known; a line of
# its own is a block of its own.
SHORTCODE = r"\{\{[<%]?.*?[>%]?\}\}|\{%.*?%\}"
SHORTCODE_TARGET = re.compile(rf"\]\((?:[^()\s]*(?:{SHORTCODE}))+[^()\n]*\)")
SHORTCODE_LINE = re.compile(rf"^[ \t]*(?:(?:{SHORTCODE})[ \t]*)+$", re.M)
# Lines of other widths were broken on purpose, not wrapped.
MIN_WRAPPED, MAX_WRAPPED = 50, 130
# In text that is not wrapped, shorter lines do not go on in a small letter.
MIN_JOINED = 30
MAX_HEADING = 200
# The parser drops what nests deeper than 20 quotes or lists.
DEEP = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=[ \t]))){8,}", re.M)
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")


def looks_like_markdown(text: str) -> bool:
    """Whether a text uses headings, lists, quotes, tables or links of Markdown.

    >>> looks_like_markdown("# Postdoc\\n\\nSee [us](https://example.org).")
    True
    """
    return len(MARKS.findall(text)) >= 2


def read_markdown(text: str) -> list[Part]:
    """Parts of a Markdown text, in order: headings, paragraphs, list items, table rows.

    HTML inside is read as HTML. Template shortcodes (`{{< … >}}`) stay as text.
    """
    text = SHORTCODE_TARGET.sub("](#)", DEEP.sub("", text))
    text = SHORTCODE_LINE.sub(lambda found: f"\n{found[0].strip()}\n", text)
    tokens = _parser().parse(text)
    reader = _Reader(_wrap_width(token.content for token in tokens if token.type == "inline"))
    for token in tokens:
        reader.read(token)
    return reader.parts


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Indented text in scraped files is layout, not code; reference definitions would vanish.
    return MarkdownIt("commonmark").enable("table").disable(["code", "reference"])


@dataclass(slots=True)
class _Reader:
    """Follows the tokens of the parser."""

    width: int | None
    parts: list[Part] = field(default_factory=list)
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    depth: int = 0
    row: list[tuple[str, int, int]] | None = None

    def read(self, token: Token) -> None:
        """Append what a token of block level holds."""
        name = token.type
        if name in {"bullet_list_open", "ordered_list_open"}:
            self.depth += 1
        elif name in {"bullet_list_close", "ordered_list_close"}:
            self.depth -= 1
        elif name == "list_item_open":
            self.kind, self.level = Kind.LIST_ITEM, self.depth - 1
        elif name == "heading_open":
            self.kind, self.level = Kind.HEADING, int(token.tag[1])
        elif name in {"heading_close", "list_item_close"}:
            self.kind, self.level = Kind.PARAGRAPH, 0
        elif name == "tr_open":
            self.row = []
        elif name == "tr_close" and self.row is not None:
            self._end_row(self.row)
        elif name == "inline":
            self._inline(token)
        elif name == "html_block":
            self._html(token.content)
        elif name in {"fence", "code_block"} and token.content.strip():
            lines = token.content.strip("\n")
            self.parts.append(Part(lines, None if "\n" in lines else Kind.PARAGRAPH))

    def _end_row(self, row: list[tuple[str, int, int]]) -> None:
        cells = [cell for cell in row if cell[1]]
        self.row = None
        if cells:
            share = sum(linked for *_, linked in cells) / sum(visible for _, visible, _ in cells)
            words = " | ".join(text for text, *_ in cells)
            self.parts.append(Part(words, Kind.TABLE_ROW, link_share=round(min(1.0, share), 3)))

    def _inline(self, token: Token) -> None:
        if self.kind is Kind.HEADING and len(token.content) > MAX_HEADING:
            # A paragraph that a line of dashes was put under.
            self.kind, self.level = Kind.PARAGRAPH, 0
        block = Block()
        lines = [line.strip() for line in token.content.split("\n")]
        _fill(block, token.children or [], _joins(lines, self.width))
        if self.row is not None:
            self.row.append(block.cell())
            return
        self.parts += block.parts(self.kind, self.level)
        if self.kind is Kind.LIST_ITEM:  # further paragraphs of the item
            self.kind, self.level = Kind.PARAGRAPH, 0

    def _html(self, content: str) -> None:
        """A block of HTML, or one that begins like it: `<NAME> hires`."""
        names = {name.lower() for name in TAG.findall(content)}
        if names & KNOWN or "<!--" in content:
            self.parts += read_html(content).parts
        elif content.strip():
            self.parts.append(Part(content.strip()))


def _wrap_width(paragraphs: Iterable[str]) -> int | None:
    """The width that the paragraphs of a text were wrapped at; None if they were not."""
    full = [len(line) for text in paragraphs for line in text.split("\n")[:-1]]
    width = max(full, default=0)
    near = sum(length > 0.75 * width for length in full)
    wrapped = MIN_WRAPPED <= width <= MAX_WRAPPED and near >= 0.6 * len(full)
    return width if wrapped else None


def _joins(lines: Sequence[str], width: int | None) -> list[bool]:
    """For each line of a paragraph, whether it goes on in the next one.

    Markdown joins all of them, but people also write addresses and facts line by line and forget
    the two blanks that it asks for.

    >>> _joins(["Institut für Physik", "Am Hof 1", "04103 Leipzig"], None)
    [False, False]
    """
    joins = []
    for line, following in pairwise(lines):
        first = following.split(None, 1)[0] if following.strip() else ""
        full = width is not None and len(line) + 1 + len(first) > width
        joins.append(full or (first[:1].islower() and len(line) >= MIN_JOINED))
    return joins


def _fill(block: Block, tokens: Sequence[Token], joins: Sequence[bool]) -> None:
    """Put inline tokens into a block; `joins` says of each line whether it goes on."""
    breaks = iter(joins)
    links: list[tuple[str | None, list[str]]] = []
    bold = 0
    for token in tokens:
        name, words = token.type, ""
        if name == "link_open":
            links.append((link_target(str(token.attrGet("href") or "")), []))
            words = "<" if token.info == "auto" else ""
        elif name == "link_close" and token.info == "auto":
            links.pop()
            words = ">"
        elif name == "link_close":
            target, shown = links.pop()
            if target and not shows("".join(shown), target):
                block.add_target(target)
        elif name == "softbreak" and next(breaks, True):
            words = " "
        elif name == "softbreak":
            block.newline()
        elif name == "hardbreak":
            next(breaks, None)
            block.newline()
        elif name == "html_inline":
            words = _tag(block, token.content)
        elif name in {"strong_open", "strong_close"}:
            # The marks count as bold with the words between them.
            bold += name == "strong_open"
            block.add(token.markup, bool(links), True)
            bold -= name == "strong_close"
        elif name in {"em_open", "em_close"}:
            words = token.markup
        else:
            words = token.content
        if words:
            for _, shown in links[-1:]:
                shown.append(words)
            block.add(words, bool(links), bold > 0)


def _tag(block: Block, tag: str) -> str:
    """What stays of a tag among words: a line break, or the tag if HTML knows none like it."""
    found = TAG.match(tag)
    if tag.startswith("<!--"):
        return ""
    if found and found[1].lower() == "br":
        block.newline()
        return ""
    return "" if found and found[1].lower() in KNOWN else tag

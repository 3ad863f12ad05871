"""Markdown to parts. Emphasis marks stay in the text; links become `words <url>`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from normalize.formats.html import link_target, read_html
from normalize.posting import Kind, Part

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Marks of Markdown at the start of lines, and its links.
MARKS = re.compile(r"^(?:#{1,6} \S|[-*+] \S|> \S|\|.+\||={3,}$|```)|\[[^\]\n]+\]\([^)\s]+\)", re.M)


def looks_like_markdown(text: str) -> bool:
    """Whether a text uses headings, lists, quotes, tables or links of Markdown."""
    return len(MARKS.findall(text)) >= 2


def read_markdown(text: str) -> list[Part]:
    """Parts of a Markdown text, in order: headings, paragraphs, list items, table rows.

    HTML inside is read as HTML. Template shortcodes (`{{< … >}}`) stay as text.
    """
    parts: list[Part] = []
    depth, kind, level = 0, Kind.PARAGRAPH, 0
    row: list[str] | None = None
    for token in _parser().parse(text):
        name = token.type
        if name in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif name in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif name == "list_item_open":
            kind, level = Kind.LIST_ITEM, depth - 1
        elif name == "heading_open":
            kind, level = Kind.HEADING, int(token.tag[1])
        elif name == "tr_open":
            row = []
        elif name == "tr_close" and row is not None:
            parts.append(Part(" | ".join(cell for cell in row if cell), Kind.TABLE_ROW))
            row = None
        elif name == "inline":
            words, share = _inline(token.children or [])
            if row is not None:
                row.append(" ".join(words.split()))
            elif words.strip():
                parts.append(Part(words.strip(), kind, level, link_share=share))
            if kind is Kind.LIST_ITEM:  # further paragraphs of the item
                kind, level = Kind.PARAGRAPH, 0
        elif name in {"heading_close", "list_item_close"}:
            kind, level = Kind.PARAGRAPH, 0
        elif name == "html_block":
            parts += read_html(token.content).parts
        elif name in {"fence", "code_block"} and token.content.strip():
            parts.append(Part(token.content.strip("\n"), Kind.PARAGRAPH))
    return [part for part in parts if part.text.strip()]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Indented text in scraped files is layout, not code; reference definitions would vanish.
    return MarkdownIt("commonmark").enable("table").disable(["code", "reference"])


def _inline(tokens: list[Token]) -> tuple[str, float]:
    """Text of inline tokens, and the share of it inside links."""
    pieces: list[str] = []
    linked = 0
    links: list[tuple[Any, int]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((token.attrGet("href"), len(pieces)))
        elif token.type == "link_close":
            href, start = links.pop()
            words = "".join(pieces[start:])
            linked += len(words)
            target = link_target(str(href or ""))
            if target and target not in words:
                pieces.append(f" <{target}>")
            elif token.info == "auto":
                pieces[start:] = [f"<{words}>"]
        elif token.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
        elif token.type == "html_inline":
            pieces.append("\n" if re.match(r"(?i)<br\b", token.content) else "")
        elif token.type == "image":
            pieces.append(token.content)
        elif token.type in {"strong_open", "strong_close", "em_open", "em_close"}:
            pieces.append(token.markup)
        elif token.type == "code_inline":
            pieces.append(token.content)
        else:
            pieces.append(token.content)
    text = "".join(pieces)
    return text, round(min(1.0, linked / (len(text) or 1)), 3)

"""HTML pages and fragments to parts: all visible text, block by block, with what the markup says.

A general reader rather than a main-text extractor: those drop whole fragments and deadlines, and
what is not the posting is for the strip stage to decide, where it can be seen and undone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import etree, html

from normalize.formats.blocks import Block
from normalize.formats.landmarks import SECTIONING, STRONG, region_of
from normalize.formats.links import decode_cfemail, link_target, shows
from normalize.formats.tags import BLOCKS, DROPPED, escape_foreign, has_layout
from normalize.posting import Kind, Part, Region

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
BUTTONS = {"submit", "button", "reset"}
# Lists of pages saved by Word are paragraphs with a bullet of letters of a symbol font.
WORD_LIST = re.compile(r"mso-list\s*:\s*\S+\s+level(\d)", re.I)
WORD_BULLET = re.compile(r"mso-list\s*:\s*ignore", re.I)
WORD_BULLETS = set("·o§-–•ØüvQ¨\uf0b7\uf0a7\uf0d8")
# A cell with more than this is layout, not data; a term with more is a heading, not a label.
MAX_CELL = 400
MAX_TERM = 80
SPACE = re.compile(r"[ \t\r\n\f\v]+")
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
OPEN_TITLE = re.compile(r"<title\b[^>]*>[^<]*", re.I)
# Tags that HTML lets one leave out. The parser would drop what stands after them.
END_OF_PAGE = re.compile(r"</(?:html|body)\s*>", re.I)


@dataclass(slots=True)
class Page:
    """What was read of a page."""

    parts: list[Part] = field(default_factory=list)
    title: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)


def read_html(text: str) -> Page:
    """Read a page or fragment.

    Args:
        text: the markup, as malformed as it comes.

    Returns:
        Parts in document order (none if nothing is visible), the `<title>`, metadata of the head
        (`description`, `url`, `language`), and the JSON-LD blocks as text. Text whose only tags
        are of words (`<b>`, `<a>`) keeps its lines: it is one part of running text.
    """
    page = Page()
    root, whole = _parse(text)
    if root is not None:
        base = _read_head(root, page)
        if whole:
            _Reader(page, base, verbatim=not has_layout(text)).read(root)
    if not whole:
        page.parts = _flat(text)
    return page


def _parse(text: str) -> tuple[Any, bool]:
    """The tree, and whether it holds the whole text (the parser gives up at a depth of 2,048)."""
    # libxml2 stops at a zero byte and refuses text that declares an encoding of its own.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", "\ufffd"))
    text = END_OF_PAGE.sub("", escape_foreign(CDATA.sub("", text)))
    # A comment or title that is never closed would hide the rest of the page.
    if (place := text.rfind("<!--")) >= 0 and "-->" not in text[place:]:
        text = text[:place] + text[place + 4 :]
    if not re.search(r"</title", text, re.I):
        text = OPEN_TITLE.sub(lambda found: f"{found[0]}</title>", text, count=1)
    parser = html.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, True
    too_deep = any(
        error.level_name == "FATAL" or "depth" in error.message.lower()
        for error in parser.error_log
    )
    return root, not too_deep


def _flat(text: str) -> list[Part]:
    """Text without tags, a line a block: what can be said of a page too deep for the parser."""
    text = re.sub(r"(?is)<(script|style|head|template)\b.*?</\1\s*>|<!--.*?-->", " ", text)
    text = re.sub(rf"(?i)</?(?:{'|'.join(sorted(BLOCKS))})\b[^<>]*>|<br\b[^<>]*>", "\n", text)
    lines = (
        " ".join(line.split())
        for line in unescape(re.sub(r"<[a-zA-Z/!][^<>]*>", "", text)).split("\n")
    )
    return [Part(line, Kind.PARAGRAPH) for line in lines if line]


def _read_head(root: Any, page: Page) -> str | None:
    """Title, metadata and JSON-LD into the page; the address that relative links start from."""
    title = root.find(".//head/title")
    if title is not None and title.text and title.text.strip():
        page.title = " ".join(title.text.split())
    if language := (root.get("lang") or root.get("xml:lang")):
        page.metadata["language"] = language.strip()[:35]
    for meta in root.iterfind(".//head/meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        content = (meta.get("content") or "").strip()
        if name in {"description", "og:url"} and content:
            page.metadata.setdefault("description" if name == "description" else "url", content)
    link = root.find(".//head/link[@rel='canonical']")
    if link is not None and (link.get("href") or "").strip():
        page.metadata["url"] = link.get("href").strip()
    for script in root.iterfind(".//script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json" and script.text:
            page.scripts.append(script.text)
    base = root.find(".//base")
    declared = (base.get("href") or "") if base is not None else ""
    return link_target(declared or page.metadata.get("url", ""))


@dataclass(slots=True)
class _Frame:
    """What is in force inside an element."""

    tag: str
    block: bool = True
    region: Region | None = None
    language: str | None = None
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    depth: int = 0
    bold: bool = False
    link: _Link | None = None
    item: _Item | None = None
    data: bool = False
    verbatim: bool = False
    sectioned: bool = False


@dataclass(slots=True)
class _Link:
    """A link that is open: where it leads, whether on the same site, and its words so far."""

    target: str | None
    local: bool
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """A list item that is open: its first block is the item, further ones are paragraphs."""

    begun: bool = False


class _Reader:
    """Walks the tree without recursion (pages nest very deep) and collects blocks."""

    def __init__(self, page: Page, base: str | None, verbatim: bool) -> None:
        self.page = page
        self.base = base
        self.verbatim = verbatim
        self.block = Block()
        # The cells so far of a table row, or the terms and descriptions of one entry of a list.
        self.row: list[tuple[str, int, int]] | None = None
        self.described = False

    def read(self, root: Any) -> None:
        """Append the parts of the tree to the page."""
        stack = [_Frame("", language=_language(root), verbatim=self.verbatim)]
        skipping = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                if skipping or tag in DROPPED or _is_bullet(element):
                    skipping += 1
                    continue
                stack.append(self._enter(element, tag, stack[-1]))
                if element.text and not self._hides_address(element):
                    self._write(element.text, stack[-1])
            else:
                if skipping:
                    skipping -= 1
                else:
                    self._leave(stack.pop(), stack[-1])
                if not skipping and element.tail:
                    self._write(element.tail, stack[-1])
        self._flush(stack[0])

    def _enter(self, element: Any, tag: str, outer: _Frame) -> _Frame:
        # Elements of somebody's own (`job-title`) are blocks as a rule.
        frame = _Frame(
            tag,
            tag in BLOCKS or "-" in tag,
            region_of(element, tag, outer.region, outer.sectioned),
            _language(element) or outer.language,
            outer.kind,
            outer.level,
            outer.depth,
            outer.bold or tag in {"b", "strong"} or _is_bold(element),
            outer.link,
            outer.item,
            outer.data,
            outer.verbatim or tag in {"pre", "textarea"},
            outer.sectioned or tag in SECTIONING,
        )
        if frame.block and self.row is None:
            self._flush(outer)
        elif frame.block and not self.block.empty:
            self.block.add(" ")
        if tag in HEADINGS:
            frame.kind, frame.level = Kind.HEADING, HEADINGS[tag]
        elif tag in {"summary", "legend"}:
            frame.kind, frame.level = Kind.HEADING, 3
        elif tag in {"ul", "ol", "menu"}:
            frame.depth += 1
        elif tag == "li":
            frame.kind, frame.level = Kind.LIST_ITEM, max(0, frame.depth - 1)
            frame.item = _Item()
        elif tag == "p" and (depth := WORD_LIST.search(element.get("style") or "")):
            frame.kind, frame.level = Kind.LIST_ITEM, int(depth[1]) - 1
            frame.item = _Item()
        elif tag in {"table", "dl"} and self.row is None:
            frame.data = not outer.data and _is_data(element, tag)
        elif frame.data and tag in {"tr", "dt", "dd"}:
            self._enter_row(frame, outer)
        elif tag == "a":
            href = element.get("href") or ""
            frame.link = _Link(link_target(href, self.base), link_target(href) is None)
        elif tag == "br":
            self.block.newline()
        elif tag == "input" and (element.get("type") or "").lower() in BUTTONS:
            self._flush(outer)
            self._write(element.get("value") or "", frame)
            self._flush(frame)
        if self._hides_address(element) and (code := element.get("data-cfemail")):
            self._write(decode_cfemail(code), frame)
        return frame

    def _enter_row(self, frame: _Frame, outer: _Frame) -> None:
        frame.kind, frame.level = Kind.TABLE_ROW, 0
        if frame.tag == "tr":
            self._flush(outer)
            self.row = []
        elif self.row is None or (frame.tag == "dt" and self.described):
            self._end_row(frame)
            self.row, self.described = [], False

    @staticmethod
    def _hides_address(element: Any) -> bool:
        """Whether Cloudflare put its own words in the place of an address that can be read."""
        code = element.get("data-cfemail")
        return bool(code and decode_cfemail(code))

    def _leave(self, frame: _Frame, outer: _Frame) -> None:
        if frame.tag == "a" and frame.link:
            self._add_target(frame.link, frame.region)
        if self.row is None:
            if frame.block:
                self._flush(frame)
        elif frame.data and frame.tag in {"td", "th", "dt", "dd"}:
            self.row.append(self.block.cell())
            self.described |= frame.tag == "dd"
        elif frame.data and frame.tag in {"tr", "dl"}:
            self._end_row(frame)
        elif frame.block:
            self.block.add(" ")

    def _end_row(self, frame: _Frame) -> None:
        """The row as a part, its cells with ` | ` between them."""
        cells = [cell for cell in [*(self.row or []), self.block.cell()] if cell[1]]
        self.row = None
        if cells:
            share = sum(linked for *_, linked in cells) / sum(visible for _, visible, _ in cells)
            words = " | ".join(text.replace(" | ", " / ") for text, *_ in cells)
            part = Part(
                words, Kind.TABLE_ROW, 0, frame.region, frame.language, round(min(1.0, share), 3)
            )
            self.page.parts.append(part)

    def _add_target(self, link: _Link, region: Region | None) -> None:
        """The address of a link behind its words, once, unless they show it or lie in a menu."""
        words = "".join(link.words)
        if link.target and words.strip() and region not in STRONG:
            if not shows(words, link.target):
                self.block.add_target(link.target, weak=link.local)
            link.target = None

    def _write(self, text: str, frame: _Frame) -> None:
        if frame.link is not None:
            frame.link.words.append(text)
        lines = text.split("\n") if frame.verbatim else [SPACE.sub(" ", text)]
        for number, line in enumerate(lines):
            if number:
                self.block.newline()
            self.block.add(line, frame.link is not None, frame.bold)

    def _flush(self, frame: _Frame) -> None:
        if self.block.empty:
            if self.row is None:
                self.block = Block()
            return
        if frame.link is not None:
            self._add_target(frame.link, frame.region)
        kind, level = frame.kind, frame.level
        if kind is Kind.LIST_ITEM and frame.item is not None:
            if frame.item.begun:
                kind, level = Kind.PARAGRAPH, 0
            frame.item.begun = True
        self.page.parts += self.block.parts(kind, level, frame.region, frame.language)


def _is_data(element: Any, tag: str) -> bool:
    """Whether a table or list of terms holds data: short cells without structure of their own."""
    for inner in element.iterdescendants(
        "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "form", "select"
    ):
        if inner is not element:
            return False
    cells = list(element.iterdescendants("td", "th") if tag == "table" else element.iter("dd"))
    terms = list(element.iter("dt"))
    if any(_length(cell) > MAX_CELL for cell in cells):
        return False
    if tag == "dl":
        return bool(cells) and all(_length(term) <= MAX_TERM for term in terms)
    return any(len(row) > 1 for row in element.iterdescendants("tr"))


def _length(element: Any) -> int:
    """Characters of text in an element; enough of them to know that it is too long."""
    total = 0
    for text in element.itertext():
        total += len(text.strip())
        if total > MAX_CELL:
            break
    return total


def _is_bullet(element: Any) -> bool:
    """Whether an element is the bullet that Word wrote before a list item."""
    style = element.get("style")
    if not style or not WORD_BULLET.search(style):
        return False
    return "".join(element.itertext()).strip(" \t\r\n\xa0") in WORD_BULLETS


def _is_bold(element: Any) -> bool:
    style = element.get("style")
    return bool(style and BOLD_STYLE.search(style))


def _language(element: Any) -> str | None:
    declared = element.get("lang") or element.get("xml:lang")
    return re.split("[-_]", declared.strip())[0].lower() or None if declared else None

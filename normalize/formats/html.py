"""HTML pages and fragments to parts: all visible text, block by block, with what the markup says.

A general reader rather than a main-text extractor: those drop whole fragments and deadlines, and
what is not the posting is for the strip stage to decide, where it can be seen and undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from normalize.posting import Kind, Part, Region

# An opening tag of a page or a block; two of them, or one of the first kind, make a text HTML.
PAGE = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]", re.I)
BLOCK_TAG = re.compile(
    r"</?(?:div|p|br|li|ul|ol|h[1-6]|table|tr|td|span|strong|b|em|i|a|section|article|main|font)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.I,
)

DROPPED = {
    "script",
    "style",
    "head",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "audio",
    "video",
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd"),
    *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "label", "legend"),
    *("li", "main", "menu", "nav", "noscript", "ol", "optgroup", "option", "p", "pre", "section"),
    *("select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul"),
}
TAG_REGIONS = {
    "nav": Region.NAV,
    "header": Region.HEADER,
    "footer": Region.FOOTER,
    "aside": Region.ASIDE,
    "form": Region.FORM,
    "select": Region.FORM,
}
ROLE_REGIONS = {
    "navigation": Region.NAV,
    "banner": Region.HEADER,
    "contentinfo": Region.FOOTER,
    "complementary": Region.ASIDE,
    "search": Region.FORM,
    "menu": Region.NAV,
    "menubar": Region.NAV,
}
# Whole words of class and id that say what a box is. Wrappers (`has-sidebar`) must not match.
NAME_REGIONS = (
    (
        re.compile(
            r"(?:^|[\s_-])(?:cookie|cookies|consent|cookiebot|cookiebanner|onetrust|ccm)(?:$|[\s_-])"
        ),
        Region.COOKIE,
    ),
    (re.compile(r"(?:^|\s)(?:(?:site|page|main|global)[_-])?footer(?:$|\s)"), Region.FOOTER),
    (
        re.compile(
            r"(?:^|\s)(?:navbar|navigation|breadcrumbs?|(?:main|top|side|site)[_-]?(?:nav|menu)|menu|skip-?link)(?:$|\s)"
        ),
        Region.NAV,
    ),
    (re.compile(r"(?:^|\s)(?:sidebar|side-bar)(?:$|\s)"), Region.ASIDE),
)
# The innermost of these stays in force inside any other region.
STRONG = {Region.NAV, Region.FOOTER, Region.COOKIE, Region.HIDDEN}
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# A cell with more than this is layout, not data.
MAX_CELL = 400
SPACE = re.compile(r"[ \t\r\n\f\v]+")


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: a page's own tags, or at least two tags of blocks.

    >>> looks_like_html("See <https://example.org> and <NAME>")
    False
    >>> looks_like_html("<p>We hire.<br>Soon.</p>")
    True
    """
    return bool(PAGE.search(text)) or len(BLOCK_TAG.findall(text)) >= 2


@dataclass(slots=True)
class Page:
    """What was read of a page."""

    parts: list[Part] = field(default_factory=list)
    title: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """What is in force inside an element."""

    tag: str
    region: Region | None
    language: str | None
    kind: Kind
    level: int
    depth: int
    block: bool
    href: str | None = None
    href_start: int = 0
    data_table: bool = False
    verbatim: bool = False


def read_html(text: str) -> Page:
    """Read a page or fragment.

    Args:
        text: the markup, as malformed as it comes.

    Returns:
        Parts in document order (none if nothing is visible), the `<title>`, metadata of the head
        (`description`, `url`, `language`), and the JSON-LD blocks as text.
    """
    page = Page()
    root, whole = _parse(text)
    if root is not None:
        _read_head(root, page)
        if whole:
            _Reader(page).read(root)
    if not whole:
        page.parts = _flat(text)
    return page


def _parse(text: str) -> tuple[Any, bool]:
    """The tree, and whether it holds the whole text (the parser gives up at a depth of 2,048)."""
    # libxml2 stops at a zero byte and refuses text that declares an encoding of its own.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", "\ufffd"))
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


def _read_head(root: Any, page: Page) -> None:
    title = root.find(".//head/title")
    if title is not None and title.text and title.text.strip():
        page.title = " ".join(title.text.split())
    if language := (root.get("lang") or root.get("xml:lang")):
        page.metadata["language"] = language.strip()[:35]
    for meta in root.iterfind(".//head/meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in {"description", "og:url"} and meta.get("content", "").strip():
            key = "description" if name == "description" else "url"
            page.metadata.setdefault(key, meta.get("content").strip())
    link = root.find(".//head/link[@rel='canonical']")
    if link is not None and link.get("href"):
        page.metadata["url"] = link.get("href").strip()
    for script in root.iterfind(".//script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json" and script.text:
            page.scripts.append(script.text)


class _Reader:
    """Walks the tree without recursion (pages nest ten thousand deep) and collects blocks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pieces: list[str] = []
        self.length = 0
        self.linked = 0
        self.row: list[tuple[str, int]] | None = None

    def read(self, root: Any) -> None:
        """Append the parts of the tree to the page."""
        language = (root.get("lang") or "").split("-")[0].lower() or None
        stack = [_Frame("html", None, language, Kind.PARAGRAPH, 0, 0, True)]
        skipping = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if skipping or tag in DROPPED:
                    skipping += 1
                    continue
                frame = self._enter(element, tag, stack[-1])
                stack.append(frame)
                if element.text:
                    self._write(element.text, frame)
            else:
                if skipping:
                    skipping -= 1
                else:
                    self._leave(element, stack.pop(), stack[-1])
                if not skipping and element.tail:
                    self._write(element.tail, stack[-1])
        self._flush(stack[0])

    def _enter(self, element: Any, tag: str, outer: _Frame) -> _Frame:
        block = tag in BLOCKS
        if block and not (outer.data_table and tag in {"td", "th", "p", "div", "label", "button"}):
            self._flush(outer)
        kind, level, depth = outer.kind, outer.level, outer.depth
        if tag in HEADINGS:
            kind, level = Kind.HEADING, HEADINGS[tag]
        elif tag in {"ul", "ol", "menu"}:
            depth += 1
        elif tag == "li":
            kind, level = Kind.LIST_ITEM, max(0, depth - 1)
        elif tag == "summary" or tag == "legend":
            kind, level = Kind.HEADING, 3
        data_table = outer.data_table
        if tag == "table":
            data_table = (
                not outer.data_table and outer.kind is not Kind.TABLE_ROW and _is_data(element)
            )
        elif tag == "tr" and data_table:
            self.row = []
            kind, level = Kind.TABLE_ROW, 0
        language = element.get("lang") or element.get("xml:lang")
        frame = _Frame(
            tag,
            self._region(element, tag, outer.region),
            language.split("-")[0].lower() if language else outer.language,
            kind,
            level,
            depth,
            block,
            data_table=data_table,
            verbatim=outer.verbatim or tag in {"pre", "textarea"},
        )
        if tag == "a":
            frame.href, frame.href_start = element.get("href"), len(self.pieces)
        elif tag == "br":
            self._add("\n")
        elif tag == "span" and element.get("data-cfemail"):
            # Cloudflare hides addresses behind a one-byte XOR: give them back.
            self._add(decode_cfemail(element.get("data-cfemail")) + " ")
        return frame

    @staticmethod
    def _region(element: Any, tag: str, outer: Region | None) -> Region | None:
        if outer in STRONG:
            return outer
        if element.get("hidden") is not None or HIDDEN_STYLE.search(element.get("style") or ""):
            return Region.HIDDEN
        role = ROLE_REGIONS.get((element.get("role") or "").lower())
        if found := TAG_REGIONS.get(tag) or role:
            return found
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if names != " " and tag not in {"body", "html", "main", "article"}:
            for pattern, region in NAME_REGIONS:
                if pattern.search(names):
                    return region
        return outer

    def _leave(self, element: Any, frame: _Frame, outer: _Frame) -> None:
        if frame.tag == "a":
            self._close_link(element, frame)
        if frame.tag in {"td", "th"} and frame.data_table and self.row is not None:
            self.row.append((self._take(), self.linked))
            self.linked = 0
        elif frame.tag == "tr" and frame.data_table and self.row is not None:
            stray = self._take()
            cells = [cell for cell, _ in self.row if cell] + ([stray] if stray else [])
            linked = sum(count for _, count in self.row)
            self.row = None
            self._part(" | ".join(" ".join(cell.split()) for cell in cells), frame, linked)
        elif frame.block and self.row is None:
            self._flush(frame)
        elif frame.block:
            self._add(" ")

    def _close_link(self, element: Any, frame: _Frame) -> None:
        words = "".join(self.pieces[frame.href_start :])
        self.linked += len(words.strip())
        target = link_target(frame.href or "")
        if not words.strip() or not target:
            return
        if _bare(target) in _bare(words) or ("@" in words and target in words):
            return
        if frame.region in {Region.NAV, Region.FOOTER, Region.COOKIE, Region.HIDDEN}:
            return
        tail = words[len(words.rstrip()) :]
        self.pieces[frame.href_start :] = [words.rstrip(), f" <{target}>", tail]

    def _write(self, text: str, frame: _Frame) -> None:
        if frame.tag in {"ul", "ol", "table", "tbody", "thead", "tr", "dl"} and not text.strip():
            return
        self._add(text if frame.verbatim else SPACE.sub(" ", text))

    def _add(self, text: str) -> None:
        self.pieces.append(text)

    def _take(self) -> str:
        text = "".join(self.pieces)
        self.pieces = []
        lines = (" ".join(line.split(" ")).strip(" \t") for line in text.split("\n"))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", "\n".join(lines))).strip("\n ")

    def _flush(self, frame: _Frame) -> None:
        text = self._take()
        linked, self.linked = self.linked, 0
        self._part(text, frame, linked)

    def _part(self, text: str, frame: _Frame, linked: int) -> None:
        if not text.strip():
            return
        visible = len(re.sub(r"<[^<>\s]+>", "", text)) or 1
        self.page.parts.append(
            Part(
                text,
                frame.kind,
                frame.level,
                frame.region,
                frame.language,
                round(min(1.0, linked / visible), 3),
            )
        )


def _is_data(table: Any) -> bool:
    """Whether a table holds data: no headings, lists or tables in it, and only short cells."""
    for element in table.iterdescendants("table", "ul", "ol", "h1", "h2", "h3", "h4", "form"):
        if element is not None:
            return False
    return all(
        sum(len(text) for text in _limited(cell.itertext(), 200)) <= MAX_CELL
        for cell in table.iterdescendants("td", "th")
    )


def _limited(texts: Iterator[str], count: int) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number >= count:
            yield "x" * (MAX_CELL + 1)
            return
        yield text.strip()


def link_target(href: str) -> str | None:
    """What of a link is worth keeping: an absolute web address, or a mail address.

    >>> link_target("mailto:hr@example.org?subject=Postdoc")
    'hr@example.org'
    >>> link_target("/jobs/7") is None
    True
    """
    href = href.strip()
    if href.lower().startswith("mailto:"):
        address = unquote(href[7:].partition("?")[0]).strip()
        return address if re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", address) else None
    if re.match(r"(?i)https?://", href) and not re.search(r"[\s<>]", href):
        try:
            return href if urlsplit(href).hostname else None
        except ValueError:
            return None
    return None


def decode_cfemail(code: str) -> str:
    """The address behind Cloudflare's `data-cfemail`: its first byte is the key of the others.

    >>> decode_cfemail("422a3002273a232f322e276c2d3025")
    'hr@example.org'
    """
    try:
        data = bytes.fromhex(code)
    except ValueError:
        return ""
    return bytes(byte ^ data[0] for byte in data[1:]).decode("utf-8", "replace") if data else ""


def _bare(address: str) -> str:
    return re.sub(r"(?i)^https?://(?:www\.)?|/$|\s", "", address).lower()

"""What the place on the page says: landmarks, menus, lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.boilerplate.folding import words
from normalize.boilerplate.reading import MENU_WORDS, SOFT, Block
from normalize.boilerplate.rulebook import Rulebook
from normalize.posting import Category, Kind, Region

CHROME = Category.SITE_CHROME.value
PROSE_REGIONS = (Region.HEADER, Region.FOOTER, Region.ASIDE)
MAX_LABEL = 14  # words of an address or a label there
LINKS = 0.8  # share of a block's letters inside links from which on it is a link
# Without one of these no sign is worth looking for.
SIGN = re.compile(r"[©#{›»]|\(c\)|\b(?:page|side|seite)\s\d", re.IGNORECASE)
# Name, pattern, and how many words may stand outside what it matches.
SIGNS = (
    ("copyright", re.compile(r"^\W{0,3}(?:©|\(c\)\s)|©\s*(?:19|20)\d\d|(?:19|20)\d\d\s*©"), 30),
    ("shortcode", re.compile(r"\{\{[<%].{0,2000}?[>%]\}\}|\{%.{0,500}?%\}"), 2),
    ("hashtags", re.compile(r"(?:#\w[\w-]{0,60}(?:\s+|$)){3,60}"), 4),
    (
        "path",
        re.compile(r"^\s*(?:[›»>/|]\s*)?(?:[^›»>/|.]{1,40}\s[›»]\s){2,12}[^›»>/|.]{1,80}$"),
        0,
    ),
)
MIN_GLUED, MAX_GLUED = 2, 20  # menu entries, words of a line of them
FURNITURE = (CHROME, Category.RELATED_JOBS.value, Category.COOKIE.value)
MIN_END, MAX_END = 4, 40  # blocks of furniture after the posting, words of a block taken with them
MIN_EDGE = 3  # menu words that make an edge of the page one
MIN_HITS = 4  # menu words that make a run of short blocks a menu


def by_region(blocks: Sequence[Block]) -> None:
    """Label blocks in landmarks of the page that hold no content."""
    for region in Region:
        inside = [block for block in blocks if block.segment.region is region]
        # a page that puts the posting itself into such an element says nothing by it
        share = 2 if region is not Region.FORM else 5
        if sum(b.words for b in inside) * share > sum(b.words for b in blocks):
            continue
        for block in inside:
            if not block.title and _expendable(block, region):
                category = Category.COOKIE.value if region is Region.COOKIE else CHROME
                _label(block, category, f"region.{region.value}", f"region: {region.value}")


def _expendable(block: Block, region: Region) -> bool:
    guarded = any(set(line.guards) - {"contact"} or line.reading.kept for line in block.lines)
    if region in PROSE_REGIONS and (block.words > MAX_LABEL or block.marked_heading):
        return False  # prose, which pages put anywhere, and headings, which go with it
    if region is Region.FOOTER:
        return not guarded and not block.head.reading.section
    if region is Region.FORM:
        return not guarded and block.short
    if region not in PROSE_REGIONS:
        return not guarded
    return (not guarded and _menu_word(block)) or (_link(block) and block.short and not guarded)


def by_signs(blocks: Sequence[Block]) -> None:
    """Label lines that signs rather than words give away: copyright, template tags, hashtags."""
    for block in blocks:
        if block.title:
            continue
        for line in block.lines:
            if not SIGN.search(line.text):
                continue
            if set(line.guards) - {"contact"}:
                continue
            for name, pattern, most in SIGNS:
                if pattern.search(line.text) and len(words(pattern.sub(" ", line.text))) <= most:
                    line.label(CHROME, f"sign.{name}", f"sign: {name}")


def by_entries(blocks: Sequence[Block], rules: Rulebook) -> None:
    """Label lines that hold several menu entries, glued or parted by signs (a path, a toolbar)."""
    for block in blocks:
        if block.title or len(block.lines) > 1 or not MIN_GLUED <= block.words <= MAX_GLUED:
            continue
        line = block.head
        if (
            line.category in FURNITURE
            or line.guards
            or line.text.rstrip().endswith((".", "!", ";", ",", ":"))
        ):
            continue
        count = rules.entries_in(line.folded, 0.5 if _link(block) else 0.25)
        if count >= MIN_GLUED:
            line.label(CHROME, "line.entries", f"{count} menu entries in a line")


def by_edges(blocks: Sequence[Block]) -> None:
    """Label what surrounds the posting: short lines before and after it that go with a menu.

    After the last block of prose or facts, everything short from the first menu word on; before
    the first, everything short up to the last menu word.
    """
    inside = [i for i, block in enumerate(blocks) if _body(block)]
    if not inside:
        return
    head, tail = blocks[: inside[0]], blocks[inside[-1] + 1 :]
    for edge, order in ((head, 1), (tail, -1)):
        hits = [i for i, block in enumerate(edge) if _menu_word(block)]
        if len(hits) < MIN_EDGE:
            continue
        inner = edge[: hits[-1] + 1] if order == 1 else edge[hits[0] :]
        for block in inner:
            # before the title stand employer and place as well, between the buttons
            if _loose(block) and (order == -1 or _menu_word(block) or _entry(block)):
                _label(block, CHROME, "edge.menu", f"edge of the page: {len(hits)} menu entries")


def by_end(blocks: Sequence[Block]) -> None:
    """Label what follows the posting: from its last sure part on, where page furniture abounds."""
    last = max((i for i, block in enumerate(blocks) if _sure(block)), default=len(blocks))
    rest = blocks[last + 1 :]
    start = next((i for i, block in enumerate(rest) if _furniture(block)), len(rest))
    zone = rest[start:]
    known = sum(_furniture(block) for block in zone)
    prose = sum(block.words > MAX_GLUED and not _furniture(block) for block in zone)
    if known < MIN_END or 5 * known < 2 * len(zone) or 4 * prose > len(zone):
        return
    for block in zone:
        if block.segment.region in (Region.ASIDE, Region.HEADER):
            continue  # asides hold facts of the posting too
        if block.words <= MAX_END and not any(line.content for line in block.lines):
            _label(block, CHROME, "end.page", f"end of the page: {known} of {len(zone)} blocks")


def _furniture(block: Block) -> bool:
    return all(line.category in FURNITURE for line in block.lines)


def _sure(block: Block) -> bool:
    """Whether a block is the posting or its fine print, where page furniture cannot be meant."""
    if _furniture(block) or block.segment.region not in (None, Region.FORM):
        return False
    return (
        block.title
        or any(line.content or line.category for line in block.lines)
        or bool(block.head.reading.section)
        or block.words > MAX_END
    )


def _body(block: Block) -> bool:
    """Whether a block belongs to the posting for sure: prose, a title, or a fact."""
    if all(line.category is not None and line.category not in SOFT for line in block.lines):
        return False
    return block.title or block.words > MENU_WORDS or any(line.content for line in block.lines)


def by_menu(blocks: Sequence[Block]) -> None:
    """Label runs of short blocks among which menu words abound."""
    for run in _runs(blocks):
        hits = [place for place, block in enumerate(run) if _menu_word(block)]
        if len(hits) < MIN_HITS:
            continue
        inner = run[hits[0] : hits[-1] + 1]
        links = sum(_link(block) for block in inner)
        if 2 * len(hits) < len(inner) and 2 * links < len(inner):
            continue
        cookie = sum(Category.COOKIE.value in block.head.reading.entries for block in inner)
        category = Category.COOKIE.value if 2 * cookie > len(hits) else CHROME
        for block in inner:
            _label(block, category, "run.menu", f"menu: {len(hits)} of {len(inner)} entries")


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if _loose(block):
            run.append(block)
        else:
            yield run
            run = []
    yield run


def _loose(block: Block) -> bool:
    """Whether a block may go with the menu that it stands in: short, no fact, no job."""
    return (
        block.short
        and not block.title
        and not any(line.guards for line in block.lines)
        and not block.head.reading.job
    )


def _menu_word(block: Block) -> bool:
    reading = block.head.reading
    return block.short and bool(
        reading.entries or CHROME in reading.whole or block.head.category == CHROME
    )


def _entry(block: Block) -> bool:
    """Whether the layout makes it an entry: an item of a list, or a link."""
    return block.segment.kind is Kind.LIST_ITEM or _link(block)


def _link(block: Block) -> bool:
    return block.segment.link_share >= LINKS


def _label(block: Block, category: str, rule: str, evidence: str) -> None:
    for line in block.lines:
        line.relabel(category, rule, evidence)

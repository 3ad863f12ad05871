"""What the place on the page says: landmarks, menus, lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.boilerplate.folding import words
from normalize.boilerplate.reading import Block
from normalize.posting import Category, Region

CHROME = Category.SITE_CHROME.value
LINKS = 0.8  # share of a block's letters inside links from which on it is a link
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
MIN_HITS = 4  # menu words that make a run of short blocks a menu


def by_region(blocks: Sequence[Block]) -> None:
    """Label blocks in landmarks of the page that hold no content."""
    for region in (Region.NAV, Region.FOOTER, Region.COOKIE, Region.HEADER, Region.ASIDE):
        inside = [block for block in blocks if block.segment.region is region]
        # a page that puts the posting itself into such an element says nothing by it
        if sum(b.words for b in inside) * 2 > sum(b.words for b in blocks):
            continue
        for block in inside:
            if not block.title and _expendable(block, region):
                category = Category.COOKIE.value if region is Region.COOKIE else CHROME
                _label(block, category, f"region.{region.value}", f"region: {region.value}")


def _expendable(block: Block, region: Region) -> bool:
    guarded = any(set(line.guards) - {"contact"} or line.reading.kept for line in block.lines)
    if region in (Region.NAV, Region.COOKIE):
        return not guarded
    if region is Region.FOOTER:
        return not guarded and not block.head.reading.section
    return (not guarded and _menu_word(block)) or (_link(block) and block.short and not guarded)


def by_signs(blocks: Sequence[Block]) -> None:
    """Label lines that signs rather than words give away: copyright, template tags, hashtags."""
    for block in blocks:
        if block.title:
            continue
        for line in block.lines:
            if set(line.guards) - {"contact"}:
                continue
            for name, pattern, most in SIGNS:
                if pattern.search(line.text) and len(words(pattern.sub(" ", line.text))) <= most:
                    line.label(CHROME, f"sign.{name}", f"sign: {name}")


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
        if block.short and not block.title and not any(line.guards for line in block.lines):
            run.append(block)
        else:
            yield run
            run = []
    yield run


def _menu_word(block: Block) -> bool:
    reading = block.head.reading
    return block.short and bool(
        reading.entries or CHROME in reading.whole or block.head.category == CHROME
    )


def _link(block: Block) -> bool:
    return block.segment.link_share >= LINKS


def _label(block: Block, category: str, rule: str, evidence: str) -> None:
    for line in block.lines:
        line.label(category, rule, evidence)

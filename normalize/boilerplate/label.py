"""Which sentences of a posting are not the posting: evidence gathered, weighed, explained.

A sentence is labelled by what it says (a strong rule that nothing vetoes), by the section it
stands in (a privacy heading takes its section, as far as it reads like one), by its neighbours (a
sentence that supports a category beside one that is of it), and by where it stood on the page.
Doubt keeps: losing a line of the posting is worse than leaving a line of boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalize.boilerplate.packs import NOTHING, PRIORITY, Hit, Pack
from normalize.posting import Category, Kind, Posting, Region, Segment

# Sections that are taken whole, and those of which only what reads like it is taken.
WHOLE_SECTIONS = {Category.PRIVACY, Category.COOKIE, Category.RELATED_JOBS}
# Fine print on the application has no sections of its own: only what a sentence says counts.
NO_SECTIONS = {Category.APPLICATION_ADMIN}
LABELLED_SECTIONS = {Category.EMPLOYER_PROFILE, Category.BENEFITS}
# A heading is short; a job title in a list of jobs is a little longer.
MAX_HEADING_WORDS = 10
MAX_ENTRY_WORDS = 22
# A menu: so many blocks in a row of at most so many words each.
MENU_BLOCKS = 5
MENU_WORDS = 6
LINKED = 0.6
CHROME_REGIONS = {Region.NAV, Region.FOOTER, Region.HIDDEN}
# A block in a footer or an aside with more words than this is read before it is taken.
MAX_CHROME_WORDS = 14
CONTACT = re.compile(
    r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.| ?\(dot\) ?)\w|\[email"
    r"|(?:\+4[1359]|tel|tlf|phone|telefon)[\s.:/()\d-]{6,}",
    re.I,
)
# Categories of which no sentence with an address or a number to call is taken.
SPARES_CONTACT = {Category.EQUAL_OPPORTUNITY, Category.APPLICATION_ADMIN}
CODE_LIKE = re.compile(r"^\W*$|^\{[{%].*[}%]\}$")


@dataclass(slots=True)
class Sentence:
    """A sentence while it is being judged."""

    text: str
    words: int
    block: int
    hit: Hit
    label: Category | None = None
    rule: str = ""

    def take(self, category: Category, rule: str) -> None:
        """Label the sentence, unless it has a label."""
        if self.label is None:
            self.label, self.rule = category, rule


@dataclass(slots=True)
class Block:
    """A block and its sentences."""

    number: int
    segments: list[Segment]
    sentences: list[Sentence]
    language: str | None

    @property
    def first(self) -> Segment:
        return self.segments[0]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)

    @property
    def is_heading(self) -> bool:
        """A heading by its kind, or a line that looks like one."""
        if self.first.kind is Kind.HEADING:
            return True
        short = self.words <= MAX_HEADING_WORDS and len(self.sentences) == 1
        return short and not self.text.rstrip().endswith((".", ",", ";"))

    @property
    def section(self) -> Category | None:
        """The category of the section this block opens, if it is a heading of one."""
        if not self.is_heading or self.words > MAX_HEADING_WORDS:
            return None
        return self.sentences[0].hit.heading

    def all_are(self, category: Category) -> bool:
        return all(sentence.label is category for sentence in self.sentences)


def label(posting: Posting, packs: Mapping[str, Pack]) -> list[Block]:
    """Judge every sentence of a posting.

    Args:
        posting: with segments and their languages.
        packs: rules by language.

    Returns:
        Its blocks; sentences that are boilerplate, profile or benefits bear a label and a rule.
    """
    blocks = _blocks(posting, packs)
    for block in blocks:
        _by_words(block)
    _by_section(blocks)
    _by_neighbours(blocks)
    _by_place(blocks)
    _headings_follow(blocks)
    _spare_title(posting, blocks)
    return blocks


# ── evidence ──


def _blocks(posting: Posting, packs: Mapping[str, Pack]) -> list[Block]:
    blocks: list[Block] = []
    for segment in posting.segments:
        if not blocks or blocks[-1].number != segment.block:
            blocks.append(Block(segment.block, [], [], segment.language))
        block = blocks[-1]
        block.segments.append(segment)
        alone = len(segment.sentences) == 1
        for span in segment.sentences:
            text = posting.words_of(span)
            words = len(text.split())
            hit = _look(text, segment.language, packs, alone, words)
            block.sentences.append(Sentence(text, words, segment.block, hit))
    return blocks


def _look(
    text: str, language: str | None, packs: Mapping[str, Pack], alone: bool, words: int
) -> Hit:
    """What the rules say: of the sentence's language, and of all if it is a line of a few words."""
    own = packs.get(language or "")
    hit = own.look(text, alone) if own else NOTHING
    if hit.strong or hit.heading or words > MENU_WORDS or not alone:
        return hit
    for name, pack in packs.items():
        if name != language:
            other = pack.look(text, alone)
            if (
                Category.SITE_CHROME in other.strong
                or Category.RELATED_JOBS in other.strong
                or other.heading
            ):
                return other
    return hit


def _by_words(block: Block) -> None:
    for sentence in block.sentences:
        for category in PRIORITY:
            rule = sentence.hit.strong.get(category)
            if not rule or sentence.hit.vetoes(category):
                continue
            if category in SPARES_CONTACT and CONTACT.search(sentence.text):
                continue
            sentence.take(category, rule)
            break


# ── sections ──


def _by_section(blocks: list[Block]) -> None:
    place = 0
    while place < len(blocks):
        category = blocks[place].section
        if category is None or category in NO_SECTIONS:
            place += 1
            continue
        end = _section_end(blocks, place, category)
        taken = _take_section(blocks[place + 1 : end], category)
        if taken:
            for sentence in blocks[place].sentences:
                sentence.label, sentence.rule = category, f"{category}_heading"
        place = max(place + 1, end if category in WHOLE_SECTIONS else place + 1)


def _section_end(blocks: Sequence[Block], start: int, category: Category) -> int:
    """The number of the block after the section that a heading opens."""
    level = blocks[start].first.level or 9
    for place in range(start + 1, len(blocks)):
        block = blocks[place]
        if category is Category.RELATED_JOBS:
            if block.words > MAX_ENTRY_WORDS and block.first.link_share < LINKED:
                return place
            if block.first.kind is Kind.HEADING and block.first.level and block.first.level < level:
                return place
            continue
        if block.first.kind is Kind.HEADING and (block.first.level or 9) <= level:
            return place
        if block.section not in {None, category}:
            return place
        if category in WHOLE_SECTIONS and _is_content(block, category):
            return place
    return len(blocks)


def _is_content(block: Block, category: Category) -> bool:
    """Whether a block inside a section that is taken whole belongs to the posting after all."""
    supports = any(
        category in sentence.hit.strong or category in sentence.hit.weak
        for sentence in block.sentences
    )
    if supports:
        return False
    vetoed = any(sentence.hit.vetoes(category) for sentence in block.sentences)
    return vetoed or bool(CONTACT.search(block.text))


def _take_section(blocks: Sequence[Block], category: Category) -> bool:
    """Label what of a section's blocks is of its category; whether anything was."""
    rule = f"{category}_section"
    if category is Category.RELATED_JOBS:
        if len(blocks) < 2:
            return False
        for block in blocks:
            for sentence in block.sentences:
                sentence.label, sentence.rule = category, rule
        return True
    supported = [
        sentence
        for block in blocks
        for sentence in block.sentences
        if (category in sentence.hit.strong or category in sentence.hit.weak)
        and not sentence.hit.vetoes(category)
    ]
    if category in LABELLED_SECTIONS:
        for block in blocks:
            for sentence in block.sentences:
                if not sentence.hit.vetoes(category):
                    sentence.take(category, rule)
        return bool(blocks)
    if not supported:
        return False
    for block in blocks:
        for sentence in block.sentences:
            whole = (
                category in WHOLE_SECTIONS and Category.APPLICATION_ADMIN not in sentence.hit.vetoed
            )
            if sentence in supported or (whole and not sentence.hit.vetoes(category)):
                sentence.take(category, rule)
    return True


# ── neighbours ──


def _by_neighbours(blocks: Sequence[Block]) -> None:
    for block in blocks:
        _spread(block.sentences)
    for before, block in zip(blocks, blocks[1:], strict=False):
        # A paragraph that only supports what the whole paragraph before it is.
        category = before.sentences[-1].label
        if category not in {Category.PRIVACY, Category.EQUAL_OPPORTUNITY} or not before.all_are(
            category
        ):
            continue
        if block.is_heading or CONTACT.search(block.text):
            continue
        if all(category in s.hit.weak or s.label is category for s in block.sentences):
            for sentence in block.sentences:
                if not sentence.hit.vetoes(category):
                    sentence.take(category, f"{category}_neighbour")


def _spread(sentences: list[Sentence]) -> None:
    """Labels spread to neighbours in the block that support them, and over single gaps."""
    for order in (range(1, len(sentences)), range(len(sentences) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for place in order:
            sentence, beside = sentences[place], sentences[place + step]
            category = beside.label
            if (
                sentence.label is None
                and category is not None
                and category in sentence.hit.weak
                and not sentence.hit.vetoes(category)
            ):
                sentence.take(category, f"{category}_neighbour")
    for before, sentence, after in zip(sentences, sentences[1:], sentences[2:], strict=False):
        category = before.label
        if (
            sentence.label is None
            and category is after.label
            and category in {Category.PRIVACY, Category.EQUAL_OPPORTUNITY, Category.COOKIE}
            and not sentence.hit.vetoed
            and not CONTACT.search(sentence.text)
        ):
            sentence.take(category, f"{category}_between")


# ── place on the page ──


def _by_place(blocks: Sequence[Block]) -> None:
    for block in blocks:
        region = block.first.region
        if region is Region.COOKIE:
            _take_all(block, Category.COOKIE, "cookie_box")
        elif region in CHROME_REGIONS and (
            block.words <= MAX_CHROME_WORDS
            or block.first.link_share >= LINKED
            or region is Region.NAV
        ):
            _take_all(block, Category.SITE_CHROME, f"region_{region}")
        elif region is Region.FORM and block.words <= MENU_WORDS and not CONTACT.search(block.text):
            _take_all(block, Category.SITE_CHROME, "region_form")
        elif CODE_LIKE.match(block.text.strip()):
            _take_all(block, Category.SITE_CHROME, "no_words")
    _menus(blocks)


def _menus(blocks: Sequence[Block]) -> None:
    """Runs of short linked blocks, and lone leftovers between two blocks of chrome."""
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and _is_entry(blocks[end]):
            end += 1
        run = blocks[start:end]
        linked = [_is_linked(block) for block in run]
        if len(run) >= MENU_BLOCKS and sum(linked) >= 0.7 * len(run):
            for block, is_link in zip(run, linked, strict=True):
                if is_link or (block.words <= 3 and block.first.kind is not Kind.HEADING):
                    _take_all(block, Category.SITE_CHROME, "menu")
        start = end + 1
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if (
            before.all_are(Category.SITE_CHROME)
            and after.all_are(Category.SITE_CHROME)
            and block.words <= 4
            and block.first.kind is not Kind.HEADING
            and not CONTACT.search(block.text)
            and not re.search(r"\d", block.text)
        ):
            _take_all(block, Category.SITE_CHROME, "between_chrome")


def _is_linked(block: Block) -> bool:
    """Whether a short block is a link, or says what menus say."""
    hit = block.sentences[0].hit
    return (
        block.first.link_share >= LINKED
        or block.all_are(Category.SITE_CHROME)
        or Category.SITE_CHROME in hit.weak
    )


def _is_entry(block: Block) -> bool:
    return (
        block.words <= MENU_WORDS
        and len(block.sentences) == 1
        and not block.text.rstrip().endswith((".", ":", "!"))
        and not CONTACT.search(block.text)
        and not any(sentence.hit.vetoed for sentence in block.sentences)
    )


def _take_all(block: Block, category: Category, rule: str) -> None:
    for sentence in block.sentences:
        sentence.take(category, rule)


# ── headings and titles ──


def _headings_follow(blocks: Sequence[Block]) -> None:
    """A heading over nothing but one kind of boilerplate is of that kind."""
    for place in range(len(blocks) - 2, -1, -1):
        block = blocks[place]
        if block.first.kind is not Kind.HEADING or any(s.label for s in block.sentences):
            continue
        if block.first.level == 1:
            continue
        under: list[Sentence] = []
        for follower in blocks[place + 1 :]:
            if follower.first.kind is Kind.HEADING:
                break
            under += follower.sentences
        labels = {sentence.label for sentence in under}
        if len(labels) == 1 and under and (category := under[0].label):
            if category not in LABELLED_SECTIONS:
                _take_all(block, category, f"over_{category}")


def _spare_title(posting: Posting, blocks: Sequence[Block]) -> None:
    """The posting's title is never boilerplate where it stands in the page itself."""
    if not posting.title:
        return
    wanted = posting.title.replace("*", "").strip().casefold()
    for block in blocks:
        if block.text.replace("*", "").strip().casefold() == wanted and block.words > 2:
            if block.first.region in {Region.NAV, Region.FOOTER, Region.COOKIE}:
                continue
            for sentence in block.sentences:
                sentence.label, sentence.rule = None, ""
            return

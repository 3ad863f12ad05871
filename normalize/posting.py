"""The values that go through the pipeline. All are frozen: a stage returns new ones.

bytes ─► `Source` ─► `Posting` with `parts` (extract, repair) ─► with `body` and `segments`
(segment and later). From `segment` on the body never changes; later stages only add what they
found beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What a block is in the layout of the posting."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class Category(StrEnum):
    """What a passage is when it is not the posting itself."""

    PRIVACY = "privacy"
    EQUAL_OPPORTUNITY = "equal_opportunity"
    APPLICATION_ADMIN = "application_admin"
    SITE_CHROME = "site_chrome"
    RELATED_JOBS = "related_jobs"
    COOKIE = "cookie"
    EMPLOYER_PROFILE = "employer_profile"
    BENEFITS = "benefits"


class Region(StrEnum):
    """Where on a page a part stood, as its markup says (HTML landmarks and their kin)."""

    NAV = "nav"
    HEADER = "header"
    FOOTER = "footer"
    ASIDE = "aside"
    FORM = "form"
    COOKIE = "cookie"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Source:
    """One posting as it came.

    `path` is what the user gave, relative where they gave it so, with `#12` after it for the
    twelfth record of a file that holds many. `media_type` is a hint (from a suffix or a header).
    """

    path: str
    data: bytes
    media_type: str | None = None

    @property
    def id(self) -> str:
        """16 hex digits that stay the same as long as the path does."""
        return sha256(self.path.encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Edit(NamedTuple):
    """Replace characters `start:end` by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a stage did to the text, and how often.

    `edits` (ordered, disjoint, in characters of the text just before this change) make it
    replayable: see `replay`. `part` is the index of the part they belong to. A change without
    edits is a note (which charset was used).
    """

    stage: str
    action: str
    count: int = 1
    detail: str = ""
    part: int | None = None
    edits: tuple[Edit, ...] = ()


def replay(text: str, changes: Iterable[Change]) -> str:
    """Apply the edits of `changes`, in order, to the text they were made on."""
    for change in changes:
        pieces: list[str] = []
        position = 0
        for edit in change.edits:
            pieces += text[position : edit.start], edit.text
            position = edit.end
        text = "".join(pieces) + text[position:]
    return text


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text as `extract` found it, with what the format said about it.

    `kind` None means running text whose blocks are still to be found by `segment` (plain text:
    it may hold many lines). Links stand in the text as `words <url>`.
    """

    text: str
    kind: Kind | None = None
    level: int = 0
    region: Region | None = None
    language: str | None = None
    link_share: float = 0.0


class Span(NamedTuple):
    """Characters `start:end` of `Posting.body`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Translation:
    """English for one segment.

    `origin`: `model`, `memory`, `memory:human`, `glossary` or `none` (kept in its language).
    `flags` are slugs: `untranslated`, `no_model`, `low_confidence`, `numbers_differ`, …
    """

    text: str
    origin: str
    model: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of sentences of one block, of one language and one category.

    A block whose sentences differ in language or category is several segments with the same
    `block` number. `level` is the heading level (1-6) or the depth of a list item. `declared` is
    the language the markup names. `sentences` are spans of `Posting.body`, in order. `label` is
    what the segment is when it is not the posting itself; `category` is the same where that is
    taken out, and None where the segment is kept. `rule` and `evidence` say why.
    """

    start: int
    end: int
    block: int
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    sentences: tuple[Span, ...] = ()
    region: Region | None = None
    link_share: float = 0.0
    declared: str | None = None
    language: str | None = None
    score: float = 0.0
    label: str | None = None
    category: str | None = None
    rule: str | None = None
    translation: Translation | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting on its way through the stages.

    `body`, the repaired text in its own languages, is empty until `segment`; `language` and
    `languages` (share of words per language) are set by `detect`; `text` by `emit`: it is the
    clean English text, the result.
    """

    source: Source
    raw: str = ""
    media_type: str | None = None
    parts: tuple[Part, ...] = ()
    body: str = ""
    segments: tuple[Segment, ...] = ()
    title: str | None = None
    language: str | None = None
    languages: Mapping[str, float] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = ""

    def words_of(self, span: Span | Segment) -> str:
        """The text of a segment or span."""
        return self.body[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A source that could not be normalised: at which stage, and why."""

    source: Source
    stage: str
    reason: str
    detail: str = ""

"""What a format says, to parts of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from normalize.config import Settings
from normalize.errors import PostingError
from normalize.formats.fields import parse_json, read_record
from normalize.formats.frontmatter import as_json, split_front_matter
from normalize.formats.html import read_html
from normalize.formats.jobposting import find_job_posting, job_metadata
from normalize.formats.links import link_target, shows
from normalize.formats.markdown import read_markdown
from normalize.formats.media import HTML, JSON, MARKDOWN, PLAIN, guess_media_type, suffix_of
from normalize.formats.records import TABLES
from normalize.formats.running import heading_score
from normalize.formats.tags import is_escaped_html
from normalize.pipeline import Outcome, each
from normalize.posting import Kind, Part, Posting, Region

# A saved answer of a web server begins with its headers.
HTTP_HEAD = re.compile(r"\AHTTP/\d(?:\.\d)? \d{3}[^\n]*\n(?:[A-Za-z0-9-]+:[^\n]*\n)+\n")
MARKDOWN_LINK = re.compile(r"(!?)\[([^\[\]\n]{1,300})\]\(([^()\s]{1,1000})\)")
# If the page shows fewer of the words of the description in its JSON-LD, it is shown by a script.
SHOWN_SHARE = 0.5
# Parts among which a title is looked for.
TOP, TOP_LINES = 200, 5
NO_TITLE = {Region.NAV, Region.FOOTER, Region.COOKIE, Region.HIDDEN, Region.ASIDE}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a text; `titles` are those its data name, the best first."""

    media: str
    parts: list[Part]
    titles: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)


class Extract:
    """Read the format of each posting."""

    name = "extract"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.fields = settings.input.text_fields

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set parts, title, metadata and media type of each posting."""
        return each(self.name, self._extract, batch)

    def _extract(self, posting: Posting) -> Posting:
        if suffix_of(posting.source.path) in TABLES and "#" not in posting.source.path:
            raise PostingError("many_records", "a table; give its rows one by one")
        head, text = split_front_matter(HTTP_HEAD.sub("", posting.raw))
        media = guess_media_type(text, posting.source.path, posting.source.media_type)
        reading = self._record(text) if media == JSON else read(text, media)
        if not any(part.text.strip() for part in reading.parts):
            raise PostingError("no_text", f"read as {media}: nothing a reader could see")
        title = head.get("title")
        named = [" ".join(title.split())] if isinstance(title, str) and title.strip() else []
        page = reading.metadata.get("page_title")
        title, parts = with_title(reading.parts, [*named, *reading.titles], page)
        return replace(
            posting,
            media_type=media,
            title=title,
            parts=tuple(parts),
            metadata={**reading.metadata, **head},
        )

    def _record(self, text: str) -> Reading:
        record = read_record(parse_json(text), self.fields)
        parts: list[Part] = []
        metadata = {key: as_json(value) for key, value in record.metadata.items()}
        for words in record.texts:
            reading = read(words, guess_media_type(words))
            parts += reading.parts
            metadata = {**reading.metadata, **metadata}
        return Reading(JSON, parts, [record.title] if record.title else [], metadata)


def read(text: str, media: str) -> Reading:
    """Read a text of a known format."""
    if media == PLAIN and is_escaped_html(text):
        text, media = unescape(text), HTML
    if media == HTML:
        return _html(text)
    if media == MARKDOWN:
        return Reading(media, read_markdown(text))
    # Links as Markdown writes them turn up in text of all kinds.
    text = MARKDOWN_LINK.sub(_link, text) if "](" in text else text
    return Reading(media, [Part(text.strip("\n"))])


def _link(found: re.Match[str]) -> str:
    target = link_target(found[3]) if not found[1] else None
    return f"{found[2]} <{target}>" if target and not shows(found[2], target) else found[2]


def _html(text: str) -> Reading:
    page = read_html(text)
    metadata, parts, titles = dict(page.metadata), page.parts, []
    if job := find_job_posting(page.scripts):
        about = job_metadata(job)
        metadata |= {f"job.{key}": value for key, value in about.items()}
        titles += [about["title"]] if "title" in about else []
        parts = parts + _unseen(parts, job.get("description"))
    if page.title:
        metadata["page_title"] = page.title
    return Reading(HTML, parts, titles, metadata)


def _unseen(shown: Sequence[Part], description: Any) -> list[Part]:
    """The description of a JSON-LD posting, if the page itself does not show it."""
    if not isinstance(description, str):
        return []
    description = unescape(description) if is_escaped_html(description) else description
    parts = read(description, HTML if "<" in description else PLAIN).parts
    seen = {word for part in shown for word in re.findall(r"\w+", part.text.lower())}
    words = [word for part in parts for word in re.findall(r"\w+", part.text.lower())]
    found = sum(word in seen for word in words)
    return parts if words and found < SHOWN_SHARE * len(words) else []


def with_title(
    parts: list[Part], named: Sequence[str], page: str | None = None
) -> tuple[str | None, list[Part]]:
    """The title, and the parts with it at their head if they do not show it.

    Args:
        parts: what the text shows.
        named: titles its metadata give, the best first. A name that is no title (`openpositions`)
            stays metadata.
        page: what `<title>` says; often the site's name, or the title and the site's name. So the
            heading that it holds is preferred, and a heading of the first level.
    """
    headings = [
        part
        for part in parts[:TOP]
        if part.kind is Kind.HEADING and part.region not in NO_TITLE and part.level <= 3
    ]
    for title in filter(_is_title, named):
        shown = any(_shows(part, title) for part in parts[:TOP])
        return title, parts if shown else [Part(title, Kind.HEADING, 1), *parts]
    first = next((p for p in headings if p.level == 1 and heading_score(p.text) < 2.0), None)
    held = [p for p in headings if page and (_letters(p.text) or " ") in _letters(page)]
    if held and (first is None or first in held):
        first = max(held, key=lambda part: len(part.text))
    if first is not None:
        return _words(first.text), parts
    if page and _is_title(page):
        shown = any(_shows(part, page) for part in parts[:TOP])
        return page, parts if shown else [Part(page, Kind.HEADING, 1), *parts]
    return None, parts


def _shows(part: Part, title: str) -> bool:
    """Whether a part, or a line at its top, is the title and little else."""
    return any(
        len(line) <= 2 * len(title) and _letters(title) in _letters(line)
        for line in part.text.split("\n")[:TOP_LINES]
    )


def _is_title(text: str) -> bool:
    """Whether a name is words for people, not a name of a file."""
    return " " in text.strip() or text[:1].isupper()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"<[^<>\s]+>", "", text)).lower()


def _words(text: str) -> str:
    return " ".join(re.sub(r"<[^<>\s]+>", "", text).replace("**", "").split())

"""What a format says, to parts of text.

The content decides, the name only helps: a page named `.txt` is read as a page, prose named
`.json` as prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from normalize.config import Settings
from normalize.errors import PostingError
from normalize.formats.frontmatter import plain, split_front_matter
from normalize.formats.html import Page, looks_like_html, read_html
from normalize.formats.jobposting import find_job_posting, job_metadata
from normalize.formats.markdown import looks_like_markdown, read_markdown
from normalize.formats.records import parse_json, read_record
from normalize.pipeline import Outcome, each
from normalize.posting import Kind, Part, Posting

MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".rmd", ".qmd"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".php", ".aspx"}
# A saved answer of a web server begins with its headers.
HTTP_HEAD = re.compile(r"\AHTTP/\d(?:\.\d)? \d{3}[^\n]*\n(?:[A-Za-z0-9-]+:[^\n]*\n)+\n")
# If the page shows fewer of the words of the description in its JSON-LD, it is shown by a script.
SHOWN_SHARE = 0.5


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
        text = HTTP_HEAD.sub("", posting.raw)
        suffix = PurePath(posting.source.path.partition("#")[0]).suffix.lower()
        metadata: dict[str, Any] = {}
        if _is_json(text, suffix, posting.source.media_type):
            media, title, parts, metadata = self._record(text)
        else:
            metadata, body = split_front_matter(text)
            media, title, parts, found = _read(body, suffix)
            metadata = {**metadata, **found}
            if isinstance(named := metadata.get("title"), str) and named.strip():
                title = named.strip()
        if not any(part.text.strip() for part in parts):
            raise PostingError("no_text", f"read as {media}: nothing a reader could see")
        return replace(
            posting, media_type=media, title=title, parts=tuple(parts), metadata=metadata
        )

    def _record(self, text: str) -> tuple[str, str | None, list[Part], dict[str, Any]]:
        record = read_record(parse_json(text), self.fields)
        parts = [Part(record.title, Kind.HEADING, 1)] if record.title else []
        metadata = {key: plain(value) for key, value in record.metadata.items()}
        for field in record.texts:
            _, _, found, more = _read(field, "")
            parts += found
            metadata |= {key: value for key, value in more.items() if key not in metadata}
        return "application/json", record.title, parts, metadata


def _is_json(text: str, suffix: str, media_type: str | None) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if suffix in {".json", ".jsonl", ".ndjson"} or media_type == "application/json":
        return start in {"{", "[", '"'}
    return start == "{" and bool(re.match(r'\s*\{\s*"[^"\n]{1,60}"\s*:', text))


def _read(text: str, suffix: str) -> tuple[str, str | None, list[Part], dict[str, Any]]:
    """Media type, title, parts and metadata of a text that is not JSON."""
    if suffix in MARKDOWN_SUFFIXES and not _is_page(text):
        return "text/markdown", None, read_markdown(text), {}
    if looks_like_html(text) or (suffix in HTML_SUFFIXES and "<" in text):
        return _html(text)
    if suffix not in {".txt", ""} and looks_like_markdown(text):
        return "text/markdown", None, read_markdown(text), {}
    return "text/plain", None, [Part(text.strip("\n"))], {}


def _is_page(text: str) -> bool:
    """HTML in a file named Markdown: a page of its own, or no mark of Markdown in it."""
    return bool(re.search(r"(?i)<!doctype html|<html[\s>]|<body[\s>]", text[:3000])) or (
        looks_like_html(text) and not looks_like_markdown(text)
    )


def _html(text: str) -> tuple[str, str | None, list[Part], dict[str, Any]]:
    page = read_html(text)
    metadata, parts = dict(page.metadata), page.parts
    title = page.title
    if job := find_job_posting(page.scripts):
        metadata |= {f"job.{key}": value for key, value in job_metadata(job).items()}
        title = metadata.get("job.title", title)
        parts = parts + _unseen(page, job.get("description"))
    if page.title:
        metadata["page_title"] = page.title
    return "text/html", title, parts, metadata


def _unseen(page: Page, description: Any) -> list[Part]:
    """The description of a JSON-LD posting, if the page itself does not show it."""
    if not isinstance(description, str):
        return []
    parts = read_html(description).parts if "<" in description else [Part(description)]
    seen = {word for part in page.parts for word in re.findall(r"\w+", part.text.lower())}
    words = [word for part in parts for word in re.findall(r"\w+", part.text.lower())]
    shown = sum(word in seen for word in words)
    return parts if words and shown < SHOWN_SHARE * len(words) else []

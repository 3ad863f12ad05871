"""What format a text is in: the content decides, the name only helps.

A page named `.txt` is read as a page, prose named `.json` as prose. What is none of the formats
that are read is said to be what it is, never guessed at.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from normalize.errors import PostingError
from normalize.formats.markdown import MARKS, looks_like_markdown
from normalize.formats.tags import PAGE, looks_like_html

HTML, MARKDOWN, JSON, PLAIN = "text/html", "text/markdown", "application/json", "text/plain"
SUFFIXES = {
    **dict.fromkeys([".md", ".markdown", ".mdown", ".rmd", ".qmd"], MARKDOWN),
    **dict.fromkeys([".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp"], HTML),
    **dict.fromkeys([".json", ".jsonl", ".ndjson"], JSON),
    **dict.fromkeys([".txt", ".text"], PLAIN),
}
# Text formats that are read as text would be read wrongly.
XML = re.compile(
    r"\s*<\?xml\b(?:(?!\?>).)*\?>(?:\s|<!--.*?-->)*<(?!!doctype\s+html|html\b)"
    r"|\s*<(?:rss|feed|urlset|sitemapindex)\b[^<>]*>\s*<",
    re.I | re.S,
)
OTHERS = (
    (XML, "XML"),
    (re.compile(r"\s*(?:%[^\n]*\n\s*)*\\documentclass\b"), "LaTeX"),
    (re.compile(r"BEGIN:VCALENDAR"), "a calendar"),
)
SCALAR = re.compile(r"\s*(?:null|true|false|-?\d+(?:\.\d+)?)\s*")


def suffix_of(path: str) -> str:
    """The suffix of a path in lower case; the number of a record (`jobs.jsonl#12`) aside.

    >>> suffix_of("scraped/Jobs.JSONL#12")
    '.jsonl'
    """
    return PurePath(path.partition("#")[0]).suffix.lower()


def guess_media_type(text: str, path: str = "", declared: str | None = None) -> str:
    """The media type to read a text as.

    Args:
        text: all of it, front matter left out.
        path: its name, of which the suffix counts.
        declared: what a server called it.

    Raises:
        PostingError: `unsupported_format`, if it is unmistakably none of those that are read.

    >>> guess_media_type("<p>We hire.</p><p>Apply soon.</p>", "posting.txt")
    'text/html'
    >>> guess_media_type("We hire a postdoc.", "posting.json")
    'text/plain'
    """
    for pattern, name in OTHERS:
        if pattern.match(text):
            raise PostingError("unsupported_format", f"this is {name}")
    named = SUFFIXES.get(suffix_of(path)) or (declared or "").partition(";")[0].strip().lower()
    if _is_json(text, named):
        return JSON
    if named == MARKDOWN and not _is_page(text):
        return MARKDOWN
    if looks_like_html(text) or (named == HTML and re.search(r"<[a-zA-Z!/]|&#?\w+;", text)):
        return HTML
    if named != PLAIN and path not in {"", "-"} and looks_like_markdown(text):
        return MARKDOWN
    return PLAIN


def _is_json(text: str, named: str) -> bool:
    start = text.lstrip()[:1]
    if named == JSON:
        if SCALAR.fullmatch(text):
            return True
        return start in {"{", "[", '"'} and not re.match(r"\s*\{[{%]", text)
    return start in {"{", "["} and bool(re.match(r'\s*\[?\s*\{\s*"[^"\n]{1,60}"\s*:', text))


def _is_page(text: str) -> bool:
    """HTML in a file named Markdown: a page of its own, or no mark of Markdown in it."""
    return bool(PAGE.search(text[:3000])) or (looks_like_html(text) and not MARKS.search(text))

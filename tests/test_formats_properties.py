"""What holds for any input: nothing visible is lost, and nothing ends the run."""

from __future__ import annotations

import os
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.config import Settings
from normalize.formats.html import read_html
from normalize.formats.markdown import read_markdown
from normalize.formats.writers import as_markdown, as_text
from normalize.pipeline import run_stages
from normalize.posting import Kind, Part, Posting, Rejection, Source
from normalize.sentences import split_sentences
from normalize.stages.decode import Decode
from normalize.stages.emit import Emit
from normalize.stages.extract import Extract
from normalize.stages.segment import Segment, segment

SLUGS = {
    *("empty", "binary", "undecodable", "unsupported_format", "too_large", "truncated"),
    *("malformed", "many_records", "no_text_field", "no_text"),
}
TAGS = [
    *("p", "div", "span", "b", "strong", "i", "a", "ul", "ol", "li", "h1", "h2", "h4", "table"),
    *("tr", "td", "th", "dl", "dt", "dd", "section", "article", "header", "footer", "nav", "form"),
    *("label", "button", "blockquote", "pre", "br", "hr", "font", "center", "noscript", "main"),
]
MARKS = ["# ", "## ", "- ", "  - ", "1. ", "> ", "| ", " | ", "**", "*", "_", "`", "~~~\n", "***\n"]
MARKS += [
    "[",
    "](https://example.org)",
    "---\n",
    "===\n",
    "    ",
    "\t",
    "\\",
    "<b>",
    "<br>",
    "{{< x >}}",
]
enough = settings(deadline=None, max_examples=int(os.environ.get("NORMALIZE_EXAMPLES", "150")))

words = st.integers(0, 9999).map("w{}".format)
html = st.lists(
    st.one_of(
        words,
        st.sampled_from(
            [" ", "\n", "&amp;", "&nbsp;", "<", " < ", "<!-- x -->", "</x>", "<a href='/x'>"]
        ),
        st.sampled_from(TAGS).map("<{}>".format),
        st.sampled_from(TAGS).map("</{}>".format),
    ),
    max_size=40,
)
markdown = st.lists(
    st.one_of(words.map(" {} ".format), st.sampled_from([" ", "\n", "\n\n", *MARKS])), max_size=40
)
lines = st.lists(
    st.one_of(
        words,
        st.sampled_from(
            [" ", "\n", "\n\n", "- ", "Your tasks\n", ":\n", ". ", "\t", "|", "\u2028", "\u00a0"]
        ),
    ),
    max_size=60,
)


def words_in(text: str) -> list[str]:
    return re.findall(r"w\d+", text)


def blocks_of(parts: list[Part]) -> Posting:
    return segment(Posting(Source("x", b""), parts=tuple(parts)))


@enough
@given(html)
def test_html_loses_no_word(pieces):
    """Every visible word is in the parts, in order, however broken the markup."""
    pieces = [f" {piece} " if piece.startswith("w") else piece for piece in pieces]
    text = "".join(pieces)

    assert words_in(" ".join(part.text for part in read_html(text).parts)) == words_in(text)


@enough
@given(markdown)
def test_markdown_loses_no_word(pieces):
    """Every word is in the parts, in order; the language of a code block is no text."""
    text = re.sub(r"(?m)^([ \t>|*_#.\\`-]*)(~~~|```)[^\n]*", r"\1\2", "".join(pieces))
    read = " ".join(part.text for part in read_markdown(text))

    assert words_in(read) == words_in(text)


@enough
@given(lines)
def test_segments_cover_the_text(pieces):
    """Segments are ordered, disjoint and within the text, and every word is in exactly one."""
    text = "".join(pieces)
    if not any(character.isalnum() for character in text):
        return
    posting = blocks_of([Part(text)])

    position = 0
    for block in posting.segments:
        assert position <= block.start < block.end <= len(posting.body)
        assert posting.body[position : block.start].strip() == ""
        inside = block.start
        for start, end in block.sentences:
            assert inside <= start < end <= block.end
            assert not re.search(r"\w", posting.body[inside:start])
            inside = end
        position = block.end
    assert words_in(posting.body) == words_in(text)


@enough
@given(st.text(st.sampled_from('abAB .!?:;"”(\u00a0\u2028\u0085é1-@/'), max_size=80))
def test_sentences_cover_the_block(text):
    """Sentences hold all that is no white space, in every language."""
    for language in ("en", "de", "da", None):
        spans = split_sentences(text, language)
        held = "".join(text[start:end] for start, end in spans)
        assert "".join(held.split()) == "".join(text.split())


@enough
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    *(
                        b"<p>",
                        b'{"a":',
                        b"[",
                        b"---\n",
                        b"%PDF",
                        b"\xff\xfe",
                        b"\0",
                        b"\xc3",
                        b"\xf8",
                        b'"',
                    ),
                    *(b"text ", b"</p>", b"}", b"\n", b"# ", b"a: b\n", b"MIME-Version: 1.0\n\n"),
                ]
            ),
            max_size=12,
        ).map(b"".join),
    ),
    st.sampled_from(["x.txt", "x.html", "x.md", "x.json", "x.jsonl", "x", "x.csv#1"]),
)
def test_any_bytes_are_read_or_rejected(data, path):
    """Whatever comes in, it becomes a posting or a known rejection, twice the same."""
    stages = [stage(Settings()) for stage in (Decode, Extract, Segment, Emit)]
    (first,) = run_stages(stages, [Source(path, data)])
    (second,) = run_stages(stages, [Source(path, data)])

    assert first == second
    if isinstance(first, Rejection):
        assert first.reason in SLUGS, first
    else:
        first.text.encode("utf-8")


@enough
@given(lines, st.sampled_from(list(Kind)))
def test_markdown_output_shows_the_same_words(pieces, kind):
    """Text and Markdown of a posting hold the same words."""
    text = " ".join("".join(pieces).split())
    if not any(character.isalnum() for character in text):
        return
    posting = blocks_of([Part(text, kind)])

    assert words_in(as_text(posting)) == words_in(text)
    assert words_in(as_markdown(posting))[-len(words_in(text)) or 9999 :] == words_in(text)

"""Text, Markdown, records and Parquet of a finished posting."""

from __future__ import annotations

import builtins
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import SEEDS, cases

from normalize.config import Settings
from normalize.errors import ConfigurationError
from normalize.formats.parquet import write_parquet
from normalize.formats.writers import as_markdown, as_text, record
from normalize.pipeline import run_stages
from normalize.posting import Change, Kind, Posting, Segment, Source, Span, Translation
from normalize.stages import build_stages
from normalize.stages.emit import Emit, english_title

SCHEMA = json.loads((files("normalize.formats") / "document.schema.json").read_text("utf-8"))


def posting_of(blocks: list[list], title: str | None = None) -> Posting:
    """A posting of blocks `[kind, level, words, ...]`, each words a segment; None is stripped."""
    body, segments, position = "", [], 0
    for number, (kind, level, *pieces) in enumerate(blocks):
        for words in pieces:
            stripped = words.startswith("~")
            words = words.removeprefix("~")
            body += words + " "
            segments.append(
                Segment(
                    position,
                    position + len(words),
                    number,
                    Kind(kind),
                    level,
                    (Span(position, position + len(words)),),
                    category="privacy" if stripped else None,
                )
            )
            position += len(words) + 1
    return Posting(Source("x", b""), body=body, segments=tuple(segments), title=title)


@pytest.mark.parametrize(
    ("blocks", "title", "text", "markdown"), cases("writers", "blocks", "title", "text", "markdown")
)
def test_output(blocks, title, text, markdown):
    """Blocks become text and Markdown as a person would type them."""
    posting = posting_of(blocks, title)

    assert as_text(posting) == "".join(f"{line}\n" for line in text)
    assert as_markdown(posting) == "".join(f"{line}\n" for line in markdown)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<https://x.org/><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://x.org/a.png)",
    "<javascript:alert(1)>",
    "&lt;script&gt;",
    "a\n\n<div>b</div>",
    "``` <b>",
    "`<b>`",
    "*<b>x</b>*",
    "**<i>x</i>**",
    "# a\n=====",
    '<"@x.org>',
    "\\<b>",
    "[x]: https://x.org",
    "<!-- x -->",
    "<?x?>",
    "1. a",
    "- b",
    "+ c",
    "> d",
    "    code",
    "a | b",
    "~~x~~",
    "***",
    "---",
    "===",
    "_x_ __y__",
]


ELEMENTS = {
    *("html_block", "html_inline", "image", "code_block", "code_inline", "fence", "hr"),
    *("blockquote_open", "s_open"),
}


def assert_harmless(posting: Posting) -> None:
    """Rendered, the words of a posting are words: no element, and no link but to the web."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(as_markdown(posting))
    tokens += [child for token in tokens for child in token.children or []]

    assert ELEMENTS.isdisjoint(token.type for token in tokens)
    for token in tokens:
        if token.type == "link_open":
            assert token.info == "auto"
            assert token.attrGet("href").startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", list(Kind))
def test_markdown_is_harmless(words, kind):
    """Markup in a posting is shown, not obeyed."""
    assert_harmless(posting_of([[kind, 1 if kind is Kind.HEADING else 0, words]]))


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab1 <>/!?&;#x[]()*_`~|\\-+=.:@\"'{}"), min_size=1, max_size=40),
    st.sampled_from(list(Kind)),
)
def test_markdown_is_harmless_whatever_comes(words, kind):
    """No combination of marks becomes markup."""
    if words.strip():
        assert_harmless(posting_of([["paragraph", 0, "Before."], [kind, 0, words]]))


def test_ascii():
    """With `output.ascii` the text has no other characters."""
    posting = posting_of([["paragraph", 0, "Søren – 5 € für Åse"]])

    assert as_text(posting, ascii_only=True) == "Soren - 5 EUR fur Ase\n"


def test_title_is_that_of_the_translated_heading():
    """The title is given as the heading that shows it was translated."""
    posting = posting_of([["heading", 1, "**Ledig** stilling"]], title="Ledig stilling")
    english = Translation("**Vacant** position", "model", "da-en")
    translated = replace(posting.segments[0], language="da", translation=english)

    assert english_title(posting) == "Ledig stilling"
    assert english_title(replace(posting, segments=(translated,))) == "Vacant position"


def test_warnings():
    """What is not English, what is a guess and what is empty is said; and said once."""
    posting = posting_of(
        [["paragraph", 0, "Vi søger en lærer"], ["paragraph", 0, "Wir suchen eine Person"]]
    )
    da, de = posting.segments
    posting = replace(
        posting,
        segments=(replace(da, language="da", score=0.9), replace(de, language="de", score=0.3)),
    )
    (emitted,) = Emit(Settings())([posting])
    (again,) = Emit(Settings())([replace(posting, warnings=("untranslated: 9 in da",))])
    (none,) = Emit(Settings())([posting_of([["paragraph", 0, "~Datenschutz"]])])

    assert emitted.warnings == ("untranslated: 1 in da, 1 in de", "uncertain_language: 1 block")
    assert again.warnings == ("untranslated: 9 in da", "uncertain_language: 1 block")
    assert none.warnings == ("nothing_kept: all 1 blocks were stripped",)
    assert none.text == ""


def seed_records():
    plain = Settings.model_validate({"translate": {"enabled": False}})
    sources = [Source(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]
    return [record(posting, "v1") for posting in run_stages(build_stages(plain), sources)]


def test_records_follow_the_schema():
    """Every record of the seeds is valid, and so is one with all that can be in it."""
    posting = posting_of([["list_item", 1, "Vi", "~søger", "nu"]], "T")
    first, *rest = posting.segments
    translated = replace(
        first, language="da", score=0.5, label="benefits", rule="x",
        translation=Translation("We", "memory:human", None, ("numbers_differ",)),
    )  # fmt: skip
    posting = replace(
        posting,
        segments=(translated, *rest),
        changes=(Change("repair", "spaces", 2), Change("repair", "spaces", 1)),
        warnings=("lost_email: 1 address",),
        languages={"da": 1.0},
    )
    full = record(posting, "v1")
    for entry in [full, *seed_records()]:
        jsonschema.validate(entry, SCHEMA, jsonschema.Draft202012Validator)

    assert full["changes"] == [{"stage": "repair", "action": "spaces", "count": 3}]
    assert [block.get("continues") for block in full["blocks"]] == [None, True, True]
    assert [block["text"] for block in full["blocks"]] == ["We", None, "nu"]


def test_schema_refuses_what_is_no_record():
    """The schema is strict: unknown keys and categories fail."""
    good = seed_records()[0]
    for bad in ({**good, "extra": 1}, {**good, "id": "x"}, {**good, "status": "maybe"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, SCHEMA, jsonschema.Draft202012Validator)


def test_parquet(tmp_path):
    """A Parquet file holds the records again."""
    parquet = pytest.importorskip("pyarrow.parquet")
    records = seed_records()
    path = tmp_path / "documents.parquet"

    assert write_parquet(records, path) == len(records)
    rows = parquet.read_table(path).to_pylist()
    assert [row["text"] for row in rows] == [entry["text"] for entry in records]
    assert [json.loads(row["metadata"]) for row in rows] == [e["metadata"] for e in records]
    assert rows[0]["blocks"][0]["source"] == records[0]["blocks"][0]["source"]


def test_parquet_without_pyarrow(monkeypatch, tmp_path):
    """Without pyarrow the message says what to install."""
    imported = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigurationError) as error:
        write_parquet([], Path(tmp_path / "x"))
    assert str(error.value) == (
        "output.formats: parquet needs pyarrow. Install it with: "
        "pip install 'posting-normalizer[parquet]'"
    )

"""The starter glossary: `source,target,note`, one term a line, in an order that diffs well."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import normalize

GLOSSARY = Path(normalize.__file__).parent / "translation" / "glossary"
FILES = [pytest.param(path, id=path.stem) for path in sorted(GLOSSARY.glob("*.csv"))]
NOTES = {"institution", "title", "grade", "degree", "application", "heading", "keep"}


def terms(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, strict=True))[1:]


def test_both_source_languages_have_one() -> None:
    assert [parameter.id for parameter in FILES] == ["da", "de"]


@pytest.mark.parametrize("path", FILES)
def test_header_and_line_ends(path: Path) -> None:
    content = path.read_bytes()
    assert content.startswith(b"source,target,note\n")
    assert content.endswith(b"\n")
    assert b"\r" not in content


@pytest.mark.parametrize("path", FILES)
def test_rows_are_whole_and_clean(path: Path) -> None:
    for row in terms(path):
        assert len(row) == 3, row
        assert row[0], row
        assert row[2] in NOTES, row
        for field in row:
            assert field == " ".join(field.split()), row
            assert unicodedata.is_normalized("NFC", field), row


@pytest.mark.parametrize("path", FILES)
def test_only_terms_to_keep_have_no_target(path: Path) -> None:
    for source, target, note in terms(path):
        assert (target == "") == (note == "keep"), source


@pytest.mark.parametrize("path", FILES)
def test_no_term_stands_twice_and_all_are_sorted(path: Path) -> None:
    """A term is looked up without regard to case, so case tells no two of them apart."""
    sources = [source.casefold() for source, _, _ in terms(path)]
    assert [source for source, count in Counter(sources).items() if count > 1] == []
    assert sources == sorted(sources)

"""End to end on `seeds/`, with the bundled models: what each seed must become."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest
from support import SEEDS, cases

from normalize import Normalizer, Posting

GOLD = Path(__file__).parent / "gold"


@cache
def normalised(name: str) -> Posting:
    with Normalizer() as normalizer:
        return normalizer.normalize(SEEDS / name)


def flat(text: str) -> str:
    """Text without emphasis marks and line breaks, as a reader takes it."""
    return " ".join(text.replace("*", "").split())


@pytest.mark.parametrize("case", cases("seeds"))
def test_seed(case):
    """The English keeps what is the posting, loses what is not, and says so in the record."""
    posting = normalised(case["file"])
    text = flat(posting.text)

    assert [words for words in case["keeps"] if flat(words) not in text] == []
    assert [words for words in case["loses"] if words in text] == []

    for words, category in case.get("strips", {}).items():
        found = [s.category for s in posting.segments if words in posting.words_of(s)]
        assert found == [category], words

    headings = [posting.words_of(s) for s in posting.segments if s.kind == "heading"]
    assert [words for words in case.get("headings", ()) if words not in headings] == []

    slugs = [warning.partition(":")[0] for warning in posting.warnings]
    assert [slug for slug in case.get("warns", ()) if slug not in slugs] == []

    if case.get("strips_nothing"):
        assert [posting.words_of(s) for s in posting.segments if s.category] == []


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_gold(path):
    """The English text is as agreed; read a difference, then renew with NORMALIZE_GOLD=1."""
    gold = GOLD / f"{path.stem}.txt"
    english = normalised(path.name).text
    if os.environ.get("NORMALIZE_GOLD"):
        gold.write_text(english, encoding="utf-8")

    assert english == gold.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_nothing_is_lost(path):
    """Every word of the repaired text is in exactly one segment, kept or stripped."""
    posting = normalised(path.name)
    position = 0
    for segment in posting.segments:
        assert segment.start >= position
        assert posting.body[position : segment.start].strip() == ""
        position = segment.end
    assert posting.body[position:].strip() == ""


def test_seeds_are_as_they_came():
    """The seeds are byte for byte what the project was created from."""
    digests = json.loads((Path(__file__).parent / "cases" / "seed_digests.json").read_text())
    from hashlib import sha256

    assert {p.name: sha256(p.read_bytes()).hexdigest() for p in SEEDS.glob("*.txt")} == digests

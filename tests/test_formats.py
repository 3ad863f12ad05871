"""Decode, extract, segment: what is read of each format, and what is rejected."""

from __future__ import annotations

import pytest
from support import cases

from normalize.config import Settings
from normalize.formats.charset import decode
from normalize.pipeline import run_stages
from normalize.posting import Part, Posting, Source
from normalize.sentences import split_sentences
from normalize.stages.decode import Decode
from normalize.stages.extract import Extract
from normalize.stages.segment import Segment

SHORT = {"heading": "h", "paragraph": "p", "list_item": "li", "table_row": "tr", None: "text"}


def shown(part: Part) -> str:
    """A part as the cases write it: `h2 Title`, `nav:li0 Home`, `text several\\nlines`."""
    level = part.level if SHORT[part.kind] in {"h", "li"} else ""
    region = f"{part.region}:" if part.region else ""
    return f"{region}{SHORT[part.kind]}{level} {part.text}"


def read(data: bytes, path: str = "posting.txt", segment: bool = False):
    settings = Settings()
    stages = [Decode(settings), Extract(settings), *([Segment(settings)] if segment else [])]
    (outcome,) = run_stages(stages, [Source(path, data)])
    return outcome


@pytest.mark.parametrize("case", cases("decode"))
def test_decode(case):
    """Bytes (written as Latin 1) give the text, its charset and a count of what did not fit."""
    (outcome,) = run_stages([Decode(Settings())], [Source("x", case["original"].encode("latin-1"))])

    if "reason" in case:
        assert outcome.reason == case["reason"]
        return
    actions = {change.action: change.count for change in outcome.changes}
    assert outcome.raw == case["expected"]
    assert f"charset:{case['charset']}" in actions
    assert actions.get("stray_bytes", 0) == case.get("strays", 0)
    assert ("cut_character" in actions) == case.get("cut", False)


@pytest.mark.parametrize("case", cases("extract"))
def test_extract(case):
    """Parts with kind, level and region, title and metadata; or a rejection."""
    outcome = read(case["original"].encode(), case["path"])

    if "reason" in case:
        assert outcome.reason == case["reason"]
        assert case.get("detail", outcome.detail) == outcome.detail
        return
    assert isinstance(outcome, Posting), outcome
    assert [shown(part) for part in outcome.parts] == case["expected"]
    assert outcome.title == case.get("title", outcome.title)
    assert case.get("metadata", {}).items() <= outcome.metadata.items()
    assert outcome.media_type == case.get("media", outcome.media_type)
    if "shares" in case:
        assert [part.link_share for part in outcome.parts] == case["shares"]
    if "languages" in case:
        assert [part.language for part in outcome.parts] == case["languages"]


@pytest.mark.parametrize("case", cases("segment"))
def test_segment(case):
    """Running text gives blocks of the kinds that a reader sees."""
    outcome = read(case["original"].encode(), segment=True)

    blocks = [
        shown(Part(outcome.words_of(segment), segment.kind, segment.level))
        for segment in outcome.segments
    ]
    assert blocks == case["expected"]
    assert outcome.title == case.get("title", outcome.title)


@pytest.mark.parametrize(("original", "expected"), cases("sentences", "original", "expected"))
def test_sentences(original, expected):
    """Sentences end where a reader would end them, in each language."""
    assert [original[start:end] for start, end in split_sentences(original)] == expected


def test_too_large():
    """What is larger than the setting is not even looked at."""
    settings = Settings.model_validate({"input": {"max_bytes": 10}})
    (outcome,) = run_stages([Decode(settings)], [Source("x", b"%PDF-1.4 and more")])

    assert outcome.reason == "too_large"
    assert outcome.detail == "17 bytes; input.max_bytes is 10"


def test_mac_roman_is_left_to_repair():
    """Bytes that cp1252 has are read as cp1252; what that breaks is repaired as mojibake."""
    assert decode("på".encode("mac_roman")).charset == "cp1252"

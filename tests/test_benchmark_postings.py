"""The labelled postings of `benchmarks/data/postings`: labels and files say the same."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

POSTINGS = Path(__file__).parent.parent / "benchmarks" / "data" / "postings"
LANGUAGES = ("da", "de", "en")
LABELS = {
    *("keep", "employer_profile", "benefits"),
    *("privacy", "equal_opportunity", "application_admin"),
    *("site_chrome", "related_jobs", "cookie"),
}
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n", re.DOTALL)
# Link and image targets, numbers of list items, and the tags of Jekyll and Hugo templates.
MARKUP = re.compile(r"(?m)\]\([^)]*\)|!\[[^\]]*|^\d+\. |\{%.*?%\}|\{\{.*?\}\}")


class VisibleText(HTMLParser):
    """The text outside head, script and style; a tag separates words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("head", "script", "style")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("head", "script", "style")
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def visible(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        record = json.loads(text)
        named = [value for key, value in record.items() if re.search("(?i)title|descr|text", key)]
        text = "\n".join(named)
    if path.suffix == ".md":
        return MARKUP.sub("", FRONT_MATTER.sub("", text))
    if path.suffix == ".txt":
        return text
    parser = VisibleText()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


def letters(text: str) -> str:
    """Only letters and digits: where words are set apart is not the labels' business."""
    return "".join(character for character in text if character.isalnum())


def documents() -> list[Any]:
    loaded = [
        json.loads(line)
        for language in LANGUAGES
        for line in (POSTINGS / f"{language}.labels.jsonl").read_text("utf-8").splitlines()
    ]
    return [pytest.param(document, id=document["file"]) for document in loaded]


@pytest.mark.parametrize("document", documents())
def test_labels_cover_the_visible_text(document: dict[str, Any]) -> None:
    said = "".join(block["text"] for block in document["blocks"])
    assert letters(said) == letters(visible(POSTINGS / document["file"]))


@pytest.mark.parametrize("document", documents())
def test_blocks_are_well_formed(document: dict[str, Any]) -> None:
    for block in document["blocks"]:
        assert block["text"] == " ".join(block["text"].split())
        assert block["label"] in LABELS
        assert block["lang"] in (*LANGUAGES, "und")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_its_labels(language: str) -> None:
    labels = (POSTINGS / f"{language}.labels.jsonl").read_text("utf-8").splitlines()
    files = {f"{language}/{path.name}" for path in (POSTINGS / language).iterdir()}
    assert {json.loads(line)["file"] for line in labels} == files

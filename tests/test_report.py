"""The review page: complete, escaped, the same for the same run."""

from __future__ import annotations

import json

import pytest
from lxml import html

from normalize.errors import NormalizeError
from normalize.report.html import write_report

HOSTILE = "<script>alert(1)</script>\"'&"


def document(**changes):
    return {
        "id": "0123456789abcdef",
        "path": f"in/{HOSTILE}.txt",
        "status": "done",
        "title": HOSTILE,
        "language": "da",
        "languages": {"da": 0.75, "en": 0.25},
        "metadata": {},
        "text": "English",
        "blocks": [
            {
                "kind": "heading",
                "level": 1,
                "source": HOSTILE,
                "text": "Title",
                "language": "da",
                "score": 1.0,
                "category": None,
                "rule": None,
                "translation": {"origin": "model", "model": "m 1.0", "flags": ["low_confidence"]},
            },
            {
                "kind": "paragraph",
                "level": 0,
                "source": "We hire.",
                "text": "We hire.",
                "language": "en",
                "score": 1.0,
                "category": None,
                "rule": None,
                "translation": None,
            },
            {
                "kind": "paragraph",
                "level": 0,
                "source": "No returns.",
                "text": None,
                "continues": True,
                "language": "en",
                "score": 1.0,
                "category": "application_admin",
                "rule": "papers",
                "translation": None,
            },
        ],
        "changes": [{"stage": "repair", "action": "entities", "count": 2}],
        "warnings": ["untranslated: 1 block"],
        "signature": "",
        **changes,
    }


@pytest.fixture
def run_folder(tmp_path):
    lines = [json.dumps(document()), json.dumps(document(id="b" * 16, title=None))]
    (tmp_path / "documents.jsonl").write_text("\n".join(lines) + "\n")
    rejected = {"path": HOSTILE, "stage": "decode", "reason": "binary", "detail": HOSTILE}
    (tmp_path / "rejected.jsonl").write_text(json.dumps(rejected) + "\n")
    return tmp_path


def test_nothing_of_a_posting_becomes_markup(run_folder):
    """Hostile text is shown as text: the only script is ours, and nothing loads."""
    index = write_report(run_folder)

    for page in index.parent.glob("*.html"):
        tree = html.fromstring(page.read_text())
        assert HOSTILE in tree.text_content()
        assert "alert" not in "".join(tree.xpath("//script/text()"))
        assert tree.xpath("//@src") == []
        assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_a_posting_shows_verdicts(run_folder):
    """A block of two segments is one row; the stripped one names category and rule."""
    write_report(run_folder)

    tree = html.fromstring((run_folder / "report" / "0123456789abcdef.html").read_text())
    rows = tree.xpath("//tbody/tr")

    assert len(rows) == 2
    assert rows[1].xpath(".//span[contains(@class, 'stripped')]/text()") == ["No returns."]
    assert "application admin · papers" in rows[1].text_content()
    assert "low confidence" in rows[0].text_content()


def test_pages_of_postings_that_are_gone_go_too(run_folder):
    write_report(run_folder)
    (run_folder / "documents.jsonl").write_text(json.dumps(document()) + "\n")
    write_report(run_folder)

    pages = {page.name for page in (run_folder / "report").iterdir()}
    assert pages == {"index.html", "0123456789abcdef.html"}


def test_no_run_yet(tmp_path):
    with pytest.raises(NormalizeError, match=r"First: normalize run INPUT -o "):
        write_report(tmp_path)

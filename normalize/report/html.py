"""The review page: what came in, what came out, and why, side by side.

Reads `documents.jsonl` (and `rejected.jsonl`) of a run, writes `report/index.html` with one line a
posting and one page a posting. Pages are whole in themselves, load nothing, and run one script
whose hash stands in their content security policy; all text of postings is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from normalize.errors import NormalizeError
from normalize.files import write_atomic


def write_report(directory: Path) -> Path:
    """Write the review pages of a run.

    Args:
        directory: the output folder of `normalize run`.

    Returns:
        The path of the index page.

    Raises:
        NormalizeError: the folder holds no results.
    """
    documents = directory / "documents.jsonl"
    if not documents.is_file():
        raise NormalizeError(f"{documents} is missing. First: normalize run INPUT -o {directory}")
    pages = directory / "report"
    pages.mkdir(exist_ok=True)
    rows = []
    for document in _records(documents):
        page = f"{document['id']}.html"
        write_atomic(pages / page, render_document(document))
        rows.append(summary_row(document, page))
    rejected = list(_records(directory / "rejected.jsonl"))
    index = pages / "index.html"
    write_atomic(index, render_index(rows, rejected))
    written = {row["page"] for row in rows} | {"index.html"}
    for stale in pages.glob("*.html"):
        if stale.name not in written:
            stale.unlink()
    return index


def render_document(document: dict[str, Any]) -> str:
    """The page of one posting, from its record."""
    blocks = [list(run) for _, run in groupby(document["blocks"], key=_block_counter())]
    return _render("document.html", document=document, blocks=blocks, style=_asset("style.css"))


def render_index(rows: list[dict[str, Any]], rejected: list[dict[str, Any]]) -> str:
    """The page with one line a posting."""
    script = _asset("filter.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    totals = Counter[str]()
    for row in rows:
        totals.update(row["stripped"])
    return _render(
        "index.html",
        rows=rows,
        rejected=rejected,
        totals=totals.most_common(),
        style=_asset("style.css"),
        script=script,
        digest=digest,
    )


def summary_row(document: dict[str, Any], page: str) -> dict[str, Any]:
    """What the index says about a posting."""
    blocks = document["blocks"]
    flags = {flag for block in blocks for flag in (block.get("translation") or {}).get("flags", ())}
    return {
        "page": page,
        "path": document["path"],
        "title": document["title"] or document["path"],
        "languages": document["languages"],
        "kept": sum(block["category"] is None for block in blocks),
        "stripped": Counter(block["category"] for block in blocks if block["category"]),
        "flags": sorted(flags),
        "warnings": document["warnings"],
    }


def _block_counter() -> Any:
    """A key for groupby: entries that continue a block stay with it."""
    number = 0

    def key(block: dict[str, Any]) -> int:
        nonlocal number
        number += not block.get("continues", False)
        return number

    return key


def _records(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("normalize.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(name: str, **values: Any) -> str:
    return _environment().get_template(name).render(**values)


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")

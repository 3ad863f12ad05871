"""Files that hold many records: JSON Lines, JSON arrays, tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from normalize.errors import PostingError
from normalize.formats.charset import decode
from normalize.formats.fields import record_list
from normalize.formats.media import suffix_of
from normalize.posting import Source

LINES = {".jsonl", ".ndjson"}
TABLES = {".csv": ",", ".tsv": "\t"}
RECORD = "application/json"


def split_records(source: Source) -> Iterator[Source]:
    """The records of a file that holds many, as sources `PATH#1`, `PATH#2` …; else the file itself.

    JSON Lines and tables by their suffix (`.jsonl`, `.ndjson`, `.csv`, `.tsv`; a row counts from 1
    behind the head); a JSON array, an object with a list of records under a key such as `jobs`,
    and JSON Lines in a `.json` file by their content. Every record is a JSON object of its own.
    What cannot be read comes back as it is, so that the pipeline can say why. Sources that are
    records already are not split again.
    """
    suffix = suffix_of(source.path)
    if "#" in source.path or suffix not in {*LINES, *TABLES, ".json"}:
        yield source
    elif suffix in LINES and b"\0" not in source.data[:4096]:
        yield from _lines(source)
    else:
        try:
            records = _records(decode(source.data).text, suffix)
        except (PostingError, ValueError, csv.Error, RecursionError):
            records = None
        if not records:
            yield source
            return
        for number, record in enumerate(records, start=1):
            # Escaped, so that halves of characters in it survive until they are dealt with.
            yield Source(f"{source.path}#{number}", json.dumps(record).encode(), RECORD)


def _lines(source: Source) -> Iterator[Source]:
    """The lines that are not blank, numbered as an editor does."""
    for number, line in enumerate(io.BytesIO(source.data), start=1):
        if line.strip():
            yield Source(f"{source.path}#{number}", line.rstrip(b"\r\n"), RECORD)


def _records(text: str, suffix: str) -> list[Any] | None:
    if suffix in TABLES:
        return _rows(text, TABLES[suffix])
    if suffix in LINES:
        return [json.loads(line, strict=False) for line in text.split("\n") if line.strip()]
    try:
        records = record_list(json.loads(text, strict=False))
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return [json.loads(line, strict=False) for line in text.split("\n") if line.strip()]
    return records if records is not None and len(records) > 1 else None


def _rows(text: str, delimiter: str) -> list[dict[str, str]] | None:
    """The rows of a table under its head; None if it has no two columns or no row fits the head."""
    head = text.partition("\n")[0]
    if delimiter == "," and head.count(";") > head.count(","):
        delimiter = ";"
    before = csv.field_size_limit(max(len(text), 131_072))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(before)
    names = [name.strip() for name in rows[0]] if rows else []
    if len(names) < 2 or not all(names) or len(set(names)) < len(names):
        return None
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if not all(len(row) <= len(names) for row in filled):
        return None
    return [dict(zip(names, row, strict=False)) for row in filled]

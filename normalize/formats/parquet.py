"""Records of postings as a Parquet file, for those who go on in pandas, DuckDB or Spark."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.errors import ConfigurationError

if TYPE_CHECKING:
    import pyarrow

# Rows written at a time: what is held in memory.
GROUP = 1000


def write_parquet(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Write records (see `normalize.formats.writers.record`), one a row.

    Columns are named as the keys of a record; `metadata` is JSON, as its keys differ from posting
    to posting, and `languages` a map.

    Returns:
        How many rows were written.

    Raises:
        ConfigurationError: pyarrow is not installed.
    """
    try:
        from pyarrow import RecordBatch
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise ConfigurationError(
            "output.formats: parquet needs pyarrow. Install it with: "
            "pip install 'posting-normalizer[parquet]'"
        ) from None
    schema = _schema()
    rows = 0
    with ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(map(_row, records)):
            writer.write_batch(RecordBatch.from_pylist(group, schema=schema))
            rows += len(group)
    return rows


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, GROUP)):
        yield group


def _row(record: dict[str, Any]) -> dict[str, Any]:
    metadata = json.dumps(record["metadata"], ensure_ascii=False, sort_keys=True)
    blocks = [{"continues": False, **block} for block in record["blocks"]]
    languages = list(record["languages"].items())
    return {**record, "metadata": metadata, "languages": languages, "blocks": blocks}


def _schema() -> pyarrow.Schema:
    import pyarrow as pa

    text = pa.string()
    translation = pa.struct({"origin": text, "model": text, "flags": pa.list_(text)})
    block = {
        "kind": text,
        "level": pa.int32(),
        "source": text,
        "text": text,
        "language": text,
        "score": pa.float64(),
        "label": text,
        "category": text,
        "rule": text,
        "translation": translation,
        "continues": pa.bool_(),
    }
    change = {"stage": text, "action": text, "count": pa.int64()}
    return pa.schema(
        {
            "id": text,
            "path": text,
            "status": text,
            "title": text,
            "language": text,
            "languages": pa.map_(text, pa.float64()),
            "metadata": text,
            "text": text,
            "blocks": pa.list_(pa.struct(block)),
            "changes": pa.list_(pa.struct(change)),
            "warnings": pa.list_(text),
            "signature": text,
        }
    )

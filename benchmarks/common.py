"""What several benchmarks share: lines of a parallel file, timing, tables."""

from __future__ import annotations

import lzma
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path


def corpus_lines(path: Path, column: int, limit: int) -> list[str]:
    """The first `limit` lines of one column (0 tag, 1 foreign, 2 English) of a `.tsv.xz` file."""
    lines = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if len(columns) > column:
                lines.append(columns[column])
            if len(lines) >= limit:
                break
    return lines


def seconds(function: Callable[[], object], repeat: int = 3) -> float:
    """The shortest of several runs."""
    best = float("inf")
    for _ in range(repeat):
        begun = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - begun)
    return best


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table, line by line."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"

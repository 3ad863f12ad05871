"""Passages that stand in many documents: counted in a file between runs, evidence in the next.

A count is kept a document, so that counting a document again changes nothing and the order of
documents does not matter. What a run takes as frequent is what the file held when the run began:
its output depends on the file and the settings alone, never on the number of jobs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from normalize.boilerplate.folding import words
from normalize.errors import ConfigurationError
from normalize.posting import Posting

MIN_WORDS = 4  # shorter passages recur by chance

_SCHEMA = """
CREATE TABLE IF NOT EXISTS passage (
    digest   BLOB NOT NULL,  -- of the folded words of a sentence
    document TEXT NOT NULL,  -- Source.id
    PRIMARY KEY (digest, document)
) WITHOUT ROWID
"""


def digest(folded: Iterable[str]) -> bytes:
    """What a passage is known by: 8 bytes over its folded words."""
    return blake2b(" ".join(folded).encode(), digest_size=8).digest()


def passages(posting: Posting) -> frozenset[bytes]:
    """The digests of the sentences of a segmented posting that are long enough to count."""
    found = set()
    for segment in posting.segments:
        for start, end in segment.sentences or ((segment.start, segment.end),):
            folded = words(posting.body[start:end])
            if len(folded) >= MIN_WORDS:
                found.add(digest(folded))
    return frozenset(found)


def record(path: Path, counted: Mapping[str, frozenset[bytes]]) -> None:
    """Store the passages of documents, by document id, in the file at `path`."""
    rows = [(item, name) for name in sorted(counted) for item in sorted(counted[name])]
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_SCHEMA)
        connection.executemany("INSERT OR IGNORE INTO passage VALUES (?, ?)", rows)


def frequent(path: Path, min_documents: int) -> frozenset[bytes]:
    """The digests of passages that stand in at least so many documents; empty without a file.

    Raises:
        ConfigurationError: the file is no such store.
    """
    if not path.is_file():
        return frozenset()
    query = "SELECT digest FROM passage GROUP BY digest HAVING COUNT(*) >= ?"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return frozenset(row[0] for row in connection.execute(query, (min_documents,)))
    except sqlite3.Error as error:
        raise ConfigurationError(
            f"strip.repeated.file: {path} holds no counted passages ({error})."
            " Count some with: normalize rules count FOLDER"
        ) from None

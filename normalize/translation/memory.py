"""The translation memory: what was translated once is not decoded again.

One SQLite file in WAL mode, safe under several processes. An entry is keyed by the sentence, its
language, the model's digest and everything about decoding that changes output. Entries imported
from TMX are by people: they win over the model and are marked `memory:human`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from normalize.errors import NormalizeError

SCHEMA = """
create table if not exists entries (
    key text primary key,        -- digest of language, sentence, model, options
    language text not null,      -- of the source
    source text not null,
    target text not null,
    flags text not null,         -- slugs, space between
    model text not null          -- digest of model and options; '' for people's entries
) without rowid;
create index if not exists entries_by_model on entries (model);
"""
HUMAN = ""
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Entry(NamedTuple):
    """A remembered translation."""

    target: str
    flags: tuple[str, ...]
    human: bool


class Memory:
    """Remembered translations. A file that cannot be used makes an empty memory that forgets."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.fault: str | None = None
        self._connection: sqlite3.Connection | None = None
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
                self._connection.execute("pragma journal_mode = wal")
                self._connection.execute("pragma synchronous = normal")
                self._connection.executescript(SCHEMA)
            except (sqlite3.Error, OSError) as error:
                self.fault = f"translation memory {path} cannot be used: {error}"
                self._connection = None

    def find(self, language: str, model: str, sentences: Iterable[str]) -> dict[str, Entry]:
        """Remembered translations of sentences, people's before the model's."""
        if self._connection is None:
            return {}
        wanted = {}
        for sentence in sentences:
            wanted[key_of(language, HUMAN, sentence)] = sentence
            wanted[key_of(language, model, sentence)] = sentence
        found: dict[str, Entry] = {}
        keys = list(wanted)
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            query = f"select key, target, flags, model from entries where key in ({marks})"  # noqa: S608
            for key, target, flags, owner in self._rows(query, some):
                human = owner == HUMAN
                sentence = wanted[key]
                if human or sentence not in found:
                    found[sentence] = Entry(target, tuple(flags.split()), human)
        return found

    def add(self, language: str, model: str, entries: Mapping[str, Entry]) -> None:
        """Remember translations; a full disk or a locked file only means they are made again."""
        if self._connection is None or not entries:
            return
        rows = [
            (key_of(language, model, s), language, s, e.target, " ".join(e.flags), model)
            for s, e in entries.items()
        ]
        try:
            with self._transaction() as connection:
                connection.executemany("insert or replace into entries values (?,?,?,?,?,?)", rows)
        except sqlite3.Error as error:
            self.fault = f"translation memory {self.path} cannot be written: {error}"

    def stats(self) -> dict[str, int]:
        """Entries by language, those by people, and the size of the file in bytes."""
        counts = dict(
            self._rows("select language, count(*) from entries group by language order by 1")
        )
        human = next(iter(self._rows("select count(*) from entries where model = ''")), (0,))[0]
        size = self.path.stat().st_size if self.path and self.path.exists() else 0
        return {**counts, "human": human, "bytes": size}

    def export(self, path: Path) -> int:
        """Write all entries as TMX 1.4; returns how many."""
        root = ElementTree.Element("tmx", version="1.4")
        header = {
            "creationtool": "posting-normalizer",
            "creationtoolversion": "1",
            "segtype": "sentence",
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "plaintext",
            "o-tmf": "sqlite",
        }
        ElementTree.SubElement(root, "header", header)
        body = ElementTree.SubElement(root, "body")
        count = 0
        for language, source, target in self._rows(
            "select language, source, target from entries order by language, source, model desc"
        ):
            unit = ElementTree.SubElement(body, "tu")
            for code, words in ((language, source), ("en", target)):
                variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": code})
                ElementTree.SubElement(variant, "seg").text = words
            count += 1
        ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
        return count

    def import_tmx(self, path: Path) -> int:
        """Take in a TMX file as people's entries; returns how many.

        Raises:
            NormalizeError: it is no TMX.
        """
        try:
            # Python's expat refuses entity bombs from 2.4.1 on and never loads external entities.
            units = list(ElementTree.parse(path).iter("tu"))  # noqa: S314
        except (ElementTree.ParseError, OSError) as error:
            raise NormalizeError(f"{path} is no TMX file: {error}") from None
        count = 0
        for unit in units:
            segments = {}
            for variant in unit.iter("tuv"):
                code = (variant.get(LANGUAGE) or variant.get("lang") or "").lower()[:2]
                words = variant.find("seg")
                if words is not None:
                    segments[code] = "".join(words.itertext())
            english = segments.pop("en", None)
            for language, source in segments.items():
                if english:
                    self.add(language, HUMAN, {source: Entry(english, (), True)})
                    count += 1
        return count

    def clear(self) -> None:
        """Forget everything the model made; people's entries stay."""
        if self._connection is not None:
            with self._transaction() as connection:
                connection.execute("delete from entries where model <> ''")

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, query: str, values: Iterable[str] = ()) -> Iterator[tuple[Any, ...]]:
        if self._connection is None:
            return iter(())
        try:
            return iter(self._connection.execute(query, list(values)).fetchall())
        except sqlite3.Error as error:
            self.fault = f"translation memory {self.path} cannot be read: {error}"
            return iter(())

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        assert self._connection is not None
        self._connection.execute("begin immediate")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")


def key_of(language: str, model: str, sentence: str) -> str:
    """What an entry is found by."""
    return hashlib.sha256(
        "\0".join((language, model, sentence)).encode("utf-8", "replace")
    ).hexdigest()

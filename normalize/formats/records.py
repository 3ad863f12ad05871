"""JSON records: which fields are text, and files that hold many records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normalize.errors import PostingError
from normalize.posting import Source

# A text field that nobody named is still taken for text from this length on: a short string is a
# code, a date or a place and goes to the metadata.
LONG_TEXT = 200
# Keys under which files keep their list of records.
LISTS = ("jobs", "postings", "items", "results", "records", "data", "hits", "documents")


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON record taken apart: title, texts in order, and everything else."""

    title: str | None
    texts: tuple[str, ...]
    metadata: dict[str, Any] = field(default_factory=dict)


def read_record(value: Any, fields: Sequence[str]) -> Record:
    """Take a record apart.

    Args:
        value: what the JSON held: an object, or a string that is the text itself.
        fields: names of text fields in the order they are wanted; case and marks between
            letters do not count, and `title` also means `jobTitle` or `PositionTitle`.

    Raises:
        PostingError: `no_text_field` (the detail names the keys there are), `many_records`.
    """
    if isinstance(value, str):
        return Record(None, (value,))
    if isinstance(value, list):
        if len(value) != 1:
            raise PostingError("many_records", f"{len(value)} records in one; give them one by one")
        return read_record(value[0], fields)
    if not isinstance(value, Mapping):
        raise PostingError("no_text_field", f"JSON holds {type(value).__name__}, no record")
    leaves = list(_leaves(value))
    title, texts, metadata = None, {}, {}
    for place, (path, text) in enumerate(leaves):
        rank = _rank(path[-1], fields) if isinstance(text, str) and text.strip() else None
        if rank is not None and _is_title(path[-1]) and title is None and len(text) <= LONG_TEXT:
            title = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        elif rank is not None or (isinstance(text, str) and _is_long(text)):
            texts[(len(fields) if rank is None else rank, place)] = text
        elif text not in (None, "", [], {}):
            metadata[".".join(path)] = text
    if not texts and title is None:
        keys = ", ".join(sorted({path[-1] for path, _ in leaves})[:12]) or "none"
        raise PostingError("no_text_field", f"keys: {keys}; see input.text_fields")
    return Record(title, tuple(texts[key] for key in sorted(texts)), metadata)


def _leaves(
    value: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every scalar of a record with its path; lists of strings count as text, one a line."""
    stack: list[tuple[tuple[str, ...], Any]] = [(path, value)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Mapping):
            stack += reversed([((*path, str(key)), inner) for key, inner in value.items()])
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            yield path, "\n".join(f"- {item}" for item in value)
        elif isinstance(value, list):
            stack += reversed([((*path, str(i)), inner) for i, inner in enumerate(value)])
        else:
            yield path, value


def _letters(name: str) -> str:
    return re.sub(r"[^a-zæøåäöüß]", "", name.lower())


def _is_title(name: str) -> bool:
    return _letters(name).endswith("title")


def _rank(name: str, fields: Sequence[str]) -> int | None:
    letters = _letters(name)
    for place, wanted in enumerate(fields):
        if letters == _letters(wanted) or (_letters(wanted) == "title" and _is_title(name)):
            return place
    return None


def _is_long(text: str) -> bool:
    return (len(text) >= LONG_TEXT and " " in text.strip()) or bool(
        re.search(r"(?i)<(?:p|li|br|div)\b", text)
    )


def parse_json(text: str) -> Any:
    """Parse JSON.

    Raises:
        PostingError: `truncated` if it ends too early, `malformed` if it is broken elsewhere.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise PostingError("malformed", "JSON nested too deep") from None
    except json.JSONDecodeError as error:
        rest = text[error.pos :].strip()
        unterminated = error.msg.startswith("Unterminated string")
        reason = "truncated" if not rest or unterminated else "malformed"
        raise PostingError(reason, f"JSON: {error.msg} at character {error.pos}") from None


def split_records(source: Source) -> Iterator[Source]:
    """The records of a file that holds many, as sources `PATH#1`, `PATH#2` …; else the file itself.

    JSON Lines by suffix (`.jsonl`, `.ndjson`), a JSON array, or an object whose only list of
    records stands under a key such as `jobs`. What cannot be read comes back as it is, so that
    the pipeline can say why.
    """
    name = source.path.lower()
    if name.endswith((".jsonl", ".ndjson")):
        for number, line in enumerate(source.data.split(b"\n"), start=1):
            if line.strip():
                yield Source(f"{source.path}#{number}", line, "application/json")
        return
    if name.endswith(".json"):
        try:
            value = json.loads(source.data)
        except (ValueError, RecursionError):
            yield source
            return
        records = _record_list(value)
        if records is not None:
            for number, record in enumerate(records, start=1):
                data = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
                yield Source(f"{source.path}#{number}", data, "application/json")
            return
    yield source


def _record_list(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value if len(value) > 1 else None
    if isinstance(value, Mapping):
        for key in LISTS:
            inner = value.get(key)
            if isinstance(inner, list) and inner and all(isinstance(i, Mapping) for i in inner):
                return inner
    return None

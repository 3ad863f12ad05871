"""JSON records: which of their fields are text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normalize.errors import PostingError

# A text field that nobody named is still taken for text from this length on: a short string is a
# code, a date or a place and goes to the metadata.
LONG_TEXT = 200
# Keys under which files keep their list of records.
LISTS = (
    *("jobs", "job", "postings", "items", "results", "records", "data", "hits", "documents"),
    *("vacancies", "positions", "offers", "stillinger", "stellen", "rows", "entries"),
)
TITLES = ("title", "titel", "headline", "overskrift")
TITLE_NAMES = re.compile(
    r"^(?:job|position|posting|vacancy|stilling|stellen|stillings)s?tit(?:le|el)$"
)
# Of names this long a part is enough (`jobDescription`), if the rest does not say otherwise.
MIN_PART = 7
NO_TEXT = re.compile(r"(?:type|id|url|uri|link|date|language|lang|length|count|format|meta)s?$")
MAX_KEYS = 12
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON record taken apart: title, texts in order, and everything else."""

    title: str | None
    texts: tuple[str, ...]
    metadata: dict[str, Any] = field(default_factory=dict)


def parse_json(text: str) -> Any:
    """Parse JSON; line breaks inside strings are forgiven.

    Nothing of a truncated record is used: what is missing at its end (the deadline, the contact)
    would be missed by nobody.

    Raises:
        PostingError: `truncated` if it ends too early, `many_records` if it is JSON Lines,
            `malformed` if it is broken otherwise.
    """
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise PostingError("malformed", "JSON nested too deep") from None
    except json.JSONDecodeError as error:
        rest = text[error.pos :].strip()
        if error.msg == "Extra data" and rest[:1] in {"{", "["}:
            raise PostingError("many_records", "JSON Lines; give the lines one by one") from None
        unterminated = error.msg.startswith("Unterminated string")
        reason = "truncated" if not rest or unterminated else "malformed"
        raise PostingError(reason, f"JSON: {error.msg} at character {error.pos}") from None
    except ValueError as error:  # a number of more digits than Python converts
        raise PostingError("malformed", f"JSON: {error}") from None
    return value


def read_record(value: Any, fields: Sequence[str]) -> Record:
    """Take a record apart.

    Args:
        value: what the JSON held: an object, or a string that is the text itself.
        fields: names of text fields in the order they are wanted; case and marks between
            letters do not count, and `title` also means `jobTitle` or `position_title`.

    Raises:
        PostingError: `no_text_field` (the detail names the keys there are), `many_records`.

    >>> read_record({"Job-Title": "Postdoc", "BODY": "We hire.", "id": 7}, ["title", "body"])
    Record(title='Postdoc', texts=('We hire.',), metadata={'id': 7})
    """
    if isinstance(value, str):
        return Record(None, (_characters(value),))
    records = record_list(value)
    if records is not None and len(records) == 1:
        return read_record(records[0], fields)
    if records:
        raise PostingError("many_records", f"{len(records)} records in one; give them one by one")
    if not isinstance(value, Mapping):
        held = "an empty list" if value == [] else json.dumps(value)[:40]
        raise PostingError("no_text_field", f"JSON holds {held}, no record")
    leaves = list(_leaves(value))
    named = min(
        (
            (_title_rank(path), place)
            for place, (path, text) in enumerate(leaves)
            if isinstance(text, str) and 0 < len(text.strip()) <= LONG_TEXT and _title_rank(path)
        ),
        default=(0, -1),
    )[1]
    texts: dict[tuple[int, int], str] = {}
    metadata: dict[str, Any] = {}
    for place, (path, text) in enumerate(leaves):
        words = text if isinstance(text, str) and text.strip() else None
        rank = _rank(path[-1], fields)
        if place == named:
            continue
        if words and (rank is not None or _is_long(words)):
            texts[(len(fields) if rank is None else rank, place)] = words
        elif text not in (None, "", [], {}):
            metadata[".".join(path)] = text
    title = " ".join(re.sub(r"<[^>]*>", " ", leaves[named][1]).split()) if named >= 0 else None
    if not texts and not title:
        keys = sorted({path[-1] for path, _ in leaves} | set(map(str, value)))
        shown = ", ".join(keys[:MAX_KEYS]) or "none"
        raise PostingError("no_text_field", f"keys: {shown}; see input.text_fields")
    return Record(title, tuple(_distinct([texts[key] for key in sorted(texts)])), metadata)


def record_list(value: Any) -> list[Any] | None:
    """The records of a value that holds a list of them; None if it is one record itself.

    >>> record_list({"count": 2, "jobs": [{"id": 1}, {"id": 2}]})
    [{'id': 1}, {'id': 2}]
    """
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping):
        for key, inner in value.items():
            listed = _letters(key) in LISTS and isinstance(inner, list) and len(inner) > 0
            if listed and all(isinstance(item, Mapping) for item in inner):
                return list(inner)
    return None


def _leaves(value: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every scalar of a record with its path; lists of strings count as text, one a line."""
    stack: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Mapping):
            stack += reversed([((*path, str(key)), inner) for key, inner in value.items()])
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            yield path, _characters("\n".join(f"- {item}" for item in value))
        elif isinstance(value, list):
            stack += reversed([((*path, str(i)), inner) for i, inner in enumerate(value)])
        else:
            yield path, _characters(value) if isinstance(value, str) else value


def _characters(text: str) -> str:
    r"""Text in which halves of characters (`"\ud83d"` alone) are U+FFFD."""
    return SURROGATE.sub("\ufffd", text)


def _letters(name: str) -> str:
    return re.sub(r"[\W\d_]", "", name.lower())


def _title_rank(path: tuple[str, ...]) -> int:
    """1 for the name of a title, 2 for one like it, plus its depth; 0 for other names."""
    name = _letters(path[-1])
    rank = 1 if name in TITLES else 2 if TITLE_NAMES.match(name) else 0
    return rank + 2 * len(path) if rank else 0


def _rank(name: str, fields: Sequence[str]) -> int | None:
    """The place of a name among the wanted ones; of `jobDescription` that of `description`."""
    letters = _letters(name)
    for place, wanted in enumerate(map(_letters, fields)):
        like = letters.startswith(wanted) or letters.endswith(wanted)
        if letters == wanted or (like and len(wanted) >= MIN_PART and not NO_TEXT.search(letters)):
            return place
    return None


def _is_long(text: str) -> bool:
    return (len(text) >= LONG_TEXT and " " in text.strip()) or bool(
        re.search(r"(?i)<(?:p|li|br|div)\b", text)
    )


def _distinct(texts: list[str]) -> list[str]:
    """The texts without those that another one holds: many records give HTML and plain text."""
    bare = [re.sub(r"\W+|_", "", re.sub(r"<[^<>]*>|&#?\w+;", "", text)).lower() for text in texts]
    return [
        text
        for place, text in enumerate(texts)
        if not any(
            bare[place] in other and (len(other) > len(bare[place]) or before < place)
            for before, other in enumerate(bare)
            if before != place
        )
    ]

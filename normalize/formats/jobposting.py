"""`schema.org/JobPosting` in a page's JSON-LD: what many pages say about their posting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

FIELDS = ("title", "datePosted", "validThrough", "employmentType", "identifier", "url")
# Scripts wrap their JSON in comments and CDATA marks, for parsers of the last century.
WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
MAX_OBJECTS = 5000


def find_job_posting(scripts: Sequence[str]) -> Mapping[str, Any] | None:
    """The JobPosting among JSON-LD blocks; None where there is none, or a list of several."""
    found: list[Mapping[str, Any]] = []
    for script in scripts:
        try:
            value = json.loads(WRAPPING.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue
        for candidate in _objects(value):
            kinds = candidate.get("@type")
            if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
                found.append(candidate)
    same = {str(candidate.get("title")) for candidate in found}
    return found[0] if len(same) == 1 else None


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a value, from the outside in."""
    stack, seen = [value], 0
    while stack and seen < MAX_OBJECTS:
        value = stack.pop()
        seen += 1
        if isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, Mapping):
            yield value
            stack += [inner for inner in value.values() if isinstance(inner, (list, dict))]


def job_metadata(job: Mapping[str, Any]) -> dict[str, Any]:
    """Plain metadata of a JobPosting: fields of one value, the organisation and the place."""
    found: dict[str, Any] = {}
    for name in FIELDS:
        if value := _words(job.get(name)):
            found[name] = value
    if employer := _words(job.get("hiringOrganization")):
        found["organization"] = employer
    if place := _place(job.get("jobLocation")):
        found["location"] = place
    return found


def _words(value: Any) -> str:
    """A value as text: of an object its name or value, of a list all of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:20])))
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("value")
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return " ".join(re.sub(r"<[^<>]*>", " ", str(value)).split())
    return ""


def _place(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_place, value[:20])))
    if isinstance(value, Mapping):
        address = value.get("address", value)
        if isinstance(address, Mapping):
            names = ("streetAddress", "postalCode", "addressLocality", "addressRegion")
            parts = [_words(address.get(name)) for name in (*names, "addressCountry")]
            return ", ".join(filter(None, parts))
        return _words(address)
    return _words(value)

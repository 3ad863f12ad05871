"""`schema.org/JobPosting` in a page's JSON-LD: what many pages say about their posting."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

FIELDS = ("title", "datePosted", "validThrough", "employmentType", "identifier", "url")


def find_job_posting(scripts: Sequence[str]) -> Mapping[str, Any] | None:
    """The first JobPosting among JSON-LD blocks; None where there is none or it is broken."""
    for script in scripts:
        try:
            value = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for candidate in _objects(value):
            kinds = candidate.get("@type")
            if kinds == "JobPosting" or (isinstance(kinds, list) and "JobPosting" in kinds):
                return candidate
    return None


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
    elif isinstance(value, Mapping):
        yield value
        yield from _objects(value.get("@graph"))


def job_metadata(job: Mapping[str, Any]) -> dict[str, Any]:
    """Plain metadata of a JobPosting: fields of one value, the organisation and the place."""
    found: dict[str, Any] = {}
    for name in FIELDS:
        value = job.get(name)
        if isinstance(value, Mapping):
            value = value.get("value") or value.get("name")
        if isinstance(value, (str, int)) and str(value).strip():
            found[name] = str(value).strip()
    organisation = job.get("hiringOrganization")
    employer: Any = organisation.get("name") if isinstance(organisation, Mapping) else organisation
    if isinstance(employer, str) and employer.strip():
        found["organization"] = employer.strip()
    if place := _place(job.get("jobLocation")):
        found["location"] = place
    return found


def _place(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_place, value)))
    if isinstance(value, Mapping):
        address = value.get("address", value)
        if isinstance(address, Mapping):
            names = ("streetAddress", "postalCode", "addressLocality", "addressRegion")
            return ", ".join(str(address[n]).strip() for n in names if address.get(n))
        return str(address)
    return str(value or "")

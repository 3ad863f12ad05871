"""Front matter: the YAML or TOML head of Jekyll, Hugo and their kin."""

from __future__ import annotations

import re
import tomllib
from typing import Any

FENCED = re.compile(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
PLUSED = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.S)
# A head larger than this is none.
MAX_HEAD = 20_000
# Names that stand for other values can make a small head enormous; such heads are read by line.
ALIAS = re.compile(r"(?m)(?:^|[\s:\[{,-])[*&]\w")
PAIR = re.compile(r"^([A-Za-z_][\w .-]{0,40}):(?:[ \t]+(.*))?$")
MAX_DEPTH = 5
MAX_ITEMS = 200


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The metadata of the head and the text after it; ({}, text) where there is no head.

    Dates and other values become text, so that records are plain JSON. YAML that is broken (an
    unquoted colon in a title) is read line by line.

    >>> split_front_matter("---\\ntitle: PhD: Physics\\ndraft: false\\n---\\nWe hire.")
    ({'title': 'PhD: Physics', 'draft': 'false'}, 'We hire.')
    """
    start = text[:MAX_HEAD]
    if found := FENCED.match(start):
        head = _yaml(found[1])
    elif found := PLUSED.match(start):
        head = _toml(found[1])
    else:
        return {}, text
    if head is None:
        return {}, text
    return {str(key): as_json(value) for key, value in head.items()}, text[found.end() :]


def _yaml(head: str) -> dict[Any, Any] | None:
    import yaml

    if ":" not in head:
        return None
    if ALIAS.search(head):
        return _by_line(head)
    try:
        value = yaml.load(head, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _by_line(head)
    return value if isinstance(value, dict) else None


def _toml(head: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _by_line(head: str) -> dict[Any, Any] | None:
    """Keys and values of a head whose every line is a pair, or belongs to the one before."""
    pairs: dict[Any, Any] = {}
    for line in head.splitlines():
        if found := PAIR.match(line):
            pairs[found[1]] = (found[2] or "").strip().strip("\"'")
        elif line.strip() and not re.match(r"[ \t]|- |#", line):
            return None
        elif pairs and line.strip() and not line.startswith("#"):
            last = next(reversed(pairs))
            pairs[last] = f"{pairs[last]} {line.strip()}".strip()
    return pairs or None


def as_json(value: Any, depth: int = 0) -> Any:
    """A value as plain JSON: nothing deeper than five levels or longer than 200 items."""
    if isinstance(value, (bool, int, str)) or value is None:
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, (dict, list, tuple)) and depth >= MAX_DEPTH:
        return "…"
    if isinstance(value, dict):
        items = list(value.items())[:MAX_ITEMS]
        return {str(key): as_json(inner, depth + 1) for key, inner in items}
    if isinstance(value, (list, tuple)):
        return [as_json(inner, depth + 1) for inner in value[:MAX_ITEMS]]
    return str(value)

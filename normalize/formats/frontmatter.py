"""Front matter: the YAML head of Jekyll, Hugo and their kin."""

from __future__ import annotations

import re
from typing import Any

FENCED = re.compile(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
# A head larger than this is none.
MAX_HEAD = 20_000


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The metadata of the head and the text after it; ({}, text) where there is no head.

    Dates and other values become text, so that records are plain JSON.

    >>> split_front_matter("---\\ntitle: Postdoc\\n---\\nWe hire.")
    ({'title': 'Postdoc'}, 'We hire.')
    """
    found = FENCED.match(text[:MAX_HEAD])
    if not found or ":" not in found[1]:
        return {}, text
    import yaml

    try:
        head = yaml.load(found[1], Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(head, dict):
        return {}, text
    return {str(key): plain(value) for key, value in head.items()}, text[found.end() :]


def plain(value: Any, depth: int = 0) -> Any:
    """A value as plain JSON, nothing deeper than five levels."""
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    if isinstance(value, dict) and depth < 5:
        return {str(key): plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple)) and depth < 5:
        return [plain(inner, depth + 1) for inner in value]
    return str(value)

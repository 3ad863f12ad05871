"""Bytes to characters; what is no text is rejected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.config import Settings
from normalize.errors import PostingError
from normalize.formats.charset import decode
from normalize.pipeline import Outcome, each
from normalize.posting import Change, Posting


class Decode:
    """Find the charset and decode."""

    name = "decode"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.max_bytes = settings.input.max_bytes

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set `raw` of each posting, and note the charset and what did not fit it."""
        return each(self.name, self._decode, batch)

    def _decode(self, posting: Posting) -> Posting:
        data = posting.source.data
        if len(data) > self.max_bytes:
            raise PostingError(
                "too_large", f"{len(data)} bytes; input.max_bytes is {self.max_bytes}"
            )
        found = decode(data)
        changes = [Change(self.name, f"charset:{found.charset}", detail=found.known)]
        warnings = list(posting.warnings)
        if found.strays:
            changes.append(Change(self.name, "stray_bytes", found.strays, "read as cp1252"))
        if found.cut:
            changes.append(Change(self.name, "cut_character", detail="at the end of the file"))
            warnings.append("cut_character: the file ends inside a character")
        return replace(
            posting,
            raw=found.text,
            changes=(*posting.changes, *changes),
            warnings=tuple(warnings),
        )

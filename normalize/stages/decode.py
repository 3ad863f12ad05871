"""Bytes to characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.config import Settings
from normalize.errors import PostingError
from normalize.pipeline import Outcome, each
from normalize.posting import Change, Posting


class Decode:
    """Find the charset and decode."""

    name = "decode"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.input

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Decode each posting's bytes."""
        return each(self.name, self._decode, batch)

    def _decode(self, posting: Posting) -> Posting:
        data = posting.source.data
        if not data.strip():
            raise PostingError("empty", "no bytes but white space")
        if b"\0" in data[:4096]:
            raise PostingError("binary", "zero bytes")
        try:
            text, charset = data.decode("utf-8-sig"), "utf-8"
        except UnicodeDecodeError:
            text, charset = data.decode("cp1252", "replace"), "cp1252"
        change = Change(self.name, f"charset:{charset}")
        return replace(posting, raw=text, changes=(*posting.changes, change))

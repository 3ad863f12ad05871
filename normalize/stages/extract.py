"""What a format says to parts of text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from normalize.config import Settings
from normalize.pipeline import Outcome, each
from normalize.posting import Part, Posting


class Extract:
    """Read the format of each posting."""

    name = "extract"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.input

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Give each posting its parts, title and metadata."""
        return each(self.name, self._extract, batch)

    def _extract(self, posting: Posting) -> Posting:
        text = posting.raw
        if posting.source.path.endswith(".json"):
            record: dict[str, Any] = json.loads(text)
            text = "\n\n".join(str(record[k]) for k in self.settings.text_fields if record.get(k))
        if re.search(r"<(?:p|div|br|li|h\d|body)\b", text, re.I):
            text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>", "", text)
            text = re.sub(r"(?i)</?(?:p|div|br|li|h\d|tr|ul|ol|section|td)\b[^>]*>", "\n", text)
            text = html.unescape(re.sub(r"(?s)<[^>]+>", "", text))
        return replace(posting, parts=(Part(text),))

"""Make each part's text whole; the document as a whole is the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.config import Settings
from normalize.pipeline import Outcome, each
from normalize.posting import Posting
from normalize.repair import repair, warnings_of


class Repair:
    """Repair the text of every part."""

    name = "repair"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.repair

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Repair each posting's parts and title, and record the changes."""
        return each(self.name, self._repair, batch)

    def _repair(self, posting: Posting) -> Posting:
        context = "\n".join(part.text for part in posting.parts)
        parts, changes, warnings = [], list(posting.changes), list(posting.warnings)
        for number, part in enumerate(posting.parts):
            repaired = repair(part.text, self.settings, context, running=part.kind is None)
            parts.append(replace(part, text=repaired.text))
            changes += [replace(change, part=number) for change in repaired.changes]
        warnings += warnings_of("\n".join(part.text for part in parts))
        title = posting.title
        if title:
            title = " ".join(repair(title, self.settings, context, running=False).text.split())
        return replace(
            posting,
            parts=tuple(parts),
            title=title,
            changes=tuple(changes),
            warnings=tuple(warnings),
        )

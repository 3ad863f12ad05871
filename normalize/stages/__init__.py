"""The stages in order: reading this file is reading the pipeline.

decode     bytes to characters; binary and empty sources are rejected
extract    HTML, Markdown, records and plain text to parts
repair     mojibake, entities, lost letters, layout: each part's text made whole
segment    parts to one fixed text with blocks and sentences as spans
detect     the language of every block, or None
strip      boilerplate labelled with its category and the rule that saw it
translate  what is kept and not English, to English
strip_english  what only its English shows to be boilerplate
emit       the clean English text, and warnings
"""

from __future__ import annotations

from normalize.config import Settings
from normalize.pipeline import Stage
from normalize.stages.decode import Decode
from normalize.stages.detect import Detect
from normalize.stages.emit import Emit
from normalize.stages.extract import Extract
from normalize.stages.repair import Repair
from normalize.stages.segment import Segment
from normalize.stages.strip import Strip, StripEnglish
from normalize.stages.translate import Translate


def build_stages(settings: Settings) -> list[Stage]:
    """All stages, cheap to construct: models and word lists load on first use.

    With `translate.enabled = false` the translate stage is left out.
    """
    stages: list[Stage] = [
        Decode(settings),
        Extract(settings),
        Repair(settings),
        Segment(settings),
        Detect(settings),
        Strip(settings),
    ]
    if settings.translate.enabled:
        stages += [Translate(settings), StripEnglish(settings)]
    return [*stages, Emit(settings)]

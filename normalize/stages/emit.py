"""The clean English text, its title, and what a person should know about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.config import Settings
from normalize.formats.writers import as_text, english_of, plain
from normalize.pipeline import Outcome, each
from normalize.posting import Posting

ENGLISH = "en"
# A passage in a language that was not recognised.
UNKNOWN = "und"
# Below this score the language of a block is a guess; of names and codes it is so by nature. Of 849
# labelled blocks of four words or more two were below it.
SURE = 0.8
MIN_WORDS = 4


class Emit:
    """Put the result together."""

    name = "emit"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.ascii = settings.output.ascii

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set English text, title and warnings of each posting."""
        return each(self.name, self._emit, batch)

    def _emit(self, posting: Posting) -> Posting:
        known = {warning.partition(":")[0] for warning in posting.warnings}
        new = [w for w in warnings_of(posting) if w.partition(":")[0] not in known]
        return replace(
            posting,
            text=as_text(posting, self.ascii),
            title=english_title(posting),
            warnings=(*posting.warnings, *new),
        )


def english_title(posting: Posting) -> str | None:
    """The title in English: as the block that shows it was translated."""
    if posting.title is None:
        return None
    title = " ".join(plain(posting.title).split())
    for segment in posting.segments:
        if " ".join(plain(posting.words_of(segment)).split()) == title:
            return " ".join(plain(english_of(posting, segment)).split())
    return title


def warnings_of(posting: Posting) -> Iterator[str]:
    """What a person should look at, as `slug: detail`."""
    kept = [segment for segment in posting.segments if segment.category is None]
    if not kept:
        yield f"nothing_kept: all {len(posting.segments)} blocks were stripped"
    foreign = Counter(
        segment.language
        for segment in kept
        if segment.language not in {None, ENGLISH}
        and (segment.translation is None or segment.translation.origin == "none")
    )
    if foreign:
        shares = ", ".join(f"{count} in {name}" for name, count in sorted(foreign.items()))
        yield f"untranslated: {shares}"
    unsure = sum(
        segment.language not in {None, UNKNOWN}
        and segment.score < SURE
        and len(posting.words_of(segment).split()) >= MIN_WORDS
        for segment in kept
    )
    if unsure:
        yield f"uncertain_language: {unsure} block{'s' if unsure > 1 else ''}"

"""Corpus to token arrays: pairs read, held-back pairs set aside, noise added, pieces counted.

    python -m training.corpus --corpus corpus --work training/work

Writes `WORK/pairs.{da,de}.npz`: `source`, `target` (uint16 pieces, end to end), `source_ends`,
`target_ends` (int64) and `weight` (float32, one a pair); and `WORK/held_back.{da,de}.tsv`.
"""

from __future__ import annotations

import argparse
import hashlib
import lzma
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sentencepiece

LANGUAGES = ("da", "de")
# Longer than this and a pair is dropped: positions are encoded up to 512, and few lines are longer.
MAX_PIECES = 160


class Pair(NamedTuple):
    """One line of the corpus."""

    tag: str
    foreign: str
    english: str


def recipe(path: Path | None = None) -> dict:
    """The settings of `recipe.toml`."""
    return tomllib.loads((path or Path(__file__).with_name("recipe.toml")).read_text("utf-8"))


def read_pairs(corpus: Path, language: str, leave_out: str = "") -> Iterator[Pair]:
    """All pairs of a language, general files first, then `authored/`.

    Files with one of the comma-separated `leave_out` in their name are passed over.
    """
    for path in sorted(corpus.glob(f"{language}-en.*.tsv.xz")):
        if any(part in path.name for part in leave_out.split(",") if part):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                columns = line.rstrip("\n").split("\t")
                if len(columns) == 3:
                    yield Pair(*columns)
    for path in sorted((corpus / "authored").glob(f"{language}-en.*.tsv")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                columns = line.rstrip("\n").split("\t")
                if len(columns) >= 2:
                    yield Pair("authored", *columns[-2:])


def is_held_back(pair: Pair, share: float) -> bool:
    """Whether a hand-written pair is kept for evaluation; the same answer in every run."""
    digest = hashlib.sha256(pair.foreign.encode()).digest()
    return pair.tag == "authored" and int.from_bytes(digest[:4], "big") < share * 2**32


# ── noise: scraped text is not clean, so neither is a tenth of what the model sees ──


def noisy(pair: Pair, chance: random.Random) -> Pair:
    """A pair changed the way scraping changes text, on both sides alike."""
    tag, foreign, english = pair
    roll = chance.random()
    if roll < 0.025:
        return Pair(tag, foreign.upper(), english.upper())
    if roll < 0.04:
        return Pair(tag, foreign.upper(), english)
    if roll < 0.055:
        return Pair(tag, foreign.lower(), english.lower())
    if roll < 0.085:
        return Pair(tag, foreign.rstrip(".!"), english.rstrip(".!"))
    if roll < 0.1:
        extra = _copied(chance)
        return Pair(tag, f"{foreign} {extra}", f"{english} {extra}")
    if roll < 0.11:
        extra = _copied(chance)
        return Pair(tag, f"{extra} {foreign}", f"{extra} {english}")
    if roll < 0.12 and len(foreign) < 60:
        mark = chance.choice(["- ", "• ", "* ", "1. ", "2) "])
        return Pair(tag, mark + foreign, mark + english)
    if roll < 0.13 and len(foreign) < 60:
        return Pair(tag, foreign.rstrip(".:") + ":", english.rstrip(".:") + ":")
    return pair


def _copied(chance: random.Random) -> str:
    """Something that must come out as it went in: an address, a number, a code."""
    name = "".join(chance.choices("abcdefghiklmnoprstuvy", k=chance.randint(3, 8)))
    host = "".join(chance.choices("abcdefghiklmnoprstuvy", k=chance.randint(3, 9)))
    end = chance.choice(["dk", "de", "com", "org", "eu"])
    number = chance.randint(10, 99999)
    return chance.choice(
        [
            f"{name}@{host}.{end}",
            f"{name}.{host}@{host}.{end}",
            f"https://www.{host}.{end}/{name}",
            f"www.{host}.{end}",
            f"({number})",
            f"+{chance.choice((45, 49))} {chance.randint(10, 99)} {number}",
            f"{number}/{chance.randint(2018, 2030)}",
            f"{chance.randint(1, 31)}.{chance.randint(1, 12)}.{chance.randint(2018, 2030)}",
        ]
    )


def augmented(
    pairs: list[Pair], weights: dict, chance: random.Random
) -> Iterator[tuple[Pair, float]]:
    """All pairs with their weights; short neighbours of one source joined; some with noise."""
    waiting: dict[str, Pair] = {}
    for pair in pairs:
        weight = weights.get(pair.tag, weights["other"])
        yield pair, weight * 0.85
        if chance.random() < 0.15:
            yield noisy(pair, chance), weight
        # Two lines joined teach longer input; half of them glued without a sentence end.
        if len(pair.foreign) < 120 and chance.random() < 0.12:
            other = waiting.pop(pair.tag, None)
            if other is None:
                waiting[pair.tag] = pair
            else:
                joint = (
                    " "
                    if re.search(r"[.!?:]$", other.foreign)
                    else chance.choice([" – ", ". ", ", "])
                )
                yield (
                    Pair(
                        pair.tag,
                        other.foreign + joint + pair.foreign,
                        other.english + joint + pair.english,
                    ),
                    weight,
                )


def prepare(
    corpus: Path, work: Path, settings: dict, model: sentencepiece.SentencePieceProcessor
) -> None:
    """Write the token arrays and the held-back pairs."""
    for language in LANGUAGES:
        weights = {k: v for k, v in settings["weights"].items() if not isinstance(v, dict)}
        weights |= settings["weights"].get(language, {})
        chance = random.Random(7)
        kept, held_back = [], []
        for pair in read_pairs(corpus, language):
            held = is_held_back(pair, settings["corpus"]["held_back"])
            (held_back if held else kept).append(pair)
        # Weights far below 1 mean that most pairs would never be drawn: leave them out now.
        drawn = [
            p
            for p in kept
            if chance.random() < min(1.0, 2.5 * weights.get(p.tag, weights["other"]))
        ]
        rows = list(augmented(drawn, weights, chance))
        sources = model.encode([pair.foreign for pair, _ in rows])
        targets = model.encode([pair.english for pair, _ in rows])
        share = {p.tag: min(1.0, 2.5 * weights.get(p.tag, weights["other"])) for p in drawn}
        good = [
            i
            for i, (s, t) in enumerate(zip(sources, targets, strict=True))
            if 0 < len(s) <= MAX_PIECES and 0 < len(t) <= MAX_PIECES
        ]
        np.savez(
            work / f"pairs.{language}.npz",
            source=np.concatenate([np.asarray(sources[i], np.uint16) for i in good]),
            target=np.concatenate([np.asarray(targets[i], np.uint16) for i in good]),
            source_ends=np.cumsum([len(sources[i]) for i in good]),
            target_ends=np.cumsum([len(targets[i]) for i in good]),
            weight=np.asarray([rows[i][1] / share[rows[i][0].tag] for i in good], np.float32),
        )
        lines = [f"{pair.foreign}\t{pair.english}\n" for pair in held_back]
        (work / f"held_back.{language}.tsv").write_text("".join(lines), encoding="utf-8")
        print(f"{language}: {len(kept)} pairs, {len(good)} rows, {len(held_back)} held back")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    arguments = parser.parse_args()
    model = sentencepiece.SentencePieceProcessor(
        model_file=str(arguments.work / "vocabulary.model")
    )
    prepare(arguments.corpus, arguments.work, recipe(), model)


if __name__ == "__main__":
    main()

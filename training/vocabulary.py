"""A new SentencePiece vocabulary of both languages and English; only for training from scratch.

    python -m training.vocabulary --corpus corpus --work training/work

Weights that are shipped fit the vocabulary they are shipped with: to go on from them, keep it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

from training.corpus import LANGUAGES, is_held_back, read_pairs, recipe

# Sentences of either side that are counted: more change the pieces hardly, and take gigabytes.
SENTENCES = 1_000_000
AUTHORED_TIMES = 5


def sentences(corpus: Path, settings: dict, chance: random.Random) -> Iterator[str]:
    """Both sides of what is trained on, each language alike, hand-written pairs several times."""
    for language in LANGUAGES:
        pairs = list(read_pairs(corpus, language))
        general = [pair for pair in pairs if pair.tag != "authored"]
        count = min(len(general), SENTENCES // (2 * len(LANGUAGES)))
        for pair in chance.sample(general, count):
            yield pair.foreign
            yield pair.english
        for pair in pairs:
            if pair.tag == "authored" and not is_held_back(pair, settings["corpus"]["held_back"]):
                yield from (pair.foreign, pair.english) * AUTHORED_TIMES


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    arguments = parser.parse_args()
    settings = recipe()
    arguments.work.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=sentences(arguments.corpus, settings, random.Random(1)),
        model_prefix=str(arguments.work / "vocabulary"),
        model_type="unigram",
        vocab_size=settings["vocabulary"]["size"],
        byte_fallback=True,
        character_coverage=0.9999,
        pad_id=0,
        unk_id=1,
        bos_id=2,
        eos_id=3,
        pad_piece="<pad>",
        shuffle_input_sentence=False,
    )


if __name__ == "__main__":
    main()

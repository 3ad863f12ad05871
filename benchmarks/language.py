"""Language detection beside its peers: words, pairs and sentences of Danish, German and English.

    python benchmarks/language.py [--corpus da=FILE.tsv.xz --corpus de=FILE.tsv.xz]

Without --corpus the sentences are those in `benchmarks/data/`. The peers are restricted to the
same three languages (langdetect also as it comes). Times are of one process, in microseconds.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import langdetect
import py3langid.langid
from common import corpus_lines, table
from lingua import Language, LanguageDetectorBuilder

from normalize.language import detect

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
DATA = Path(__file__).parent / "data"
SIZES = {"words": 1, "pairs": 2, "sentences": 0}


def sentences(given: dict[str, str], limit: int) -> dict[str, list[str]]:
    if not given:
        return {
            language: (DATA / f"sentences.{language}.txt").read_text("utf-8").splitlines()
            for language in ("da", "de", "en")
        }
    found = {name: corpus_lines(Path(path), 1, limit) for name, path in given.items()}
    found["en"] = [line for path in given.values() for line in corpus_lines(Path(path), 2, limit)]
    return found


def sample(lines: dict[str, list[str]], size: int, count: int) -> Iterator[tuple[str, str]]:
    """Runs of `size` words, or whole lines of five words and more."""
    chance = random.Random(3)
    for language, texts in lines.items():
        for _ in range(count):
            words = WORD.findall(text := chance.choice(texts))
            if not size and len(words) >= 5:
                yield language, text
            elif size and len(words) >= size + 2:
                start = chance.randrange(len(words) - size + 1)
                run = " ".join(words[start : start + size])
                if len(run) > 1:
                    yield language, run


def peers() -> dict[str, Callable[[str], str | None]]:
    lingua = LanguageDetectorBuilder.from_languages(
        Language.DANISH, Language.GERMAN, Language.ENGLISH
    ).build()
    py3langid.langid.set_languages(["da", "de", "en"])
    langdetect.DetectorFactory.seed = 0

    def by_langdetect(text: str) -> str | None:
        try:
            return langdetect.detect(text)
        except langdetect.LangDetectException:
            return None

    def by_lingua(text: str) -> str | None:
        found = lingua.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else None

    return {
        "ours": lambda text: detect(text)[0],
        "lingua": by_lingua,
        "py3langid": lambda text: py3langid.langid.classify(text)[0],
        "langdetect, 55 languages": by_langdetect,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", default=[], metavar="LANGUAGE=FILE")
    parser.add_argument("--count", type=int, default=1000, help="texts a language and size")
    arguments = parser.parse_args()
    lines = sentences(dict(pair.split("=", 1) for pair in arguments.corpus), 5000)
    rows = []
    for name, function in peers().items():
        for text in ("varm op", "Nous cherchons un chercheur pour deux ans à Paris avec nous"):
            function(text)  # models load on first use
        cells: list[str] = []
        for size in SIZES.values():
            texts = list(sample(lines, size, arguments.count))
            begun = time.perf_counter()
            right = sum(function(text) == language for language, text in texts)
            took = (time.perf_counter() - begun) / len(texts) * 1e6
            cells += [f"{100 * right / len(texts):.2f}", f"{took:.0f}"]
        rows.append((name, *cells))
    head = [f"{name}{unit}" for name in SIZES for unit in (", % right", ", µs")]
    print("\n".join(table(("detector", *head), rows)))


if __name__ == "__main__":
    main()

"""Words with letters beyond ASCII, counted: what `normalize.repair.lost` knows beside wordfreq.

    python -m training.wordlist --corpus corpus

wordfreq has 29,000 Danish words, too few to tell which letter was lost, and no capitals in any
language. This counts the words of the foreign side of the corpus, in the spelling they mostly have
inside a sentence, and writes `normalize/repair/words/{da,de}.txt.xz`, a word and its count a line:
all of Danish, and of German those that begin with such a letter (for their capitals). One file a
language is left out (`--measure-on`), so that the benchmark measures on text nothing was counted on.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from pathlib import Path

from training.corpus import read_pairs

WORD = re.compile(r"(?<![.!?:\"“”»'] )(?<!^)\b[^\W\d_]{3,30}\b")
LETTERS = {"da": re.compile("[æøåéüöäÆØÅÉ]"), "de": re.compile("^[äöüÄÖÜ]")}
MIN_COUNT = {"da": 2, "de": 2}


def count_words(corpus: Path, language: str, leave_out: str) -> Counter[str]:
    """Words by their usual spelling, with how often they were seen."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    letters = LETTERS[language]
    for pair in read_pairs(corpus, language, leave_out):
        for word in WORD.findall(pair.foreign):
            if letters.search(word) and not word[1:].isupper():
                spellings[word.lower()][word] += 1
    counts: Counter[str] = Counter()
    for seen in spellings.values():
        total = sum(seen.values())
        if total >= MIN_COUNT[language]:
            counts[seen.most_common(1)[0][0]] = total
    return counts


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--measure-on", default=".03.,de-en.01.", help="parts of names left out")
    arguments = parser.parse_args()
    folder = Path("normalize/repair/words")
    folder.mkdir(exist_ok=True)
    for language in ("da", "de"):
        counts = count_words(arguments.corpus, language, arguments.measure_on)
        lines = "".join(f"{word} {count}\n" for word, count in sorted(counts.items()))
        path = folder / f"{language}.txt.xz"
        path.write_bytes(lzma.compress(lines.encode(), preset=9))
        print(f"{path}: {len(counts)} words, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Repair beside ftfy: what each restores of damage made from clean sentences, and how fast.

    python benchmarks/repair.py [--corpus da=FILE.tsv.xz --corpus de=FILE.tsv.xz] [--limit 1500]

Without --corpus the clean sentences are those in `benchmarks/data/sentences.{da,de}.txt`. ftfy runs
with its best settings for the task: nothing but the encoding repaired, quotation marks kept.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy
from common import corpus_lines, seconds, table
from ftfy.badness import is_bad

from normalize.repair import repair
from normalize.repair.lost import restore

ENCODINGS = (
    *("cp1252", "latin-1", "iso8859-15", "mac_roman", "cp850", "cp437"),
    *("cp1250", "cp1254", "mac_latin2"),
)
FTFY = ftfy.TextFixerConfig(
    uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False, unescape_html=False
)
DATA = Path(__file__).parent / "data"


def ours(text: str) -> str:
    return repair(text).text


def theirs(text: str) -> str:
    return ftfy.fix_text(text, FTFY)


def read_as(text: str, encoding: str) -> str:
    """UTF-8 bytes read as another encoding; bytes without a character become C1 controls."""
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in text.encode())


def share(fix: Callable[[str], str], clean: list[str], damaged: list[str]) -> str:
    right = sum(fix(bad) == good for good, bad in zip(clean, damaged, strict=True))
    return f"{100 * right / len(clean):.2f}"


def ratio(lines: list[str], other: Callable[[str], object], repeat: int = 1) -> str:
    mine = seconds(lambda: [ours(line) for line in lines], repeat)
    return f"{mine / seconds(lambda: [other(line) for line in lines], repeat):.2f}"


def damage_rows(language: str, clean: list[str], words: list[str]) -> Iterator[tuple[str, ...]]:
    for encoding in ENCODINGS:
        damaged = clean
        for times in ("once", "twice", "three times"):
            damaged = [read_as(line, encoding) for line in damaged]
            row = [share(ours, clean, damaged), share(theirs, clean, damaged), "", ""]
            if times == "once":
                bad = [read_as(word, encoding) for word in words]
                row[2:] = [share(ours, words, bad), share(theirs, words, bad)]
            yield (language, f"{encoding} {times}", *row, ratio(damaged, theirs))
    for encoding in ("mac_roman", "cp850"):
        good = [line for line in clean if all(ord(c) < 256 for c in line)]
        damaged = [line.encode("latin-1").decode(encoding) for line in good]
        row = [share(ours, good, damaged), share(theirs, good, damaged), "", ""]
        yield (language, f"Latin-1 as {encoding}", *row, ratio(damaged, theirs))


def lost_row(language: str, words: list[str]) -> tuple[str, ...]:
    long = [word for word in words if len(word) >= 5]
    results = [(w, restore(re.sub(r"[^\x00-\x7f]", "\ufffd", w), language, None)) for w in long]
    right = sum(word == got for word, got in results)
    wrong = sum(word != got and "\ufffd" not in got for word, got in results)
    shares = (f"{100 * count / len(long):.2f}" for count in (right, wrong))
    return (language, str(len(long)), *shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", default=[], metavar="LANGUAGE=FILE")
    parser.add_argument("--limit", type=int, default=1500, help="damaged lines a language")
    arguments = parser.parse_args()
    given = dict(pair.split("=", 1) for pair in arguments.corpus)
    damage, sound, lost = [], [], []
    for language in ("da", "de"):
        if language in given:
            lines = corpus_lines(Path(given[language]), 1, 4 * arguments.limit)
        else:
            lines = (DATA / f"sentences.{language}.txt").read_text("utf-8").splitlines()
        clean = [line for line in lines if not line.isascii()][: arguments.limit]
        found = {w for line in lines for w in re.findall(r"[^\W\d_]+", line) if not w.isascii()}
        damage += damage_rows(language, clean, sorted(found))
        unchanged = share(ours, lines, lines), share(theirs, lines, lines)
        speed = ratio(lines, is_bad, 3), ratio(lines, theirs, 3)
        sound.append((language, len(lines), *unchanged, *speed))
        lost.append(lost_row(language, sorted(found)))
    print("Restored exactly, % (damage made from lines with letters beyond ASCII):\n")
    head = ("lines, ours", "lines, ftfy", "words, ours", "words, ftfy", "our time / ftfy's")
    print("\n".join(table(("language", "damage", *head), damage)))
    print("\nSound lines: unchanged, %, and our time over that of two functions of ftfy:\n")
    head = ("language", "lines", "ours", "ftfy", "/ is_bad", "/ fix_text")
    print("\n".join(table(head, sound)))
    print("\nWords of five letters and more whose letters beyond ASCII became U+FFFD, %:\n")
    print("\n".join(table(("language", "words", "right", "wrong"), lost)))


if __name__ == "__main__":
    main()

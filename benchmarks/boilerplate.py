"""What is kept and what is stripped on hand-labelled postings, beside other tools.

    python benchmarks/boilerplate.py benchmarks/data/postings/{da,de,en}.labels.jsonl

Each file of labels has one object a document, `{"file": "de/001.html", "blocks": […]}` with a
`text` and a `label` a block, and lies beside the folder of the documents. All figures are shares of
words: `kept` of those labelled as content (keep, employer_profile, benefits), `stripped` of those
labelled as boilerplate, `precision` of those taken out (lost ones included) that are boilerplate,
`category` of the stripped that got the category they are labelled with. trafilatura and jusText get
the HTML documents, and leave the others as they are, as they were not made for them. The last table
is time, as a ratio to the repair stage on the same postings in the same run.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from normalize.config import STRIPPED_BY_DEFAULT, load
from normalize.pipeline import Stage
from normalize.posting import Posting, Source
from normalize.stages import build_stages

BOILERPLATE = frozenset(category.value for category in STRIPPED_BY_DEFAULT)
# A word and what became of it: None kept, else the category (or "lost").
Fate = tuple[str, str | None]
WORD = re.compile(r"[^\W_]+")
STOPLISTS = {"da": "Danish", "de": "German", "en": "English"}


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def ours(path: Path, stages: list[Stage], spent: Counter[str]) -> Posting | None:
    """The posting after all stages; the time of each is added to `spent`."""
    batch: list[Any] = [Posting(Source(str(path), path.read_bytes()))]
    for stage in stages:
        began = time.perf_counter()
        batch = [one for one in stage(batch) if isinstance(one, Posting)]
        spent[stage.name] += time.perf_counter() - began
    return batch[0] if batch else None


def normalized(posting: Posting | None) -> Iterator[Fate]:
    for segment in posting.segments if posting else ():
        for word in words(posting.words_of(segment)):
            yield word, segment.category


def unstripped(posting: Posting | None) -> Iterator[Fate]:
    for word, _ in normalized(posting):
        yield word, None


def trafilatura(path: Path, language: str) -> str:
    from trafilatura import extract

    return extract(path.read_text(encoding="utf-8"), include_tables=True) or ""


def justext(path: Path, language: str) -> str:
    import justext as library

    paragraphs = library.justext(path.read_bytes(), library.get_stoplist(STOPLISTS[language]))
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def aligned(
    blocks: list[dict[str, str]], fates: Iterable[Fate]
) -> Iterator[tuple[str, str | None]]:
    """The label and the fate of every labelled word, by the longest common run of words."""
    gold = [(word, block["label"]) for block in blocks for word in words(block["text"])]
    found = list(fates)
    matched: dict[int, str | None] = {}
    matcher = SequenceMatcher(None, [w for w, _ in gold], [w for w, _ in found], autojunk=False)
    for here, there, size in matcher.get_matching_blocks():
        for step in range(size):
            matched[here + step] = found[there + step][1]
    fate: str | None = "lost"
    for place, (_, label) in enumerate(gold):
        if place in matched:
            fate = matched[place]
        else:  # between two words of one fate a word was spelt otherwise, not lost
            after = [matched[near] for near in range(place + 1, place + 4) if near in matched]
            fate = fate if after[:1] == [fate] else "lost"
        yield label, fate


def figures(pairs: Counter[tuple[str, str | None]]) -> list[str]:
    def total(test: Callable[[str, str | None], bool]) -> int:
        return sum(count for (label, fate), count in pairs.items() if test(label, fate))

    def share(part: int, whole: int) -> str:
        return f"{part / whole:.3f}" if whole else "–"

    right = total(lambda label, fate: label in BOILERPLATE and fate is not None)
    named = total(lambda label, fate: label in BOILERPLATE and fate == label)
    return [
        share(
            total(lambda label, fate: label not in BOILERPLATE and fate is None),
            total(lambda label, fate: label not in BOILERPLATE),
        ),
        share(right, total(lambda label, fate: label in BOILERPLATE)),
        share(right, total(lambda label, fate: fate is not None)),
        share(named, right),
    ]


def table(head: list[str], rows: Iterable[list[str]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", nargs="+", type=Path, help="files of labels, LANG.labels.jsonl")
    arguments = parser.parse_args()
    stages = build_stages(load(overrides={"translate.enabled": False}))
    tally: dict[tuple[str, str], Counter[tuple[str, str | None]]] = defaultdict(Counter)
    spent: Counter[str] = Counter()
    for labels in arguments.labels:
        language = labels.name.partition(".")[0]
        for line in labels.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            path = labels.parent / gold["file"]
            posting = ours(path, stages, spent)
            told: dict[str, Iterable[Fate]] = {
                "normalize": normalized(posting),
                "no stripping": unstripped(posting),
            }
            for name, tool in (("trafilatura", trafilatura), ("jusText", justext)):
                html = path.suffix == ".html"
                text = tool(path, language) if html else ""
                told[name] = [(w, None) for w in words(text)] if html else unstripped(posting)
            for name, fates in told.items():
                tally[language, name].update(aligned(gold["blocks"], fates))
    table(
        ["language", "tool", "kept", "stripped", "precision", "category"],
        ([*key, *figures(pairs)] for key, pairs in sorted(tally.items())),
    )
    rows = []
    for (language, name), pairs in sorted(tally.items()):
        for category in sorted(BOILERPLATE if name == "normalize" else ()):
            own = Counter({k: n for k, n in pairs.items() if k[0] == category})
            if own:
                _, stripped, _, same = figures(own)
                rows.append([language, category, str(sum(own.values())), stripped, same])
    table(["language", "category", "words", "stripped", "category right"], rows)
    table(
        ["stage", "time / repair"],
        ([name, f"{spent[name] / spent['repair']:.2f}"] for name in ("repair", "strip")),
    )


if __name__ == "__main__":
    sys.exit(main())

"""Headings found in running text, and words lost, on postings whose markup tells the truth.

    python benchmarks/formats.py benchmarks/data/postings/*/*.{html,md,json}

Each HTML page, Markdown file or record is read, and its blocks are written out as plain text the
way scrapers do it: a line a block without bullets, with bullets, or with blank lines between. The
plain text is read again, and its headings are compared with those of the markup; the baseline calls
every short line without an end mark a heading. Documents with fewer than three headings are left
out. The second table is words that a page shows (all text outside scripts, styles and the head) and
that an extractor does not give, menus included: other extractors leave those out on purpose, and
with them parts of postings. Time is a ratio to parsing the page with lxml alone.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import html

from normalize.config import Settings
from normalize.formats.html import read_html
from normalize.formats.running import read_running
from normalize.pipeline import run_stages
from normalize.posting import Kind, Part, Posting, Source
from normalize.stages.decode import Decode
from normalize.stages.extract import Extract

LAYOUTS = ("lines", "bullets", "blank lines")
MIN_HEADINGS = 3
WORD = re.compile(r"[^\W_]+")


def read(path: Path) -> Posting | None:
    settings = Settings()
    source = Source(str(path), path.read_bytes())
    (outcome,) = run_stages([Decode(settings), Extract(settings)], [source])
    return outcome if isinstance(outcome, Posting) else None


def blocks(parts: Sequence[Part]) -> Iterator[tuple[str, Kind]]:
    """Lines of the parts outside menus, without link addresses and emphasis, and their kinds."""
    for part in parts:
        if part.region is None:
            for line in part.text.split("\n"):
                line = " ".join(re.sub(r" <[^<> ]+>|\*\*", "", line).split())
                if line:
                    yield line, part.kind or Kind.PARAGRAPH


def flattened(lines: Sequence[tuple[str, Kind]], layout: str) -> str:
    text = ""
    before = None
    for line, kind in lines:
        together = kind is before is Kind.LIST_ITEM
        text += "\n" if layout == "blank lines" and not together else ""
        text += ("- " if layout == "bullets" and kind is Kind.LIST_ITEM else "") + line + "\n"
        before = kind
    return text


def short_lines(text: str) -> list[str]:
    """The baseline: lines of at most eight words without an end mark."""
    return [
        line
        for line in text.split("\n")
        if 0 < len(line.split()) <= 8 and line[-1] not in ".,;" and not line.startswith("- ")
    ]


def our_headings(text: str) -> list[str]:
    return [line.text for line in read_running(text) if line.kind is Kind.HEADING]


def compare(found: list[str], true: set[str]) -> Counter[str]:
    right = sum(line in true for line in found)
    missed = len(true - set(found))
    return Counter(right=right, wrong=len(found) - right, missed=missed)


def headings(paths: Sequence[Path]) -> None:
    tools: dict[str, Callable[[str], list[str]]] = {
        "ours": our_headings,
        "short lines": short_lines,
    }
    counts = {(layout, tool): Counter[str]() for layout in LAYOUTS for tool in tools}
    for path in paths:
        posting = read(path)
        lines = list(blocks(posting.parts)) if posting else []
        true = {line for line, kind in lines if kind is Kind.HEADING}
        if len(true) < MIN_HEADINGS:
            continue
        for layout, tool in counts:
            counts[layout, tool] += compare(tools[tool](flattened(lines, layout)), true)
    print("| layout | headings by | precision | recall | F1 |\n| --- | --- | --- | --- | --- |")
    for (layout, tool), count in counts.items():
        right = count["right"] or 1
        precision, recall = right / (right + count["wrong"]), right / (right + count["missed"])
        f1 = 2 * precision * recall / (precision + recall)
        print(f"| {layout} | {tool} | {precision:.2f} | {recall:.2f} | {f1:.2f} |")
    print()


def shown(text: str) -> str:
    root = html.document_fromstring(re.sub(r"(?i)</(?:html|body)\s*>", "", text))
    for element in root.xpath("//head|//script|//style|//template|//svg|//comment()"):
        element.drop_tree()
    return " ".join(root.itertext())


def ours(text: str) -> str:
    return " ".join(part.text for part in read_html(text).parts)


def trafilatura(text: str) -> str:
    from trafilatura import extract

    return extract(text, favor_recall=True, include_tables=True) or ""


def justext(text: str) -> str:
    import justext as library

    return " ".join(p.text for p in library.justext(text, frozenset()))


def losses(paths: Sequence[Path]) -> None:
    tools: dict[str, Callable[[str], str]] = {
        **{"lxml alone": shown, "ours": ours, "trafilatura": trafilatura, "jusText": justext}
    }
    lost: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    pages = total = 0
    for tool in tools.values():  # what they load first is not their speed
        tool("<p>We hire a postdoc in physics.</p>" * 9)
    for path in paths:
        if path.suffix not in {".html", ".htm"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        true = Counter(WORD.findall(shown(text).lower()))
        pages += 1
        total += true.total()
        for name, tool in tools.items():
            began = time.perf_counter()
            found = tool(text)
            spent[name] += time.perf_counter() - began
            lost[name] += (true - Counter(WORD.findall(found.lower()))).total()
    if not pages:
        return
    print(f"{pages} pages, {total} words\n")
    print("| extractor | words lost, % | time |\n| --- | --- | --- |")
    for name in tools:
        ratio = spent[name] / spent["lxml alone"]
        print(f"| {name} | {100 * lost[name] / total:.2f} | {ratio:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("postings", nargs="+", type=Path, help="HTML, Markdown and JSON files")
    paths = parser.parse_args().postings
    headings(paths)
    losses(paths)


if __name__ == "__main__":
    main()

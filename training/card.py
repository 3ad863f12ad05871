"""The model card, from the recipe, the logs of the run, the corpus' list of sources and the scores.

python benchmarks/models.py … > scores.md
python -m training.card --corpus corpus --logs LOG.jsonl... --scores scores.md -o card.md
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from training.corpus import recipe

INTRODUCTION = """# Bundled models: Danish and German to English

Two small transformers trained for job and research postings, as ordinary Argos packages (int8
CTranslate2, SentencePiece). They serve where no better package is configured or installed.
"""
WEAKNESSES = """## Known weaknesses

- Trained on CPU only, on few tokens: clearly behind the larger packages of the Argos index, which
  should be installed where there is a network.
- Rare words, long compounds and names are guessed or spelt out piece by piece; German is weaker
  than Danish, since most of its general text is software documentation.
- Words in ALL CAPS are often copied or misread: pass such lines in lower case.
- Lines over about 100 words were not seen in training.
- The starting weights were a shorter-trained model that had probably seen the held-back pairs:
  its own score on them is not comparable, and ours may be flattered too.
- FLORES dev and the held-back pairs chose what ships, so they are no test sets: Danish after a
  stage of its own, German without (there it gained nothing, and repeated a word in a heading).
"""


def sources(corpus: Path) -> list[str]:
    """Rows of the source table in the corpus' README: tag, what, licence, repositories, pairs."""
    lines = (corpus / "README.md").read_text("utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:3] == "| `"
    ]
    return [f"| {' | '.join(row[:6])} |" for row in rows if len(row) >= 6]


def training_lines(logs: list[Path]) -> list[str]:
    """One table row a stage: steps, target tokens, minutes, last loss."""
    found = []
    for path in logs:
        last = json.loads(path.read_text("utf-8").splitlines()[-1])
        found.append(
            f"| {path.name.split('.')[0]} | {last['step']:,} | {last['tokens']:,} "
            f"| {last['minutes']} | {last['loss']} |"
        )
    return found


def card(corpus: Path, logs: list[Path], scores: str) -> str:
    """The whole card, Markdown."""
    model = recipe()["model"]
    vocabulary = recipe()["vocabulary"]["size"]
    parts = [
        INTRODUCTION,
        "## Model\n",
        f"Pre-norm transformer, width {model['width']}, feed-forward {model['feed_forward']}, "
        f"{model['heads']} heads, {model['encoder_layers']} encoder and "
        f"{model['decoder_layers']} decoder layers, tied embeddings, {vocabulary} unigram pieces "
        "with byte fallback.\nBoth directions share the main stage; a stage named after a "
        "language is short, in that\nlanguage alone, half of it pairs written for postings.\n",
        "## Training\n",
        "As last logged (every 50 steps); the shared stage started from a draft of 4+1 layers "
        "that had seen\n32 million target tokens.\n",
        "| stage | steps | target tokens | minutes | loss |\n|---|---:|---:|---:|---:|",
        *training_lines(logs),
        "\n## Scores\n",
        scores.strip() + "\n",
        WEAKNESSES,
        "## Data\n",
        "Attribution, where a licence asks for it, is to the repositories and projects named "
        "here.\nBesides these, about 12,000 pairs a language written for this domain, of which "
        "5 % were held back.\n",
        "| source | what | licence | repositories | da-en | de-en |\n|---|---|---|---|---:|---:|",
        *sources(corpus),
    ]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--logs", type=Path, nargs="+", required=True)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    text = card(arguments.corpus, arguments.logs, arguments.scores.read_text("utf-8"))
    arguments.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

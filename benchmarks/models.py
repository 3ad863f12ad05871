"""BLEU, chrF and speed of translation packages.

    python benchmarks/models.py PACKAGE.argosmodel... --flores corpus/dev \\
        --held-back training/work [--speed]

Scores each package on FLORES dev and on the hand-written pairs that training held back
(`held_back.{da,de}.tsv`), with sacrebleu's signatures, and with `--speed` its target tokens a
second on one thread beside a randomly initialised int8 transformer of 6+6 layers and width 512
with the same vocabulary. Prints Markdown. Needs the dependency groups `training` and `bench`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import sacrebleu
import sentencepiece

# Published for the Argos packages, on FLORES devtest (a neighbour of dev, not the same sentences).
PUBLISHED = {"da": 37.8, "de": 36.2}
BEAM = 2
LONGEST = 256
SPEED_LINES = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """An unpacked package, ready to translate."""

    name: str
    language: str
    translator: ctranslate2.Translator
    processor: sentencepiece.SentencePieceProcessor

    def translate(self, texts: list[str]) -> list[str]:
        """English for each text."""
        pieces = [self.processor.encode(text, out_type=str) for text in texts]
        results = self.translator.translate_batch(
            pieces,
            beam_size=BEAM,
            max_batch_size=2048,
            batch_type="tokens",
            max_decoding_length=LONGEST,
        )
        return [self.processor.decode(result.hypotheses[0]) for result in results]


def load(package: Path, folder: Path) -> Loaded:
    """Unpack a package below `folder` and load it, int8 on one thread."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder / package.stem)
    (metadata,) = (folder / package.stem).rglob("metadata.json")
    root = metadata.parent
    return Loaded(
        package.stem,
        json.loads(metadata.read_text("utf-8"))["from_code"],
        ctranslate2.Translator(str(root / "model"), compute_type="int8", intra_threads=1),
        sentencepiece.SentencePieceProcessor(model_file=str(root / "sentencepiece.model")),
    )


def flores(folder: Path, language: str) -> tuple[list[str], list[str]]:
    """FLORES dev: sources, references."""
    stem = folder / f"{language}-en" / "flores-dev"
    return (
        Path(f"{stem}.{language}").read_text("utf-8").splitlines(),
        Path(f"{stem}.en").read_text("utf-8").splitlines(),
    )


def held_back(folder: Path, language: str) -> tuple[list[str], list[str]]:
    """Held-back hand-written pairs: sources, references."""
    lines = (folder / f"held_back.{language}.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def scores(hypotheses: list[str], references: list[str]) -> tuple[float, float, str]:
    """BLEU, chrF and their signatures."""
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    return (
        bleu.corpus_score(hypotheses, [references]).score,
        chrf.corpus_score(hypotheses, [references]).score,
        f"BLEU `{bleu.get_signature()}`, chrF `{chrf.get_signature()}`",
    )


def random_large(pieces: list[str], folder: Path) -> ctranslate2.Translator:
    """A 6+6-layer int8 transformer of width 512, weights random: only its speed counts."""
    spec = ctranslate2.specs.TransformerSpec.from_config((6, 6), 8, pre_norm=True)
    chance = np.random.default_rng(1)
    words = chance.normal(0, 0.04, (len(pieces), 512)).astype(np.float32)
    for side in (spec.encoder, spec.decoder):
        for layer in side.layer:
            _randomise(layer.self_attention, (1536, 512), (512, 512), chance)
            if hasattr(layer, "attention"):
                _randomise(layer.attention, (512, 512), (1024, 512), chance)
                _linear(layer.attention.linear[2], (512, 512), chance)
            _norm(layer.ffn.layer_norm)
            _linear(layer.ffn.linear_0, (2048, 512), chance)
            _linear(layer.ffn.linear_1, (512, 2048), chance)
        _norm(side.layer_norm)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = words
    spec.decoder.projection.weight = words
    spec.decoder.projection.bias = np.zeros(len(pieces), np.float32)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))
    return ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=1)


def _randomise(
    attention: object, first: tuple[int, int], second: tuple[int, int], chance: np.random.Generator
) -> None:
    _norm(attention.layer_norm)
    _linear(attention.linear[0], first, chance)
    _linear(attention.linear[1], second, chance)


def _linear(spec: object, shape: tuple[int, int], chance: np.random.Generator) -> None:
    spec.weight = chance.normal(0, 0.04, shape).astype(np.float32)
    spec.bias = np.zeros(shape[0], np.float32)


def _norm(spec: object) -> None:
    spec.gamma, spec.beta = np.ones(512, np.float32), np.zeros(512, np.float32)


def tokens_per_second(
    translator: ctranslate2.Translator, rows: list[list[str]], lengths: list[int]
) -> float:
    """Target tokens a second when each row is decoded to the length given for it.

    Random weights never end a sentence by themselves, so every model is made to write the same
    number of tokens: rows are grouped by length, and the end is neither taken early nor late.
    """
    order = sorted(range(len(rows)), key=lambda i: lengths[i])
    groups = [order[i : i + 32] for i in range(0, len(order), 32)]
    begun, count = time.perf_counter(), 0
    for group in groups:
        length = max(1, round(sum(lengths[i] for i in group) / len(group)))
        translator.translate_batch(
            [rows[i] for i in group],
            beam_size=BEAM,
            min_decoding_length=length,
            max_decoding_length=length,
        )
        count += length * len(group)
    return count / (time.perf_counter() - begun)


def speed(model: Loaded, texts: list[str], folder: Path) -> str:
    """A table row: tokens a second of the model and of the large one, and their ratio."""
    rows = [model.processor.encode(text, out_type=str) for text in texts[:SPEED_LINES]]
    lengths = [len(model.processor.encode(text)) for text in model.translate(texts[:SPEED_LINES])]
    pieces = [model.processor.id_to_piece(i) for i in range(model.processor.get_piece_size())]
    large = random_large(pieces, folder / f"{model.name}-large")
    ours = max(tokens_per_second(model.translator, rows, lengths) for _ in range(2))
    theirs = max(tokens_per_second(large, rows, lengths) for _ in range(2))
    return f"| {model.name} | {ours:,.0f} | {theirs:,.0f} | {ours / theirs:.1f} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--flores", type=Path, help="folder with {da,de}-en/flores-dev.*")
    parser.add_argument("--held-back", type=Path, help="folder with held_back.{da,de}.tsv")
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    signature, speeds = "", []
    with tempfile.TemporaryDirectory() as name:
        print("| package | set | lines | BLEU | chrF | Argos, published (devtest) |")
        print("|---|---|---:|---:|---:|---:|")
        for package in arguments.packages:
            model = load(package, Path(name))
            sets = {}
            if arguments.flores:
                sets["FLORES dev"] = flores(arguments.flores, model.language)
            if arguments.held_back:
                sets["held-back postings"] = held_back(arguments.held_back, model.language)
            for label, (sources, references) in sets.items():
                bleu, chrf, signature = scores(model.translate(sources), references)
                other = PUBLISHED.get(model.language, "") if label == "FLORES dev" else ""
                print(
                    f"| {model.name} | {label} | {len(sources)} | {bleu:.1f} | {chrf:.1f} "
                    f"| {other} |",
                    flush=True,
                )
            if arguments.speed and sets:
                speeds.append(speed(model, next(iter(sets.values()))[0], Path(name)))
    print(f"\n{signature}")
    if speeds:
        print("\n| package | tokens/s, one thread | 6+6x512 int8 | ratio |\n|---|---:|---:|---:|")
        print("\n".join(speeds))


if __name__ == "__main__":
    main()

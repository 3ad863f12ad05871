"""Averaged weights of a checkpoint to an int8 CTranslate2 model, packed as an Argos package.

    python -m training.export --work training/work --name da --language da -o packages

The package holds `metadata.json`, `model/`, `sentencepiece.model` and the model card as
`README.md`, in a folder named as Argos names it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zipfile
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from ctranslate2.specs import common_spec, transformer_spec

from training.corpus import recipe
from training.model import Model, Shape

VERSION = "1.0"
ARGOS_VERSION = "1.9.0"
NAMES = {"da": "Danish", "de": "German"}
# A fixed date in the archive, so that the same weights give the same bytes.
ZIP_DATE = (2026, 1, 1, 0, 0, 0)


def averaged(work: Path, name: str, settings: dict) -> Model:
    """The model of a checkpoint with its moving average as weights."""
    model = Model(Shape(**settings["model"], vocabulary=settings["vocabulary"]["size"]))
    state = torch.load(work / f"{name}.pt", map_location="cpu", weights_only=True)
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), state["optimiser"]["average"], strict=True):
            parameter.copy_(value)
    return model.eval()


def _array(parameter: torch.Tensor) -> np.ndarray:
    # A copy: quantisation works in place.
    return parameter.detach().numpy().copy()


def _fill(spec: object, module: torch.nn.Module) -> None:
    """Copy linear layers and norms into the specification, which has the same names."""
    for path, part in module.named_modules():
        if not isinstance(part, torch.nn.Linear | torch.nn.LayerNorm):
            continue
        place = spec
        for step in path.split("."):
            place = _step(place, step)
        weight, bias = _array(part.weight), _array(part.bias)
        if isinstance(part, torch.nn.LayerNorm):
            place.gamma, place.beta = weight, bias
        else:
            place.weight, place.bias = weight, bias


def _step(place: object, step: str) -> object:
    """`layer` and numbers name list items; `linear_1` is item 1 of the list `linear`."""
    if step.isdigit():
        return place[int(step)]
    head, _, number = step.partition("_")
    if head == "linear" and hasattr(place, "linear"):
        return place.linear[int(number)]
    return getattr(place, step)


def specification(model: Model, pieces: list[str]) -> transformer_spec.TransformerSpec:
    """The model as CTranslate2 describes it."""
    shape = model.shape
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    _fill(spec.encoder, model.encoder)
    _fill(spec.decoder, model.decoder)
    words = _array(model.embeddings.weight)
    places = model.positions.numpy()
    spec.encoder.embeddings[0].weight = words
    spec.decoder.embeddings.weight = words
    spec.decoder.projection.weight = words
    spec.decoder.projection.bias = _array(model.projection_bias)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = places.astype(np.float32)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_bos = False
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    return spec


def export(model: Model, vocabulary: Path, folder: Path) -> None:
    """Write the CTranslate2 model, int8, into `folder`."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    spec = specification(model, pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def pack(language: str, model: Path, vocabulary: Path, card: str, output: Path) -> Path:
    """Zip model, vocabulary, metadata and card as an Argos package; returns its path."""
    name = f"translate-{language}_en-{VERSION.replace('.', '_')}"
    metadata = {
        "package_version": VERSION,
        "argos_version": ARGOS_VERSION,
        "from_code": language,
        "from_name": NAMES[language],
        "to_code": "en",
        "to_name": "English",
    }
    members = {"metadata.json": json.dumps(metadata, indent=2).encode(), "README.md": card.encode()}
    members["sentencepiece.model"] = vocabulary.read_bytes()
    members |= {f"model/{path.name}": path.read_bytes() for path in sorted(model.iterdir())}
    output.mkdir(parents=True, exist_ok=True)
    path = output / f"{name}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for member, data in sorted(members.items()):
            info = zipfile.ZipInfo(f"{name}/{member}", ZIP_DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data)
    return path


def greedy(model: Model, source: list[int], longest: int = 100) -> list[int]:
    """Greedy translation by PyTorch: what the exported model is compared with."""
    target = [2]
    with torch.no_grad():
        while len(target) <= longest:
            hidden = model(torch.tensor([[*source, 3]]), torch.tensor([target]))[0, -1]
            piece = int((model.embeddings.weight @ hidden + model.projection_bias).argmax())
            if piece == 3:
                break
            target.append(piece)
    return target[1:]


def agreement(model: Model, vocabulary: Path, folder: Path, texts: list[str]) -> float:
    """Share of texts that the exported model, in float32, translates as PyTorch does."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    translator = ctranslate2.Translator(str(folder), compute_type="float32")
    same = 0
    for text in texts:
        pieces = processor.encode(text, out_type=str)
        (result,) = translator.translate_batch([pieces], beam_size=1, max_decoding_length=100)
        expected = [processor.id_to_piece(i) for i in greedy(model, processor.encode(text))]
        same += result.hypotheses[0] == expected
    return same / len(texts)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--name", default="checkpoint", help="of the checkpoint")
    parser.add_argument("--language", choices=sorted(NAMES), required=True)
    parser.add_argument("--card", type=Path, help="model card (Markdown) to pack")
    parser.add_argument("-o", "--output", type=Path, default=Path("normalize/translation/bundled"))
    arguments = parser.parse_args()
    vocabulary = arguments.work / "vocabulary.model"
    model = averaged(arguments.work, arguments.name, recipe())
    card = arguments.card.read_text("utf-8") if arguments.card else ""
    with tempfile.TemporaryDirectory() as folder:
        export(model, vocabulary, Path(folder))
        held_back = (arguments.work / f"held_back.{arguments.language}.tsv").read_text("utf-8")
        texts = [line.split("\t")[0] for line in held_back.splitlines()[:20]]
        print(f"as PyTorch: {agreement(model, vocabulary, Path(folder), texts):.0%} of 20 lines")
        print(pack(arguments.language, Path(folder), vocabulary, card, arguments.output))


if __name__ == "__main__":
    main()

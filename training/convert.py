"""Weights between CTranslate2 packages and this recipe, and a model grown by whole layers.

    python -m training.convert PACKAGE.argosmodel -o training/work/start.npz

A layer that is added starts as the identity (its output projections are zero), so the grown
model begins where the smaller one stopped.
"""

from __future__ import annotations

import argparse
import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import torch

from training.corpus import recipe
from training.model import Model, Shape

TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
# CTranslate2 multiplies int8 weights by this scale, one a row.
NEW_LAYERS_AFTER = {"encoder": (2, 5), "decoder": (1,)}


def read_variables(data: bytes) -> dict[str, np.ndarray]:
    """The variables of a CTranslate2 `model.bin` (format 6), int8 matrices as float32."""
    file = io.BytesIO(data)

    def number(kind: str) -> int:
        return struct.unpack(f"<{kind}", file.read(struct.calcsize(kind)))[0]

    def name() -> str:
        return file.read(number("H"))[:-1].decode()

    number("I"), name(), number("I")
    found = {}
    for _ in range(number("I")):
        key = name()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = number("B"), number("I")
        found[key] = np.frombuffer(file.read(size), TYPES[kind]).reshape(shape)
    for key in [key for key in found if f"{key}_scale" in found]:
        found[key] = found[key].astype(np.float32) / found.pop(f"{key}_scale")[:, None]
    return found


def to_parameters(variables: dict[str, np.ndarray], shape: Shape) -> dict[str, torch.Tensor]:
    """Parameters of a `Model` of `shape`; layers that the package lacks start as the identity."""
    model = Model(shape)
    parameters = model.state_dict()
    have = {
        side: 1
        + max(
            int(k.split("/")[1][6:])
            for k in variables
            if k.startswith(f"{side}/layer_") and k[14:15].isdigit()
        )
        for side in ("encoder", "decoder")
    }
    for key in parameters:
        if key == "embeddings.weight":
            parameters[key] = torch.from_numpy(variables["decoder/embeddings/weight"].copy())
            continue
        if key == "projection_bias":
            parameters[key] = torch.from_numpy(variables["decoder/projection/bias"].copy())
            continue
        side, *path = key.split(".")
        if path[0] == "layer":
            old = _old_layer(side, int(path[1]), have[side], getattr(shape, f"{side}_layers"))
            if old is None:
                if path[-2] == _output(path[2]):
                    parameters[key] = torch.zeros_like(parameters[key])
                continue
            path[0:2] = [f"layer_{old}"]
        if path[-2] == "layer_norm":
            path[-1] = {"weight": "gamma", "bias": "beta"}[path[-1]]
        parameters[key] = torch.from_numpy(variables["/".join([side, *path])].copy())
    return parameters


def _output(module: str) -> str:
    return "linear_2" if module == "attention" else "linear_1"


def _old_layer(side: str, number: int, have: int, want: int) -> int | None:
    """Which old layer becomes layer `number`; None for a new one."""
    new = NEW_LAYERS_AFTER[side][: want - have]
    if number in new:
        return None
    return number - sum(place < number for place in new)


def package_variables(package: Path) -> dict[str, np.ndarray]:
    """The variables of an Argos package."""
    with zipfile.ZipFile(package) as archive:
        (member,) = [n for n in archive.namelist() if n.endswith("model/model.bin")]
        return read_variables(archive.read(member))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    settings = recipe()
    shape = Shape(**settings["model"], vocabulary=settings["vocabulary"]["size"])
    parameters = to_parameters(package_variables(arguments.package), shape)
    np.savez(arguments.output, **{key: value.numpy() for key, value in parameters.items()})


if __name__ == "__main__":
    main()

"""Prepare the last stage: one language at a time, half of what is drawn written for postings.

    python -m training.adapt --work training/work --name checkpoint
    python -m training.train --work training/work/adapt --name da --german 0 --minutes 5 \\
        --start-from training/work/adapt/start.npz --set peak_rate=0.0004 --set warmup_steps=20

Writes `WORK/adapt/`: the token arrays with other weights, and the checkpoint's average to start
from.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np

from training.corpus import LANGUAGES, recipe
from training.export import averaged

# `authored/` has by far the highest weight of the recipe, so weights tell its rows.
LIKE_AUTHORED = 0.8


def reweigh(weights: np.ndarray, authored: float, share: float) -> np.ndarray:
    """Weights with which rows of `authored/` are drawn with chance `share`."""
    ours = weights >= LIKE_AUTHORED * authored
    inside, outside = weights[ours].sum(), weights[~ours].sum()
    factor = share / (1 - share) * outside / inside
    return np.where(ours, weights * factor, weights).astype(np.float32)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--name", default="checkpoint", help="of the checkpoint to start from")
    parser.add_argument("--share", type=float, default=0.5, help="of authored/ in what is drawn")
    arguments = parser.parse_args()
    settings = recipe()
    folder = arguments.work / "adapt"
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        arrays = dict(np.load(arguments.work / f"pairs.{language}.npz"))
        arrays["weight"] = reweigh(
            arrays["weight"], settings["weights"]["authored"], arguments.share
        )
        np.savez(folder / f"pairs.{language}.npz", **arrays)
        name = f"held_back.{language}.tsv"
        shutil.copy(arguments.work / name, folder / name)
    shutil.copy(arguments.work / "vocabulary.model", folder)
    model = averaged(arguments.work, arguments.name, settings)
    np.savez(folder / "start.npz", **{k: v.numpy() for k, v in model.state_dict().items()})


if __name__ == "__main__":
    main()

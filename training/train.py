"""Train, or go on training, on one CPU or one GPU.

    python -m training.train --work training/work --until 18:30
    python -m training.train --work training/work --tokens 50_000_000

The rate follows the share of the run that is over, by the clock (`--until`, `--minutes`) or by
target tokens (`--tokens`), whichever is further, so a run that is paused or shares its machine
still ends with its cooldown. `WORK/checkpoint.pt` is written every few minutes and resumed from;
`--start-from FILE.npz` begins with other weights (`training.convert` makes them of a package).
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.corpus import LANGUAGES, recipe
from training.model import BEGIN, END, PAD, Model, Shape, SmoothedCrossEntropy

# Pairs drawn at once, sorted by length and cut into batches: enough for little padding.
POOL = 24_000
CHECKPOINT_SECONDS = 240
AVERAGE_EVERY = 4


class Pairs:
    """The pairs of one language as `training.corpus` wrote them."""

    def __init__(self, path: Path) -> None:
        arrays = np.load(path)
        self.source, self.target = arrays["source"], arrays["target"]
        self.source_ends, self.target_ends = arrays["source_ends"], arrays["target_ends"]
        self.chances = np.cumsum(arrays["weight"].astype(np.float64))

    def draw(self, count: int, chance: np.random.Generator) -> np.ndarray:
        """Numbers of `count` pairs, each drawn in proportion to its weight."""
        return np.searchsorted(self.chances, chance.random(count) * self.chances[-1])

    def pair(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Pieces of a pair: source, target."""
        first = number - 1
        source_start = self.source_ends[first] if number else 0
        target_start = self.target_ends[first] if number else 0
        return (
            self.source[source_start : self.source_ends[number]],
            self.target[target_start : self.target_ends[number]],
        )


def batches(
    pairs: list[Pairs], shares: list[float], tokens: int, chance: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Endless batches (source, target in, target out) of about `tokens` padded positions."""
    while True:
        pool = [
            one.pair(int(number))
            for one, share in zip(pairs, shares, strict=True)
            for number in one.draw(int(POOL * share), chance)
        ]
        jitter = chance.random(len(pool))
        pool = [
            pool[i]
            for i in sorted(range(len(pool)), key=lambda i: (_size(pool[i]) // 4, jitter[i]))
        ]
        cut, longest, start = [], 0, 0
        for position, pair in enumerate(pool):
            longest = max(longest, _size(pair))
            if longest * (position + 1 - start) > tokens:
                cut.append(pool[start:position])
                start, longest = position, _size(pair)
        for number in chance.permutation(len(cut)):
            yield _tensors(cut[number])


def _size(pair: tuple[np.ndarray, np.ndarray]) -> int:
    return max(len(pair[0]), len(pair[1])) + 1


def _tensors(rows: list[tuple[np.ndarray, np.ndarray]]) -> tuple[Tensor, Tensor, Tensor]:
    source = np.full((len(rows), max(len(s) for s, _ in rows) + 1), PAD, np.int64)
    target = np.full((len(rows), max(len(t) for _, t in rows) + 1), PAD, np.int64)
    labels = target.copy()
    for i, (s, t) in enumerate(rows):
        source[i, : len(s)], source[i, len(s)] = s, END
        target[i, 0], target[i, 1 : len(t) + 1] = BEGIN, t
        labels[i, : len(t)], labels[i, len(t)] = t, END
    return torch.from_numpy(source), torch.from_numpy(target), torch.from_numpy(labels)


class Optimiser:
    """AdamW on float32 masters of a bfloat16 model, and their moving average."""

    def __init__(self, model: Model, settings: dict) -> None:
        self.parameters = list(model.parameters())
        self.masters = [p.detach().float().clone() for p in self.parameters]
        self.average = [m.clone() for m in self.masters]
        self.adam = torch.optim.AdamW(
            self.masters, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True
        )
        self.peak = settings["peak_rate"]
        self.decay = settings["average"] ** AVERAGE_EVERY
        self.steps = 0

    def step(self, factor: float) -> float:
        """One update at `factor` of the peak rate; returns the gradient's norm."""
        for master, parameter in zip(self.masters, self.parameters, strict=True):
            master.grad = parameter.grad.float()
            parameter.grad = None
        norm = torch.nn.utils.clip_grad_norm_(self.masters, 1.0)
        for group in self.adam.param_groups:
            group["lr"] = self.peak * factor
        self.adam.step()
        with torch.no_grad():
            torch._foreach_copy_(self.parameters, self.masters)
            self.steps += 1
            if self.steps % AVERAGE_EVERY == 0:
                # A young average follows closely: otherwise it would remember the first weights.
                decay = min(self.decay, self.steps / (self.steps + 40))
                torch._foreach_lerp_(self.average, self.masters, 1 - decay)
        return float(norm)

    def state(self) -> dict:
        """What a checkpoint holds."""
        return {
            "masters": self.masters,
            "average": self.average,
            "adam": self.adam.state_dict(),
            "steps": self.steps,
        }

    def restore(self, state: dict) -> None:
        """Go on from `state`."""
        with torch.no_grad():
            torch._foreach_copy_(self.masters, state["masters"])
            torch._foreach_copy_(self.average, state["average"])
            torch._foreach_copy_(self.parameters, self.masters)
        self.adam.load_state_dict(state["adam"])
        self.steps = state["steps"]


def rate(steps: int, progress: float, warmup: int, cooldown: float) -> float:
    """Share of the peak rate: linear warm-up, constant, linear to zero."""
    return min(1.0, (steps + 1) / warmup) * min(1.0, max(0.0, (1 - progress) / cooldown))


def loss_of(model: Model, batch: tuple[Tensor, Tensor, Tensor], smoothing: float) -> Tensor:
    """Mean loss a target piece (nats)."""
    source, target, labels = batch
    real = labels != PAD
    hidden = model(source, target)[real]
    return SmoothedCrossEntropy.apply(
        hidden, model.embeddings.weight, model.projection_bias, labels[real], smoothing
    )


def train(arguments: argparse.Namespace, settings: dict) -> None:
    """Train until the time or the tokens are used up."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)
    chance = np.random.default_rng(time.time_ns() if arguments.reseed else 1)
    shape = Shape(**settings["model"], vocabulary=settings["vocabulary"]["size"])
    model = Model(shape)
    if arguments.start_from:
        weights = np.load(arguments.start_from)
        model.load_state_dict({k: torch.from_numpy(weights[k]) for k in weights.files})
    model = model.to(device, torch.bfloat16)
    options = settings["training"]
    optimiser = Optimiser(model, options)
    checkpoint = arguments.work / f"{arguments.name}.pt"
    tokens = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        optimiser.restore(state["optimiser"])
        tokens = state["tokens"]
    german = options["german"] if arguments.german is None else arguments.german
    stream = batches(
        [Pairs(arguments.work / f"pairs.{language}.npz") for language in LANGUAGES],
        [1 - german, german],
        options["batch_tokens"],
        chance,
    )
    begun, end, last = time.time(), deadline(arguments), time.time()
    seen, first_tokens, losses = 0, tokens, []
    with (arguments.work / f"{arguments.name}.log.jsonl").open("a") as log:
        while True:
            now = time.time()
            progress = (now - begun) / (end - begun) if end else 0.0
            if arguments.tokens:
                progress = max(progress, (tokens - first_tokens) / arguments.tokens)
            if progress >= 1:
                break
            for _ in range(options["accumulate"]):
                batch = tuple(t.to(device, non_blocking=True) for t in next(stream))
                loss = loss_of(model, batch, options["label_smoothing"])
                (loss / options["accumulate"]).backward()
                count = int((batch[2] != PAD).sum())
                tokens, seen = tokens + count, seen + count
            factor = rate(optimiser.steps, progress, options["warmup_steps"], options["cooldown"])
            norm = optimiser.step(factor)
            losses.append(float(loss.detach()))
            if optimiser.steps % 50 == 0:
                row = {
                    "step": optimiser.steps,
                    "tokens": tokens,
                    "loss": round(float(np.mean(losses[-50:])), 4),
                    "norm": round(norm, 3),
                    "rate": round(factor, 4),
                    "tokens_per_second": round(seen / (time.time() - begun)),
                    "minutes": round((time.time() - begun) / 60, 1),
                }
                print(json.dumps(row), file=log, flush=True)
                if not math.isfinite(losses[-1]):
                    raise SystemExit("the loss is not finite: lower the rate")
            if time.time() - last > CHECKPOINT_SECONDS:
                save(checkpoint, optimiser, tokens)
                last = time.time()
    save(checkpoint, optimiser, tokens)


def save(path: Path, optimiser: Optimiser, tokens: int) -> None:
    """Write a checkpoint beside, then rename."""
    torch.save({"optimiser": optimiser.state(), "tokens": tokens}, f"{path}.part")
    Path(f"{path}.part").replace(path)


def deadline(arguments: argparse.Namespace) -> float | None:
    """Seconds since the epoch at which the run ends, if the clock ends it."""
    if arguments.minutes:
        return time.time() + 60 * arguments.minutes
    if not arguments.until:
        return None
    now = datetime.datetime.now().astimezone()
    hour, minute = map(int, arguments.until.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (end if end > now else end + datetime.timedelta(days=1)).timestamp()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--name", default="checkpoint", help="of the checkpoint and the log")
    parser.add_argument("--start-from", type=Path)
    parser.add_argument("--until", help="HH:MM, local time")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--tokens", type=lambda text: int(text.replace("_", "")))
    parser.add_argument(
        "--german", type=float, help="share of German pairs, instead of the recipe's"
    )
    parser.add_argument(
        "--reseed", action="store_true", help="draw other batches than the last run"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="of [training]"
    )
    arguments = parser.parse_args()
    if not (arguments.until or arguments.minutes or arguments.tokens):
        parser.error("say how long: --until, --minutes or --tokens")
    settings = recipe()
    for pair in arguments.set:
        key, _, value = pair.partition("=")
        settings["training"][key] = json.loads(value)
    train(arguments, settings)


if __name__ == "__main__":
    main()

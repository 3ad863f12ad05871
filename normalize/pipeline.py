"""What a stage is, and how stages run over batches without one posting stopping the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from normalize.errors import NormalizeError, PostingError
from normalize.posting import Posting, Rejection, Source

Outcome = Posting | Rejection


class Stage(Protocol):
    """One step: a batch of postings in, as many outcomes out, in order.

    `version` is raised whenever the output of the stage changes for the same input, so that
    results computed before are not taken for current ones.
    """

    name: str
    version: int

    def __call__(self, batch: Sequence[Posting], /) -> list[Outcome]:
        """Answer each posting, in order."""
        ...


def each(
    name: str, function: Callable[[Posting], Posting], batch: Sequence[Posting]
) -> list[Outcome]:
    """Apply `function` to every posting; what it raises rejects that posting alone.

    `NormalizeError` (a missing model, a wrong setting) is about the whole run and goes up.
    """
    outcomes: list[Outcome] = []
    for posting in batch:
        try:
            outcomes.append(function(posting))
        except PostingError as error:
            outcomes.append(Rejection(posting.source, name, error.reason, error.detail))
        except (NormalizeError, MemoryError):
            raise
        except Exception as error:  # a fault of ours must not cost the other postings
            detail = f"{type(error).__name__}: {error}"
            outcomes.append(Rejection(posting.source, name, "internal_error", detail))
    return outcomes


def run_stages(stages: Sequence[Stage], sources: Iterable[Source]) -> list[Outcome]:
    """Run all stages over one batch of sources.

    Returns one outcome a source, in order. A stage that fails as a whole is called again posting
    by posting, so that only the posting at fault is rejected.
    """
    outcomes: list[Outcome] = [Posting(source) for source in sources]
    for stage in stages:
        places = [i for i, outcome in enumerate(outcomes) if isinstance(outcome, Posting)]
        batch = [outcome for outcome in outcomes if isinstance(outcome, Posting)]
        for place, outcome in zip(places, _answers(stage, batch), strict=True):
            outcomes[place] = outcome
    return outcomes


def _answers(stage: Stage, batch: Sequence[Posting]) -> list[Outcome]:
    try:
        return stage(batch)
    except (NormalizeError, MemoryError):
        raise
    except Exception:
        return [
            outcome
            for posting in batch
            for outcome in each(stage.name, lambda one: _only(stage, one), [posting])
        ]


def _only(stage: Stage, posting: Posting) -> Posting:
    (outcome,) = stage([posting])
    if isinstance(outcome, Rejection):
        raise PostingError(outcome.reason, outcome.detail)
    return outcome

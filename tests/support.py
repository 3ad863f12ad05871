"""What several tests need: cases read from `tests/cases/*.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parent.parent / "seeds"


def cases(name: str, *keys: str) -> list[Any]:
    """The cases of `tests/cases/NAME.json` as pytest parameters.

    The file is a list of objects with a `label`, the given keys, and perhaps a `comment`. With no
    keys each parameter is the whole object. `"xfail": "reason"` marks a known failure.
    """
    loaded = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            *([case[key] for key in keys] if keys else [case]),
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in loaded
    ]

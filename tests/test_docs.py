"""docs/commands.md is what the commands say now; after a change: make docs."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_commands_page_is_fresh():
    generate = runpy.run_path(str(DOCS / "generate.py"))

    assert (DOCS / "commands.md").read_text("utf-8") == generate["page"]()

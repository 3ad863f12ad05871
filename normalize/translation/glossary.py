"""The glossary: terms of academia and of postings whose English is known.

Only a whole block or sentence that is a term (a heading, a job title, a name) is replaced by its
English. Inside sentences terms are left to the model: a term pushed into running English without
its inflection and article reads worse than what the model writes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms of one language by their folded spelling; the empty string keeps a term as it is."""

    terms: Mapping[str, str]
    digest: str = ""

    def whole(self, text: str) -> str | None:
        """The English of a text that is a term and nothing else; None if it is not.

        A colon at the end stays; a heading in capitals stays in capitals.
        """
        bare = text.strip().rstrip(":").strip()
        target = self.terms.get(_folded(bare))
        if target is None:
            return None
        english = target or bare
        if bare.isupper() and len(bare) > 3:
            english = english.upper()
        elif bare[:1].isupper():
            english = english[:1].upper() + english[1:]
        return english + (":" if text.rstrip().endswith(":") else "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def glossary(language: str) -> Glossary:
    """The glossary that ships for a language; empty where there is none."""
    file = resources.files("normalize.translation") / "glossary" / f"{language}.csv"
    if not re.fullmatch("[a-z]{2,3}", language) or not file.is_file():
        return Glossary({})
    content = file.read_text(encoding="utf-8")
    rows = csv.DictReader(content.splitlines())
    terms = {_folded(row["source"]): row["target"] for row in rows}
    return Glossary(terms, sha256(content.encode()).hexdigest()[:8])

"""Scraped job and research postings in, clean English text out, offline, with all accounted for.

>>> import normalize
>>> normalize.repair("Technische Universit√§t Berlin")
'Technische Universität Berlin'

Names load what they need on first use, so `import normalize` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.api import Normalizer, detect, normalize, translate
    from normalize.api import repair as repair
    from normalize.errors import ConfigurationError, MissingModelError, NormalizeError, PostingError
    from normalize.posting import Posting, Rejection, Segment

__version__ = "0.1.0"

__all__ = [
    "ConfigurationError",
    "MissingModelError",
    "NormalizeError",
    "Normalizer",
    "Posting",
    "PostingError",
    "Rejection",
    "Segment",
    "detect",
    "normalize",
    "repair",
    "translate",
]

_HOMES = {
    "normalize.api": ("Normalizer", "detect", "normalize", "translate"),
    "normalize.errors": (
        "ConfigurationError",
        "MissingModelError",
        "NormalizeError",
        "PostingError",
    ),
    "normalize.posting": ("Posting", "Rejection", "Segment"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first asked for."""
    if name == "repair":  # the subpackage of that name is callable
        return import_module("normalize.repair")
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*__all__, "__version__"])

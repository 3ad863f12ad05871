"""Settings: `config.toml` as frozen, strict pydantic models.

Precedence: command-line flag, then the file, then the defaults here. `load` raises
`ConfigurationError` naming every wrong key, its value and what is allowed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from normalize.errors import ConfigurationError
from normalize.posting import Category

STRIPPED_BY_DEFAULT = (
    Category.PRIVACY,
    Category.EQUAL_OPPORTUNITY,
    Category.APPLICATION_ADMIN,
    Category.SITE_CHROME,
    Category.RELATED_JOBS,
    Category.COOKIE,
)

CategoryName = Literal[
    "privacy",
    "equal_opportunity",
    "application_admin",
    "site_chrome",
    "related_jobs",
    "cookie",
    "employer_profile",
    "benefits",
]
Format = Literal["text", "markdown", "jsonl", "parquet"]


class Section(BaseModel):
    """Base of all settings: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Input(Section):
    """Which files are read, and how much of them."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ("README*",)
    max_bytes: int = Field(default=20_000_000, gt=0)
    text_fields: tuple[str, ...] = (
        "title",
        "description",
        "text",
        "body",
        "content",
        "purpose",
        "requirements",
        "responsibilities",
        "qualifications",
        "benefits",
    )


class Output(Section):
    """Where results go and in which formats."""

    directory: str = "output"
    formats: tuple[Format, ...] = ("text", "markdown", "jsonl")
    ascii: bool = False


class Repair(Section):
    """Which repairs are made."""

    mojibake: bool = True
    lost_letters: bool = True
    layout: bool = True
    digraphs: bool = False


class Detect(Section):
    """Which languages a block can be in."""

    languages: tuple[str, ...] = ("da", "de", "en")


class AddedRule(Section):
    """A rule of the user's own; see `normalize/boilerplate/packs.py` for what the lists mean."""

    name: str = Field(min_length=1)
    category: CategoryName | Literal["keep"]
    phrases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


class StripRules(Section):
    """Rules added to and left out of those of the package."""

    add: tuple[AddedRule, ...] = ()
    disable: tuple[str, ...] = ()


class Repeated(Section):
    """Passages known from many documents as evidence; off without a file."""

    file: str = ""
    min_documents: int = Field(default=5, ge=2)


class Strip(Section):
    """Which categories of boilerplate are taken out, and by which rules they are known."""

    categories: tuple[CategoryName, ...] = tuple(c.value for c in STRIPPED_BY_DEFAULT)
    rules: StripRules = StripRules()
    repeated: Repeated = Repeated()


class Translate(Section):
    """How text becomes English."""

    enabled: bool = True
    required: bool = False
    models: tuple[str, ...] = ()
    memory: str = ""
    beam: int = Field(default=2, ge=1, le=16)
    batch_tokens: int = Field(default=1024, ge=32, le=65536)
    threads: int = Field(default=0, ge=0, le=256)
    device: Literal["cpu", "cuda", "auto"] = "cpu"
    compute_type: Literal["int8", "int8_float16", "float16", "float32", "default"] = "int8"


class Settings(Section):
    """Everything that can be set, with its default."""

    input: Input = Input()
    output: Output = Output()
    repair: Repair = Repair()
    detect: Detect = Detect()
    strip: Strip = Strip()
    translate: Translate = Translate()


def load(
    path: str | os.PathLike[str] | None = None, overrides: Mapping[str, Any] | None = None
) -> Settings:
    """Read settings from a TOML file; without a path, from `config.toml` here if there is one.

    Args:
        path: the file; it must exist when given.
        overrides: what flags say, as `{"translate.beam": 4}`; None values are left out.

    Raises:
        ConfigurationError: the file is missing, is no TOML, or a key or value is not allowed.
    """
    file = Path(path) if path is not None else Path("config.toml")
    data: dict[str, Any] = {}
    if path is not None or file.is_file():
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{file}: {error}") from None
    for key, value in (overrides or {}).items():
        if value is not None:
            section, _, name = key.partition(".")
            data.setdefault(section, {})[name] = value
    return parse(data, str(file))


def parse(data: Mapping[str, Any], origin: str = "settings") -> Settings:
    """Validate settings given as nested dictionaries; errors name `origin`."""
    try:
        return Settings.model_validate(_tuples(data))
    except ValidationError as error:
        lines = [
            f"{origin}: {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            f" (got {fault['input']!r})"
            for fault in error.errors(include_url=False)
        ]
        raise ConfigurationError("\n".join(lines)) from None


def _tuples(value: Any) -> Any:
    """TOML arrays as the tuples that frozen models hold."""
    if isinstance(value, Mapping):
        return {key: _tuples(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(inner) for inner in value)
    return value

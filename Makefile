# Needs Python 3.11+, pip, make and git; everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9

.DELETE_ON_ERROR:
.PHONY: setup run test lint docs bench lock clean

setup: $(BIN)/normalize

# --no-deps: requirements.lock is the whole environment, resolved with the overrides of
# pyproject.toml (no PyTorch, stanza, spaCy, minisbd).
$(BIN)/normalize: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

run: setup
	$(BIN)/normalize run seeds -o output

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: setup
	$(BIN)/python docs/generate.py

# The peers (trafilatura, jusText, py3langid, sacreBLEU) are only needed here.
bench: setup
	$(BIN)/uv pip install --quiet --python $(BIN)/python trafilatura justext py3langid sacrebleu
	$(BIN)/python benchmarks/repair.py
	$(BIN)/python benchmarks/language.py
	$(BIN)/python benchmarks/boilerplate.py benchmarks/data/postings/*.labels.jsonl

# After a change of dependencies. No registry address is recorded: names, versions, hashes.
lock:
	uv lock --quiet
	uv export --quiet --no-emit-project --group dev --no-annotate --no-header > requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

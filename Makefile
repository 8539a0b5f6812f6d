# Everything a person does with this repository. Needs Python 3.11 or newer, and make.
#   make demo    set up, then run the main job on sample papers
#   make test    set up, then run the tests
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: accuracy demo test check format bench fuzz docs lock clean setup train-names

demo: $(READY)
	$(BIN)/screener demo

test: $(READY)
	$(BIN)/python -m pytest -n 2

# Exactly what CI runs: format, lint, types, import contracts, docs and translations, tests.
check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m screener.locale --check
	$(BIN)/python -m recognizers.docs --check
	$(BIN)/python -m cli.docs --check
	$(BIN)/python -m tests.bypasses --check
	$(BIN)/python -m tests.extract.places --check
	$(MAKE) test

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Speed, memory and accuracy beside a peer or a floor, all in one run.
bench: $(READY)
	$(BIN)/python -m tests.bench

# Thousands of broken files of each format; what must not happen is kept in build/fuzz.
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz

# Right and wrong on 2,024 made-up papers of a fresh seed, beside other tools (they get a venv of their own).
accuracy: $(READY)
	$(BIN)/python -m tests.accuracy --seed 10000 --page docs/accuracy.md

# Pages and tables that are generated from the code.
docs: $(READY)
	$(BIN)/python -m screener.locale
	$(BIN)/python -m recognizers.docs
	$(BIN)/python -m cli.docs
	$(BIN)/python -m tests.bypasses
	$(BIN)/python -m tests.extract.places

# Versions and hashes, no hosts: the same file serves every mirror.
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock

# The name network anew, into build/names (docs/names-model.md). PyTorch comes with the first run: a
# large download, which nobody who only uses the tool ever needs.
train-names: $(READY) .venv/.train
	$(BIN)/python -m recognizers.names.training

.venv/.train: $(READY)
	$(BIN)/pip install -q --disable-pip-version-check -e '.[train]'
	@touch $@

setup: $(READY)

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "没有找到 Python。请安装 Python 3.11 后重试。 Python 3.11 is needed."; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更高版本，当前是：$$($(PYTHON) --version)。 Set PYTHON=/path/to/python3.11"; exit 2; }
	@"$(PYTHON)" -c 'import venv, ensurepip' || \
	  { echo "缺少 venv 模块。Debian、Ubuntu 请先：apt-get install python3-venv"; exit 2; }
	"$(PYTHON)" -m venv .venv
	@if command -v uv >/dev/null 2>&1; then \
	  echo "uv pip install"; VIRTUAL_ENV=.venv uv pip install -q --require-hashes -r requirements.lock; \
	else \
	  echo "pip install"; $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

clean:
	rm -rf .venv .demo .bench build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

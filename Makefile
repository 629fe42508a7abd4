# Needs python3 (3.11 or newer), make and git. What else it takes is installed into .venv; for `make test` also Chromium.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: site serve test bench bench-search lint clean

site: .venv/.installed
	@$(BIN)/sitegen add sitegen/sample
	@$(BIN)/sitegen build

serve: .venv/.installed
	@$(BIN)/sitegen serve

test: lint
	@$(PYTHON) .ci/setup.py chromium
	@SITEGEN_REQUIRE_BROWSER=1 $(BIN)/pytest -n auto --dist worksteal

# Beside MkDocs Material, Hugo and Pagefind: `make bench BENCH="--huge"` for 100,000 papers too (an hour, 8 GB).
bench: .venv/.installed-bench
	@$(BIN)/python -m tests.bench $(BENCH)

# The same queries asked of sitegen's search, Pagefind and MkDocs Material: `make bench-search BENCH="--papers 1000"`.
bench-search: .venv/.installed-bench
	@$(PYTHON) .ci/setup.py chromium
	@$(BIN)/python -m tests.bench.search $(BENCH)

lint: .venv/.installed-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

.venv/.installed: pyproject.toml
	@$(PYTHON) .ci/setup.py package
	@touch $@

.venv/.installed-dev: pyproject.toml
	@$(PYTHON) .ci/setup.py package-dev
	@touch .venv/.installed $@

.venv/.installed-bench: pyproject.toml
	@$(PYTHON) .ci/setup.py package-bench
	@touch .venv/.installed $@

clean:
	rm -rf .venv site .site.* .cache .hypothesis .mypy_cache .ruff_cache
	find sitegen tests -name __pycache__ -prune -exec rm -rf {} +

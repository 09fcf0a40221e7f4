# Two commands from a fresh clone: `make demo` shows the main job, `make test` passes every check.
VENV ?= .venv
export VENV

.PHONY: demo test check bench docs setup lock

demo: setup
	@$(VENV)/bin/valinta demo

test: setup
	@bash .ci/stages

check: setup
	@$(VENV)/bin/ruff format --check . && $(VENV)/bin/ruff check . && $(VENV)/bin/mypy && $(VENV)/bin/lint-imports

bench: setup
	@$(VENV)/bin/python -m pytest -q benchmarks --benchmark-only

docs: setup
	@$(VENV)/bin/python -m tests.house.commands_page
	@$(VENV)/bin/python -m tests.house.rules_page
	@$(VENV)/bin/python -m tests.house.terms_page
	@$(VENV)/bin/python -m tests.house.register_page

setup:
	@bash .ci/setup

lock:
	@$(VENV)/bin/pip-compile --quiet --upgrade --extra dev --generate-hashes --allow-unsafe --strip-extras --no-header \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml

# STO Desktop: `make run` starts it, `make test` checks it. Both first install what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# On Debian and Ubuntu: what Qt's window (xcb, Wayland) and windowless (offscreen) platforms load, and the typeface.
QT_PACKAGES := libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 \
	libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libwayland-cursor0 libwayland-egl1 fonts-inter
# Besides LibreOffice: pages as pictures, and a typeface as wide as Word's Calibri.
OFFICE_PACKAGES := poppler-utils fonts-crosextra-carlito

# A Mac always has a display; elsewhere these tell.
DISPLAYED := $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname))

.PHONY: setup run test .types .collected test-long test-office test-peers torture mutants bench structure words lock format clean

setup: $(VENV)/.packages

$(VENV)/.system: Makefile .ci/debian-packages
	@.ci/debian-packages $$($(PYTHON) -c 'import ensurepip' 2>/dev/null || echo python3 python3-venv) $(QT_PACKAGES)
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "STO Desktop needs Python 3.11 or newer. Name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@mkdir -p $(VENV) && touch $@

$(VENV)/.packages: requirements.lock $(VENV)/.system
	@echo "Installing Python packages into $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

run: setup
ifneq ($(DISPLAYED),)
	$(BIN)/python main.py
else
	@echo "No display here: a demonstration goes through a whole panel without one."
	QT_QPA_PLATFORM=offscreen $(BIN)/python main.py demo --uit build/demo
	@echo "The dossier, the verslag in Word and the screenshots are in build/demo:" && ls build/demo
endif

# Most of collecting the tests is the rewriting of their asserts. Both processes that run them would do it, so it is done
# once, while mypy is busy, and kept.
test: export PYTHONDONTWRITEBYTECODE :=
test: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory -j 2 .types .collected
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not long"

.types:
	$(BIN)/mypy

# Silent, since the tests themselves tell what can't be imported.
.collected:
	-@$(BIN)/python -m pytest --collect-only -qq >/dev/null

# Whole ways through the program, processes that are killed, and laws over many examples.
test-long: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long

test-office: setup
	@.ci/debian-packages $$(command -v soffice >/dev/null || echo libreoffice-writer-nogui) $(OFFICE_PACKAGES)
	$(BIN)/python -m pytest tests/office

# The real QualCoder, from a checkout beside this one: git clone https://github.com/ccbogel/QualCoder ../QualCoder
QUALCODER ?= ../QualCoder
test-peers: setup
	@ls $(QUALCODER)/src/qualcoder/refi.py >/dev/null || \
		{ echo "No QualCoder in $(QUALCODER). Name a checkout: make test-peers QUALCODER=/path/to/QualCoder" >&2; exit 1; }
	QT_QPA_PLATFORM=offscreen QUALCODER=$(abspath $(QUALCODER)) $(BIN)/python -m pytest tests/peers

# An hour or two for all modules; what was killed is not run again. Some of them: make mutants ONLY='*voices*'
$(VENV)/.mutmut: $(VENV)/.packages
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	@touch $@

# Ten minutes; seeds go on where the last run stopped, and the counts in docs/TORTURE.md add up. One kind: ONLY=histories
torture: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.torture --seconds $(or $(SECONDS),600) $(if $(ONLY),--only $(ONLY))

mutants: setup $(VENV)/.mutmut
	STO_TEST_PROFILE=mutants QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.mutant_run $(if $(ONLY),'$(ONLY)')
	$(BIN)/python -m docs.mutants

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

# The table of rooms in docs/ARCHITECTURE.md, from the code itself.
structure: setup
	$(BIN)/python -m docs.structure

# Every word for people, as translators get it: build/sto.pot.
words: setup
	$(BIN)/python -m docs.words

# For every system at once, from pyproject.toml. Keeps what is locked unless: make lock UPGRADE=--upgrade
lock: setup
	$(BIN)/uv --no-config pip compile --quiet --universal --group dev --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" $(UPGRADE) pyproject.toml --output-file requirements.lock

format: setup
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist mutants .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

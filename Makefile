# The only commands anyone needs. Everything is installed into .venv; nothing else on the machine changes.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
# A CPU build of PyTorch, asked for by itself so that no other package can pull the CUDA one in.
# README tells where to get it: TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH ?= torch==2.13.0
TORCH_INDEX ?=
DATA ?= ../shared/data
ARGS ?=

BIN := .venv/bin

.PHONY: setup run test check fix evaluate bench browser train clean

setup: .venv/ready

.venv/ready: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -c 'import torch' 2>/dev/null || \
		$(BIN)/pip install -q $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) '$(TORCH)'
	$(BIN)/pip install -q -e '.[dev]'
	touch $@

run: setup
	$(BIN)/chidao ingest corpus
	$(BIN)/chidao serve --host $(HOST) --port $(PORT)

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: setup
	$(BIN)/pip install -q -e '.[bench]'
	$(BIN)/python -m bench.evaluate --data $(DATA) $(ARGS)

bench: setup
	$(BIN)/pip install -q -e '.[bench]'
	$(BIN)/python -m bench.speed --data $(DATA) --out docs/bench.json $(ARGS)

browser: setup
	$(BIN)/pip install -q -e '.[browser]'
	$(BIN)/python -m pytest tests/web

train: setup
	$(BIN)/pip install -q -e '.[train]'
	$(BIN)/python -m bench.train.encoder --data $(DATA) --out index/weights/encoder
	$(BIN)/python -m bench.train.lexicon --data $(DATA) --out index/weights/lexicon.tsv
	$(BIN)/python -m bench.train.fusion --data $(DATA) --out index/weights/fusion.json
	$(BIN)/python -m bench.train.phrases --data $(DATA) --out ingest/weights/phrases.npz
	$(BIN)/python -m bench.train.restore --data $(DATA) --out index/weights/diacritics.npz

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

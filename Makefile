# Every target sets up what it needs. `make help` lists them.

SWIFT := swift
SOURCES := Sources Tests Benchmarks Package.swift
SPOLVERO := .build/release/spolvero
DEMO := .build/demo

.DEFAULT_GOAL := help
.PHONY: help bootstrap build format check-format test demo clean

help: ## List the targets.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

bootstrap:
	@tools/bootstrap.sh

build: bootstrap ## Build the program and the library, optimized.
	$(SWIFT) build -c release --product spolvero

format: bootstrap ## Format the sources.
	$(SWIFT) format --in-place --recursive $(SOURCES)

check-format: bootstrap
	$(SWIFT) format lint --strict --recursive $(SOURCES)

test: check-format ## Check the format, build everything and run all tests.
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build --disable-xctest

demo: build ## Augment two photographs with a tiny random model, which paints noise.
	@rm -rf $(DEMO)
	$(SPOLVERO) synthesize --architecture tiny --output $(DEMO)/model
	$(SPOLVERO) augment --dataset Weights/demo --split train --captions Weights/demo/captions.jsonl --prior canny \
	  --model $(DEMO)/model --adapter $(DEMO)/model/adapter --resolution 256 --steps 10 --output $(DEMO)/dataset
	@echo "The augmented dataset is in $(DEMO)/dataset. The model is random, so what it painted is noise:"
	@echo "with a trained one, pass its folder as --model (see README.md)."

clean: ## Remove everything that was built.
	rm -rf .build

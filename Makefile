# Every target sets up what it needs. `make help` lists them.

SWIFT := swift
SOURCES := Sources Tests Benchmarks Package.swift
SPOLVERO := .build/release/spolvero
DEMO := .build/demo
MODEL := Weights/littleworld

.DEFAULT_GOAL := help
.PHONY: help bootstrap bootstrap-tests build format check-format test demo clean

help: ## List the targets.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

bootstrap:
	@tools/bootstrap.sh

bootstrap-tests: bootstrap
	@tools/bootstrap.sh --tests

build: bootstrap ## Build the program and the library, optimized.
	$(SWIFT) build -c release --product spolvero

format: bootstrap ## Format the sources.
	$(SWIFT) format --in-place --recursive $(SOURCES)

check-format: bootstrap
	$(SWIFT) format lint --strict --recursive $(SOURCES)

test: bootstrap-tests check-format ## Check the format, build everything and run all tests.
	@SWIFT=$(SWIFT) tools/run_tests.sh

demo: build ## Even out the classes of the demo dataset with the model in the box.
	@rm -rf $(DEMO)
	$(SPOLVERO) statistics Weights/demo
	$(SPOLVERO) augment --dataset Weights/demo --captions Weights/demo/captions.jsonl --target-per-class 12 \
	  --model $(MODEL) --prior lineart --prior-model $(MODEL)/lineart --adapter $(MODEL)/adapters/lineart \
	  --resolution 96 --steps 25 --cfg-scale 4 --batch-size 8 --output $(DEMO)/dataset
	$(SPOLVERO) sheet $(DEMO)/dataset --prior-model $(MODEL)/lineart --output $(DEMO)/sheet.png
	@echo "$(DEMO)/sheet.png shows what was painted, $(DEMO)/dataset is the larger dataset."

clean: ## Remove everything that was built.
	rm -rf .build

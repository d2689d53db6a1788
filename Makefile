# Every target sets up what it needs. `make help` lists them.

SWIFT := swift
SOURCES := Sources Tests Benchmarks Fuzzing Package.swift
SPOLVERO := .build/release/spolvero
DEMO := .build/demo
MODEL := Weights/littleworld
PREFIX := /usr/local
RELEASE := .build/spolvero-$(shell uname -s | tr A-Z a-z)-$(shell uname -m)

.DEFAULT_GOAL := help
.PHONY: help bootstrap bootstrap-tests build format check-format test static manual install release demo docs clean

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

static: bootstrap ## Build the program so that it runs where there is no Swift.
	SWIFT=$(SWIFT) tools/build_static.sh

manual: static
	$(SWIFT) build --package-path .build/static/checkouts/swift-argument-parser --scratch-path .build/manual \
	  --product generate-manual
	@mkdir -p .build/manual/pages
	.build/manual/debug/generate-manual .build/static/release/spolvero --multi-page \
	  --output-directory .build/manual/pages

install: manual ## Install program, completions and manual pages below PREFIX, /usr/local if not given.
	tools/stage.sh "$(DESTDIR)$(PREFIX)"

release: manual ## Pack what `make install` installs as .build/spolvero-….tar.gz.
	@rm -rf $(RELEASE)
	tools/stage.sh $(RELEASE)
	tar --create --gzip --owner 0 --group 0 --file $(RELEASE).tar.gz --directory .build $(notdir $(RELEASE))
	@echo "$(RELEASE).tar.gz"

demo: build ## Caption the demo dataset, even out its classes and judge what was painted, with the models in the box.
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(SPOLVERO) statistics Weights/demo
	$(SPOLVERO) caption Weights/demo --model $(MODEL)-captioner --output $(DEMO)/captions.jsonl
	$(SPOLVERO) augment --dataset Weights/demo --captions $(DEMO)/captions.jsonl --target-per-class 12 \
	  --model $(MODEL) --prior lineart --prior-model $(MODEL)/lineart --adapter $(MODEL)/adapters/lineart \
	  --resolution 96 --steps 25 --cfg-scale 4 --batch-size 8 --precision fp32 --output $(DEMO)/dataset
	$(SPOLVERO) score $(DEMO)/dataset --clip $(MODEL)-clip --segmenter $(MODEL)-segmenter --plot $(DEMO)/agreement.svg
	$(SPOLVERO) filter $(DEMO)/dataset --keep 0.8 --by agreement --segmenter $(MODEL)-segmenter
	$(SPOLVERO) sheet $(DEMO)/dataset --prior-model $(MODEL)/lineart --output $(DEMO)/sheet.png
	@echo "$(DEMO)/sheet.png shows what was painted, $(DEMO)/agreement.svg how well it shows the masks;"
	@echo "$(DEMO)/dataset is the larger dataset, whose list 'kept' leaves out the worst fifth."

docs: bootstrap ## Render the library's documentation.
	tools/document.sh .build/documentation

clean: ## Remove everything that was built.
	rm -rf .build

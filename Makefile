# The front door. Two commands do everything on a fresh Debian 12: make run, make check.
# The work is done by meson.build; here are only the steps around it.
.DEFAULT_GOAL := build
# A build that fails fails, also where only its last line is shown.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
BUILD ?= build
DEBUG ?= build-debug
DB ?= sqlite:demo-data/lapor.db
LISTEN ?= 127.0.0.1:8080
REPORTS ?= 2000

.PHONY: build debug run check check-source check-all bench unit clean packages-build packages-check accept

# A changed list of files means a new configuration; meson cannot see new files by itself.
FILES = $(shell { find src tools assets data sop tests/unit tests/fuzz tests/scenario -type f 2>/dev/null; cat meson.build; } | LC_ALL=C sort | cksum | cut -d' ' -f1)

packages-build:
	@tools/packages.sh build
packages-check:
	@tools/packages.sh build check

define configure
	@mkdir -p $(1) && if [ "$$(cat $(1)/.files 2>/dev/null)" != "$(FILES)" ] || [ ! -f $(1)/build.ninja ]; then \
		if [ -f $(1)/build.ninja ]; then meson setup --reconfigure $(1) >$(1)/.setup.log 2>&1; \
		else meson setup $(1) $(2) >$(1)/.setup.log 2>&1; fi || { cat $(1)/.setup.log; exit 1; }; \
		echo "$(FILES)" >$(1)/.files; fi
endef

build: packages-build
	$(call configure,$(BUILD),--buildtype=release)
	@ninja -C $(BUILD) lapor | tail -n 1

debug: packages-check
	$(call configure,$(DEBUG),--buildtype=debug -Db_sanitize=address$(comma)undefined)
	@ninja -C $(DEBUG) | tail -n 1
comma := ,

# Builds, makes demo data once, serves it, prints the address and the accounts.
run: build
	@tools/run.sh $(BUILD)/lapor "$(DB)" $(LISTEN) $(REPORTS)

check-source:
	@tools/check-source.sh

# Every ring; the line "N passed, N failed" comes last. CI runs exactly this.
check: build debug
	@BUILD=$(BUILD) DEBUG=$(DEBUG) tests/run.sh
# The same with the long forms: 200 kills under load.
check-all: build debug
	@BUILD=$(BUILD) DEBUG=$(DEBUG) tests/run.sh --all

unit: debug
	@BUILD=$(BUILD) DEBUG=$(DEBUG) tests/run.sh unit

# Rewrites the golden files from today's output; read the diff before you commit it.
accept: build debug
	@tests/sql/run.sh $(DEBUG) --accept && tests/scenario/run.sh $(DEBUG) sqlite --accept && tests/golden/run.sh $(BUILD) --accept && git diff --stat tests

bench: build
	@tools/packages.sh build check bench
	@bench/run.sh $(BUILD)/lapor


clean:
	rm -rf $(BUILD) $(DEBUG)

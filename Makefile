# Everything that is done to this repository has a target here. `make help` lists them.
#
# `make demo` and `make test` are the two commands of the README: each sets up what it needs by itself, and needs no network the second time.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CARGO ?= cargo
# Cargo.lock is part of what is built and tested; whoever changes Cargo.toml runs a plain cargo first.
LOCKED ?= --locked
# For `build` and `install`: release (thin LTO) or dev.
PROFILE ?= release
# Where `install` puts the binary.
PREFIX ?= /usr/local
DESTDIR ?=

profile_folder = $(if $(filter dev,$(PROFILE)),debug,$(PROFILE))

.PHONY: help
help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# The demo is the ordinary server, started the way that brings a newcomer to it soonest: the dev profile compiles from nothing in a
# fraction of the time that release with its link-time optimisation takes, password hashing is optimised in it all the same, and
# `make test` finds the dependencies compiled. ARGS go to the program: make demo ARGS='--bind 127.0.0.1:9000'.
.PHONY: demo
demo: setup-build console ## start the demo on http://127.0.0.1:8080 with made-up data in ./data
	$(CARGO) run $(LOCKED) -- demo $(ARGS)

# Plain `cargo test`, not nextest: it runs the examples in the documentation too, and starts one PostgreSQL for each test binary
# instead of one for each test. The days in a browser come last and one after the other: a browser beside other tests is starved, and
# what it says then is about the machine. ARGS go to cargo: make test ARGS='--test api rounds'.
.PHONY: test
test: setup-test console ## run all tests: of the console, then on SQLite and on a throwaway PostgreSQL, with a browser
	npm --prefix web test
	@bin=$$(scripts/postgres-bin); echo "PostgreSQL for the tests: $$("$$bin/postgres" --version) in $$bin"
	@export LAOSHAN_BROWSER=required LAOSHAN_TEST_PG_BIN=$$(scripts/postgres-bin); \
	if test -n "$(ARGS)"; then $(CARGO) test $(LOCKED) $(ARGS); \
	else $(CARGO) test $(LOCKED) -- --skip in_a_browser && $(CARGO) test $(LOCKED) --test api in_a_browser -- --test-threads 1 --nocapture; fi

.PHONY: check
check: setup-build web/node_modules/.package-lock.json ## formatting, lints, and the licences of the dependencies
	npm --prefix web run check
	$(CARGO) fmt --all --check
	$(CARGO) clippy $(LOCKED) --all-targets -- -D warnings
	@if $(CARGO) deny --version >/dev/null 2>&1; then \
		$(CARGO) deny check licenses bans sources; \
	else \
		echo "cargo-deny is not installed, so licences were not checked (cargo install cargo-deny)"; \
	fi

# Without Node there is no console; the server then serves a page that says how to build it.
.PHONY: console
console: ## build the web console into web/dist, from where the binary takes it
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web/dist/index.html; \
	else echo "There is no npm, so the console was not built (Node 20.19 or later, https://nodejs.org)"; fi

# npm writes this file when it is done, so an interrupted installation is begun again.
web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	npm --prefix web ci
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json docs/openapi.json web/index.html web/vite.config.ts web/tsconfig.json \
		$(shell find web/src web/public web/scripts -type f -not -name schema.d.ts 2>/dev/null)
	npm --prefix web run build
	@touch $@

.PHONY: build
build: setup-build console ## compile the binary (PROFILE=release)
	$(CARGO) build $(LOCKED) --profile $(PROFILE)

.PHONY: install
install: build ## compile it and put it into $(DESTDIR)$(PREFIX)/bin
	install -D -m 755 target/$(profile_folder)/laoshan $(DESTDIR)$(PREFIX)/bin/laoshan

.PHONY: bench
bench: setup-build ## measure the benchmarks (release)
	$(CARGO) bench $(LOCKED) $(ARGS)

# What the program knows about itself, as files that are read on the web. Tests fail when they are stale. Written beside and then
# moved, so that a failure leaves the old file.
# $(call printed,ARGUMENTS,FILE)
printed = mkdir -p target docs && $(CARGO) run $(LOCKED) --quiet -- $(1) > target/$(notdir $(2)).new && mv target/$(notdir $(2)).new $(2)

.PHONY: openapi
openapi: setup-build ## write docs/openapi.json from the program
	$(call printed,openapi,docs/openapi.json)

.PHONY: docs
docs: setup-build ## write docs/roles.md, docs/problems.md and docs/notices.md from the program
	$(call printed,docs roles,docs/roles.md)
	$(call printed,docs problems,docs/problems.md)
	$(call printed,docs notices,docs/notices.md)

.PHONY: matrix
matrix: setup-test ## write tests/api/role-matrix.txt: what every role is answered by every operation
	LAOSHAN_UPDATE_MATRIX=1 cargo test --test api roles::every_role_meets_the_committed_answers_on_sqlite

.PHONY: setup
setup: setup-test ## install what build and tests need, nothing else

.PHONY: setup-build
setup-build: ## install what the build needs: pkg-config and OpenSSL's headers
	@scripts/setup build

.PHONY: setup-test
setup-test: ## install what the tests need besides: PostgreSQL and Python
	@scripts/setup test

.PHONY: clean
clean: ## remove what was built; data of the demo stays
	$(CARGO) clean

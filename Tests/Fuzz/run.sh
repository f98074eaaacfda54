#!/usr/bin/env bash
# Feeds everything that reads bytes from strangers with libFuzzer, under the address sanitizer, two targets at a time.
# usage: Tests/Fuzz/run.sh [SECONDS in all, 60] [TARGET …]
set -euo pipefail
cd "$(dirname "$0")/../.."
codecs=" requests frames compressed "
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($codecs experiments commands recipes links checkpoints safetensors records points)
build=.build/fuzz
mkdir -p "$build"

{
    swift build -c release --target GRDB && swift build -c release --target Logging &&
        make -j 2 -f Tests/Fuzz/Makefile
} > "$build/build.log" 2>&1 || { cat "$build/build.log"; exit 1; }

# fuzz TARGET SECONDS: new finds go beside the build; the corpus in the repository is only read.
fuzz() {
    local fuzzer=lab
    [[ "$codecs" != *" $1 "* ]] || fuzzer=codecs
    mkdir -p "$build/$1"
    if ! FUZZ_TARGET=$1 SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=32:malloc_context_size=0 "$build/$fuzzer" \
        -max_total_time="$2" -max_len=4096 -timeout=60 -detect_leaks=0 -rss_limit_mb=1024 -malloc_limit_mb=256 \
        -print_final_stats=1 -verbosity=1 -artifact_prefix="$build/$1-" -dict="Tests/Fuzz/$fuzzer.dict" \
        "$build/$1" "Tests/Fuzz/corpus/$1" > "$build/$1.log" 2>&1; then
        tail -40 "$build/$1.log"
        return 1
    fi
    echo "$1: $(awk '/number_of_executed_units/ { print $2 }' "$build/$1.log") inputs, no promise broken"
}
export -f fuzz
export build codecs
each=$((seconds * 2 / (${#targets[@]} > 1 ? ${#targets[@]} : 2)))
printf '%s\n' "${targets[@]}" | xargs -P 2 -I '{}' bash -c "fuzz '{}' $each"

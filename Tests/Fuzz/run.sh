#!/usr/bin/env bash
# Feeds everything that reads bytes from strangers with libFuzzer, under the address sanitizer.
# usage: Tests/Fuzz/run.sh [SECONDS each, 15] [requests|frames|compressed …]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-15}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(requests frames compressed)
build=.build/fuzz
mkdir -p "$build"
http=Sources/WebServer/HTTP
socket=Sources/WebServer/WebSocket
# The codecs are pure values, so that these few files are all there is to compile.
swiftc -O -wmo -parse-as-library -suppress-warnings -sanitize=fuzzer,address \
    -module-name WebServer -package-name ganlab -I Sources/CZlib -o "$build/fuzz" \
    $http/{ASCII,ChunkSize,FieldLine,FieldScanner,FramingFields,HTTPError,Headers,Method,RequestHead,RequestParser,RequestTarget,Status}.swift \
    $socket/{CloseCode,Frame,FrameDecoder,Inflater,MessageDecoder,UTF8Validator,WebSocketError,WebSocketMessage}.swift \
    Tests/WebServerTests/Support/ParsedRequest.swift Tests/WebServerTests/WebSocket/Decoding.swift \
    Tests/Fuzz/FuzzTargets.swift -lz > "$build/build.log" 2>&1 || { cat "$build/build.log"; exit 1; }
for target in "${targets[@]}"; do
    # New finds go beside the build; the corpus in the repository is only read.
    mkdir -p "$build/$target"
    if ! FUZZ_TARGET=$target ASAN_OPTIONS=detect_leaks=0 "$build/fuzz" -max_total_time="$seconds" -max_len=2048 \
        -print_final_stats=1 -verbosity=0 -artifact_prefix="$build/$target-" -dict=Tests/Fuzz/dictionary.txt \
        "$build/$target" "Tests/Fuzz/corpus/$target" > "$build/$target.log" 2>&1; then
        tail -40 "$build/$target.log"
        exit 1
    fi
    echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "$build/$target.log") inputs, no promise broken"
done

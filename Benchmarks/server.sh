#!/usr/bin/env bash
# The server beside nginx with one worker and Hummingbird on one thread, as far as they are there, in the same run:
# requests a second of 1 KB and 100 KB over 64 kept connections, and the processor time that each request costs, which a
# busy machine changes less. Then WebSocket: round trips of 64 bytes, beside the least that an echo can cost, and 12 KB
# thirty times a second to many viewers.
# usage: Benchmarks/server.sh [SECONDS each, 5]   (needs wrk)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
swift build -c release --product server-bench
bench=.build/release/server-bench
hummingbird=Benchmarks/Peers/.build/release/hummingbird-peer
work=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait || true; rm -rf "$work"' EXIT
head -c 1024 /dev/zero | tr '\0' x > "$work/1k.txt"
head -c 102400 /dev/urandom > "$work/100k.bin"
chmod 755 "$work"
ulimit -n "$(ulimit -Hn)"
servers=()

$bench 18080 "$work" > /dev/null & started+=($!)
servers+=("ours $! 18080")
$bench floor asleep 18083 & started+=($!)

if command -v nginx > /dev/null; then
    cat > "$work/nginx.conf" <<END
worker_processes 1; daemon off; pid $work/pid; error_log /dev/null;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d;
    scgi_temp_path $work/e;
    server { listen 127.0.0.1:18081; root $work; }
}
END
    nginx -c "$work/nginx.conf" & started+=($!)
    sleep 1
    servers+=("nginx $(pgrep -P $!) 18081")
fi
if [ -x "$hummingbird" ]; then
    "$hummingbird" 18082 "$work/1k.txt" "$work/100k.bin" > /dev/null 2>&1 & started+=($!)
    servers+=("hummingbird $! 18082")
else
    echo "no Hummingbird: swift build -c release --package-path Benchmarks/Peers"
fi
sleep 1

# Clock ticks (a hundredth of a second) that a process has used.
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

measure() { # file name pid port
    local before after
    before=$(ticks "$3")
    wrk -t1 -c64 -d"${seconds}s" --latency "http://127.0.0.1:$4/$1" > "$work/out"
    after=$(ticks "$3")
    awk -v name="$2" -v file="$1" -v ticks=$((after - before)) '
        /50%/ { p50 = $2 } /99%/ { p99 = $2 } /requests in/ { n = $1 } /Requests\/sec/ { rate = $2 }
        END { printf "%-11s %-9s %10.0f req/s   p50 %8s p99 %8s   %5.1f us of processor a request\n",
              name, file, rate, p50, p99, ticks * 10000 / n }' "$work/out"
}

# Each has sent everything once before, or the first would pay for the memory that the system has yet to find.
for server in "${servers[@]}"; do
    for file in 1k.txt 100k.bin; do wrk -t1 -c64 -d1s "http://127.0.0.1:${server##* }/$file" > /dev/null; done
done
for round in 1 2; do
    for file in 1k.txt 100k.bin; do
        # shellcheck disable=SC2086 # name, process and port are words
        for server in "${servers[@]}"; do measure $file $server; done
    done
done
for round in 1 2; do
    echo "floor, asleep: $($bench load echo 18083 1 "$seconds")"
    $bench floor awake 18084 & awake=$!
    sleep 0.2
    echo "floor, awake:  $($bench load echo 18084 1 "$seconds")"
    kill $awake
    echo "ours:          $($bench load echo 18080 1 "$seconds")"
done
$bench load echo 18080 32 "$seconds"
for clients in 1000 2000 3000; do $bench load stream 18080 $clients "$seconds"; done

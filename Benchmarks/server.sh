#!/usr/bin/env bash
# The server beside nginx with one worker, in the same run: requests a second of 1 KB and 100 KB over 64 kept
# connections, and the processor time that each request costs, which a busy machine changes less. Then WebSocket: round
# trips of 64 bytes, and 12 KB thirty times a second to many viewers.
# usage: Benchmarks/server.sh [SECONDS each, 5]   (needs wrk and nginx)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
swift build -c release --product server-bench
bench=.build/release/server-bench
work=$(mktemp -d)
trap 'kill $ours $nginx 2>/dev/null || true; wait || true; rm -rf "$work"' EXIT
head -c 1024 /dev/zero | tr '\0' x > "$work/1k.txt"
head -c 102400 /dev/urandom > "$work/100k.bin"
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
chmod 755 "$work"
ulimit -n "$(ulimit -Hn)"
$bench 18080 "$work" > /dev/null & ours=$!
nginx -c "$work/nginx.conf" & nginx=$!
sleep 1
worker=$(pgrep -P $nginx)

# Clock ticks (a hundredth of a second) that a process has used.
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

measure() { # name pid port file
    local before after
    before=$(ticks "$2")
    wrk -t1 -c64 -d"${seconds}s" --latency "http://127.0.0.1:$3/$4" > "$work/out"
    after=$(ticks "$2")
    awk -v name="$1" -v file="$4" -v ticks=$((after - before)) '
        /50%/ { p50 = $2 } /99%/ { p99 = $2 } /requests in/ { n = $1 } /Requests\/sec/ { rate = $2 }
        END { printf "%-6s %-9s %10.0f req/s   p50 %8s p99 %8s   %5.1f us of processor a request\n",
              name, file, rate, p50, p99, ticks * 10000 / n }' "$work/out"
}

for round in 1 2; do
    for file in 1k.txt 100k.bin; do
        measure nginx "$worker" 18081 $file
        measure ours $ours 18080 $file
    done
done
for clients in 1 32; do $bench load echo 18080 $clients "$seconds"; done
for clients in 1000 2000 3000; do $bench load stream 18080 $clients "$seconds"; done

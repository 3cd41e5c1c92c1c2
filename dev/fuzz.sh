#!/bin/sh
# dev/fuzz.sh [SECONDS]: feeds arbitrary bytes to the report descriptor parser; see Fuzz/README.md.
set -eu
cd "$(dirname "$0")/../Fuzz"
seconds=${1:-60}
swift build -c release --sanitize fuzzer --product hid-fuzz
mkdir -p corpus
set -- corpus Seeds
[ -d FailCases ] && set -- "$@" FailCases
exec .build/release/hid-fuzz -max_total_time="$seconds" -max_len=8400 -rss_limit_mb=512 -timeout=5 "$@"

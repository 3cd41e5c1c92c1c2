#!/bin/sh
# dev/fuzz.sh [hid|nut] [SECONDS]: feeds arbitrary bytes to the readers of USB reports or of NUT's lines; see
# Fuzz/README.md.
set -eu
cd "$(dirname "$0")/../Fuzz"
kind=hid
case ${1:-} in hid | nut) kind=$1 && shift ;; esac
seconds=${1:-60}
swift build -c release --sanitize fuzzer --product "$kind-fuzz"
mkdir -p "corpus/$kind"
set -- "corpus/$kind" "Seeds/$kind"
[ -d "FailCases/$kind" ] && set -- "$@" "FailCases/$kind"
[ "$kind" = nut ] && set -- -dict=nut.dict "$@"
exec ".build/release/$kind-fuzz" -max_total_time="$seconds" -max_len=8400 -rss_limit_mb=512 -timeout=5 "$@"

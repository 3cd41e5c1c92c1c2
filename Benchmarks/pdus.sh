#!/usr/bin/env bash
# How one daemon polls many PDUs by SNMP: CPU, memory, and the age of the oldest reading. See README.md.
#
#   Benchmarks/pdus.sh                     200 PDUs with 24 outlets every 5 s, a minute long
#   Benchmarks/pdus.sh --pdus 400 ...      other figures (--help names them)
#   Benchmarks/pdus.sh --smoke             a few PDUs and a debug build, to see that it works
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = --smoke ]; then
    swift build --product upsd-swift --package-path ..
    exec python3 pdus --daemon ../.build/debug/upsd-swift --pdus 5 --poll 1 --seconds 5
fi
swift build -c release --static-swift-stdlib --product upsd-swift --package-path .. --scratch-path ../.build-release
exec python3 pdus --daemon ../.build-release/release/upsd-swift "$@"

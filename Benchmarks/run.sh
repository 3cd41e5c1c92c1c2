#!/usr/bin/env bash
# Compares upsd-swift with NUT's own upsd on this machine, on loopback, and prints a table. See README.md.
#
#   Benchmarks/run.sh                    everything, some ten minutes
#   Benchmarks/run.sh --quick            everything once and short, some two minutes
#   Benchmarks/run.sh --only get,list    some rows (--help names them)
#   Benchmarks/run.sh --rounds 9         more rounds: steadier medians
#   Benchmarks/run.sh --counts           user instructions as well, by callgrind
#   Benchmarks/run.sh --json FILE        a line for each measurement
#   Benchmarks/run.sh --smoke            a few rows of a debug build, to see that it works
#   Benchmarks/run.sh --no-build ...     with what was built before; must come first
set -euo pipefail
cd "$(dirname "$0")"
case " $* " in
    *" --help "*) exec python3 compare --help ;;
    *" --smoke "*)
        kind=debug daemon=../.build nutload=../.build-nutload-debug
        build=(swift build) ;;
    *)
        kind=release daemon=../.build-release nutload=../.build-nutload
        build=(swift build -c release --static-swift-stdlib) ;;
esac
if [ "${1:-}" = --no-build ]; then
    shift
else
    "${build[@]}" --product upsd-swift --package-path .. --scratch-path "$daemon"
    "${build[@]}" --product nutload --scratch-path "$nutload"
fi
# 10,000 clients need as many descriptors at each end.
ulimit -n 24000 2>/dev/null || ulimit -n "$(ulimit -Hn)"
exec python3 compare --ours "$daemon/$kind/upsd-swift" --nutload "$nutload/$kind/nutload" "$@"

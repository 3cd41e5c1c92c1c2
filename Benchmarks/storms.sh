#!/bin/sh
# Benchmarks/storms.sh [SEASONS] [SEED]: what an outage on paper takes, and seasons of random outages on the demo rack.
set -eu
cd "$(dirname "$0")/Storms"
swift build -c release
exec .build/release/storms "$@"

#!/usr/bin/env bash
# Installs what is missing, builds, and runs the reference rack on emulated devices: 127.0.0.1:3493.
set -euo pipefail
cd "$(dirname "$0")/.."
dev/setup.sh build
swift build --product upsd-swift
swift build --product pductl
exec "$(swift build --show-bin-path)/upsd-swift" --demo "$@"

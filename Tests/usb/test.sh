#!/bin/bash
# Runs the tests of USBTransport with emulated devices; build them before (swift build --build-tests).
#
#   test.sh [SWIFT TEST OPTIONS]           e.g. --sanitize=thread
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. "$here/devices"
exec "$here/umock" "${devices[@]}" -- swift test --skip-build --filter USBTransportTests "$@"

#!/bin/bash
# Runs the tests of USBTransport with emulated devices; build them before (swift build --build-tests).
#
#   test.sh [--guest [GUEST OPTION ...] --] [TEST OPTION ...]
#
# Without --guest through umockdev, here (12 s); with it on a real kernel in the virtual machine. $BUNDLE names
# another test bundle, such as one with a sanitizer; e.g. TEST OPTION: --filter Lifetime
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
bundle=${BUNDLE:-.build/debug/upsd-swiftPackageTests.xctest}
. "$here/devices"
guest=()
if [ "${1:-}" = --guest ]; then
    shift
    guest=("$here/guest.sh")
    while [ $# -gt 0 ] && [ "$1" != -- ]; do guest+=("$1"); shift; done
    shift || true
    guest+=(--)
fi
bus=$here/${guest:+vhci}
[ ${#guest[@]} -gt 0 ] || bus=$here/umock
[ $# -gt 0 ] || set -- --filter USBTransportTests
# The bundle itself instead of swift test: it starts ten times faster, which counts in the guest.
exec "${guest[@]+"${guest[@]}"}" "$bus" "${devices[@]}" -- "$bundle" --testing-library swift-testing "$@"

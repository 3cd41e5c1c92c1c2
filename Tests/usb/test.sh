#!/bin/bash
# Runs the tests of USBTransport with emulated devices; build them before (swift build --build-tests).
#
#   test.sh [--user NAME] [--guest [GUEST OPTION ...] --] [TEST OPTION ...]
#
# Without --guest through umockdev, here (65 s); with it on a real kernel in the virtual machine. --user runs the tests
# of missing rights, which root cannot. $BUNDLE names another test bundle, such as one with a sanitizer; e.g. TEST
# OPTION: --filter Lifetime
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
bundle=${BUNDLE:-.build/debug/upsd-swiftPackageTests.xctest}
. "$here/devices"
bus=$here/umock
filter=USBTransportTests
guest=() user=()
if [ "${1:-}" = --user ]; then
    user=(setpriv --reuid "$2" --clear-groups)
    filter=Permission
    shift 2
fi
if [ "${1:-}" = --guest ]; then
    shift
    guest=("$here/guest.sh")
    while [ $# -gt 0 ] && [ "$1" != -- ]; do guest+=("$1"); shift; done
    shift || true
    guest+=(--)
    bus=$here/vhci
fi
[ $# -gt 0 ] || set -- --filter "$filter"
# The bundle itself instead of swift test: it starts ten times faster, which counts in the guest.
command=("$bundle" --testing-library swift-testing "$@")
if [ ${#guest[@]} -gt 0 ]; then
    exec "${guest[@]}" "$bus" "${devices[@]}" -- "${user[@]+"${user[@]}"}" "${command[@]}"
fi
exec "${user[@]+"${user[@]}"}" "$bus" "${devices[@]}" -- "${command[@]}"

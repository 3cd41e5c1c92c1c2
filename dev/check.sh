#!/usr/bin/env bash
# Everything that must hold before a commit lands: format, a build without warnings, all tests, on both emulated buses.
#
#   dev/check.sh           everything
#   dev/check.sh --quick   without the virtual machine
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "packages"
dev/setup.sh test

step "format"
swift format lint --strict --recursive Package.swift Sources Tests Fuzz

step "build, warnings are errors"
swift build --build-tests --explicit-target-dependency-import-check error

step "tests"
swift test --skip-build

step "tests on the emulated USB bus"
Tests/usb/test.sh --filter 'USBTransportTests|USBTests'

if [ "${1:-}" != --quick ]; then
    step "tests on a real kernel, in the virtual machine"
    Tests/usb/test.sh --guest -- --filter 'USBTransportTests|USBTests'
fi
step "done"

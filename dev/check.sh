#!/usr/bin/env bash
# Everything that must hold before a commit lands: format, a build without warnings, all tests, on both emulated buses.
#
#   dev/check.sh           everything
#   dev/check.sh --quick   without the virtual machine
#   dev/check.sh --long    and ten thousand seasons of storms, which take four minutes more
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "packages"
dev/setup.sh test
export UPSD_TEST_PYTHON=$PWD/.build-python/bin/python
export UPSD_TEST_SNMPSIM=$PWD/.build-python

step "format"
swift format lint --strict --recursive Package.swift Sources Tests Fuzz Benchmarks

step "build, warnings are errors"
swift build --build-tests --explicit-target-dependency-import-check error

step "tests"
swift test --skip-build --skip StormTests --skip SystemTests --skip NUTTransportTests --skip NetworkControlTests \
    --skip SNMPTransportTests --skip SNMPOutletTests --skip HTTPControlTests
# By themselves: their devices take the time that devices take.
swift test --skip-build --filter SNMPTransportTests
swift test --skip-build --filter "SNMPOutletTests|HTTPControlTests"
# By themselves: programs that give up after five seconds wait for answers of this process.
swift test --skip-build --filter NUTTransportTests
# By themselves: Foundation's Process, which others use, waits for children that are not its own.
swift test --skip-build --filter NetworkControlTests

step "the programs as they are installed"
swift test --skip-build --filter SystemTests --skip SystemTests.Outages --skip CrowdTests --skip CommandTests
swift test --skip-build --filter "OutletCommandTests|SNMPCommandTests"

step "outages around a real daemon, with stock upsmon"
swift test --skip-build --filter SystemTests.Outages --skip CrashTests

step "a daemon killed at every step of an outage"
swift test --skip-build --filter CrashTests

step "storms"
swift test --skip-build --filter StormTests

step "a crowd of ten thousand clients"
swift test --skip-build --filter CrowdTests

step "benchmarks start"
Benchmarks/run.sh --smoke
Benchmarks/pdus.sh --smoke

step "tests on the emulated USB bus"
/usr/bin/python3 Tests/usb/test_models.py
# One after the other: both plug the same devices in and out.
Tests/usb/test.sh --filter USBTransportTests
Tests/usb/test.sh --filter SystemTests.USBTests
if [ "$(id -u)" = 0 ]; then Tests/usb/test.sh --user nobody; fi

if [ "${1:-}" != --quick ]; then
    step "tests on a real kernel, in the virtual machine"
    Tests/usb/guest.sh --timeout 1200 -- Tests/usb/udev-test.sh
    Tests/usb/test.sh --guest --timeout 1200 -- --filter USBTransportTests
    Tests/usb/test.sh --guest --timeout 1200 -- --filter SystemTests.USBTests
    Tests/usb/test.sh --guest --timeout 600 --no-udev -- --filter 'goes stale and comes back'
fi
if [ "${1:-}" = --long ]; then
    step "ten thousand seasons of storms"
    Benchmarks/storms.sh 10000
fi
step "done"

#!/bin/bash
# Runs a command in a small virtual machine with Debian's kernel, where USB is real down to usbfs and the
# kernel's drivers. Builds the guest when it is missing; see guest/run.sh for the options.
#
#   guest.sh [OPTION ...] -- COMMAND ...
#   guest.sh -- Tests/usb/vhci river3plus=ups -- lsusb
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../.build-guest
[ -e "$out/initrd" ] && [ "$out/initrd" -nt "$here/guest/init" ] && [ "$out/initrd" -nt "$here/guest/build.sh" ] ||
    "$here/guest/build.sh" "$out"
exec "$here/guest/run.sh" --out "$out" "$@"

#!/bin/bash
# In the guest: installs the udev rule and looks at the rights it gives.
#
#   Tests/usb/guest.sh -- Tests/usb/udev-test.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" != inside ]; then
    cp "$here/../../udev/62-upsd-swift.rules" /etc/udev/rules.d/
    groupadd --system upsd-swift
    udevadm control --reload
    # Something with a HID interface that no rule knows.
    echo "05 84 09 04 a1 01 85 01 09 30 75 08 95 01 b1 02 c0" > /tmp/1234-5678-foreign.hex
    exec "$here/vhci" river3plus=ups apc=office relay=board relay=gadget,product=Gadget sispm=strip \
        captured:/tmp/1234-5678-foreign.hex=foreign -- "$0" inside
fi
failed=0
expect() {                                    # expect IDS RIGHTS [PRODUCT]
    local words node file
    words=$(lsusb -d "$1" | head -1)
    if [ -n "${3:-}" ]; then
        file=$(grep -lx "$3" /sys/bus/usb/devices/*/product)
        words=$(printf 'Bus %03d Device %03d' "$(cat "${file%/*}/busnum")" "$(cat "${file%/*}/devnum")")
    fi
    node=/dev/bus/usb/${words:4:3}/${words:15:3}
    local found
    found=$(stat -c '%A %G' "$node")
    if [ "$found" = "$2" ]; then echo "ok   $1 $found"; else echo "FAIL $1 $found, not $2"; failed=1; fi
}
expect 3746:ffff "crw-rw---- upsd-swift"
expect 051d:0002 "crw-rw---- upsd-swift"
expect 04b4:fd13 "crw-rw---- upsd-swift"
# Of the gadgets with these numbers only the relay board; usbrelay's own rule wants them all.
gadget="crw-rw-r-- root"
[ -e /lib/udev/rules.d/92-usbrelay.rules ] && gadget="crw-rw---- plugdev"
expect 16c0:05df "crw-rw---- upsd-swift" USBRelay4
expect 16c0:05df "$gadget" Gadget
expect 1234:5678 "crw-rw-r-- root"
for d in /sys/bus/usb/devices/*-*/idVendor; do
    case $(cat "$d") in
        3746 | 051d | 04b4)
            control=$(cat "${d%/*}/power/control")
            [ "$control" = on ] && echo "ok   ${d%/*} is kept awake" || { echo "FAIL ${d%/*} power: $control"; failed=1; }
            udevadm info --query=property "${d%/*}" | grep -qx ID_MM_DEVICE_IGNORE=1 ||
                { echo "FAIL ${d%/*}: ModemManager may take it"; failed=1; } ;;
    esac
done
# Whoever is in the group may open it, others not.
words=$(lsusb -d 3746:ffff)
node=/dev/bus/usb/${words:4:3}/${words:15:3}
open() {                                      # open GROUP
    setpriv --reuid nobody --regid "$1" --clear-groups sh -c "exec 3<>$node" 2>/dev/null
}
if open upsd-swift; then echo "ok   the group may open it"; else echo "FAIL the group may not open it"; failed=1; fi
if open nogroup; then echo "FAIL others may open it"; failed=1; else echo "ok   others may not"; fi
exit $failed

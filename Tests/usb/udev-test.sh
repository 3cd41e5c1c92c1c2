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
    exec "$here/vhci" river3plus=ups apc=office captured:"$here/foreign/1234-5678-foreign.hex"=foreign -- "$0" inside
fi
failed=0
expect() {                                    # expect IDS RIGHTS
    local words node
    words=$(lsusb -d "$1")
    node=/dev/bus/usb/${words:4:3}/${words:15:3}
    local found
    found=$(stat -c '%A %G' "$node")
    if [ "$found" = "$2" ]; then echo "ok   $1 $found"; else echo "FAIL $1 $found, not $2"; failed=1; fi
}
expect 3746:ffff "crw-rw---- upsd-swift"
expect 051d:0002 "crw-rw---- upsd-swift"
expect 1234:5678 "crw-rw-r-- root"
for d in /sys/bus/usb/devices/*-*/idVendor; do
    case $(cat "$d") in
        3746 | 051d)
            control=$(cat "${d%/*}/power/control")
            [ "$control" = on ] && echo "ok   ${d%/*} is kept awake" || { echo "FAIL ${d%/*} power: $control"; failed=1; }
            udevadm info --query=property "${d%/*}" | grep -qx ID_MM_DEVICE_IGNORE=1 ||
                { echo "FAIL ${d%/*}: ModemManager may take it"; failed=1; } ;;
    esac
done
# Whoever is in the group may open it, others not.
for who in "--regid upsd-swift" "--regid nogroup"; do
    if setpriv --reuid nobody $who --clear-groups lsusb -v -d 3746:ffff 2>&1 | grep -q "Couldn't open"; then
        echo "$who: no access"
    else
        echo "$who: access"
    fi
done | tee /tmp/access
[ "$(cat /tmp/access)" = $'--regid upsd-swift: access\n--regid nogroup: no access' ] || failed=1
exit $failed

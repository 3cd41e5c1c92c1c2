#!/bin/bash
# Boots the guest, runs a command in it, and exits with the command's code.
#
#   run.sh --out DIR [--share DIR]... [--cpus N] [--mem MB] [--timeout S] [--no-udev] [--console] -- COMMAND ...
#
# The guest's root is this machine's own, read-only, with an overlay in memory: whatever is installed
# here runs there. Each --share is writable and has the same path in the guest; /tmp and /run are the
# guest's own. The command's output comes back on standard output; --console shows the kernel's log on
# standard error (it is shown anyway when the guest dies without a code: then the exit code is 125; 124
# is a time-out). --no-udev leaves udevd out, as in a container.
set -euo pipefail
out= cpus=2 mem=1024 limit=300 udev=1 console=
shares=()
while [ $# -gt 0 ]; do
    case $1 in
        --out) out=$2; shift 2 ;;
        --share) mkdir -p "$2"; shares+=("$(cd "$2" && pwd)"); shift 2 ;;
        --cpus) cpus=$2; shift 2 ;;
        --mem) mem=$2; shift 2 ;;
        --timeout) limit=$2; shift 2 ;;
        --no-udev) udev=; shift ;;
        --console) console=1; shift ;;
        --) shift; break ;;
        *) echo "run.sh: what is $1?" >&2; exit 2 ;;
    esac
done
[ $# -gt 0 ] && [ -n "$out" ] || { echo "run.sh: no command, or no --out" >&2; exit 2; }

run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
mkdir "$run/guest"
: > "$run/guest/shares"
devices=()
for s in "${shares[@]+"${shares[@]}"}"; do
    tag=share$((${#devices[@]} / 2))
    echo "$tag $s" >> "$run/guest/shares"
    devices+=(-virtfs "local,path=$s,mount_tag=$tag,security_model=none,multidevs=remap")
done

cat > "$run/guest/stage2" <<STAGE2
export PATH=$(printf %q "$PATH"):/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
bb=/run/busybox
exec > /dev/vport0p1 2>&1 < /dev/null
\$bb ip link set lo up 2>/dev/null || { \$bb ifconfig lo 127.0.0.1 up; }
for m in vhci-hcd usbhid hid-generic cdc-acm; do \$bb modprobe \$m; done
${udev:+[ ! -x /lib/systemd/systemd-udevd ] || /lib/systemd/systemd-udevd --daemon --children-max=4 2>/dev/null}
echo "guest: \$(\$bb cut -d' ' -f1 /proc/uptime) running the command" > /dev/kmsg
cd $(printf %q "$PWD") 2>/dev/null || cd /
$(printf '%q ' "$@")
code=\$?
echo "guest: \$(\$bb cut -d' ' -f1 /proc/uptime) the command ended with \$code" > /dev/kmsg
echo \$code > /run/guest/code
\$bb sync
exec \$bb reboot -f
STAGE2

status=0
# The output goes through a file descriptor: a "stdio" chardev whose input has ended blocks the guest's writes.
timeout "$limit" qemu-system-x86_64 -M q35 -accel tcg -smp "$cpus" -m "$mem" \
    -nodefaults -no-user-config -no-reboot -display none -nic none \
    -kernel "$out/vmlinuz" -initrd "$out/initrd" \
    -append "console=ttyS0 panic=-1 quiet loglevel=5 mitigations=off nokaslr tsc=reliable random.trust_cpu=on" \
    -serial "file:$run/console" \
    -add-fd fd=3,set=1 -chardev file,id=out,path=/dev/fdset/1,append=on -device virtio-serial-pci,max_ports=4 \
    -device virtserialport,chardev=out,name=out \
    -object rng-random,filename=/dev/urandom,id=rng -device virtio-rng-pci,rng=rng \
    -virtfs "local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap" \
    -virtfs "local,path=$run/guest,mount_tag=run,security_model=none" \
    "${devices[@]+"${devices[@]}"}" 3>&1 < /dev/null || status=$?
[ -z "$console" ] || cat "$run/console" >&2
[ "$status" != 124 ] || { echo "run.sh: time-out after $limit s" >&2; exit 124; }
if [ -s "$run/guest/code" ]; then
    exit "$(cat "$run/guest/code")"
fi
[ -n "$console" ] || cat "$run/console" >&2
echo "run.sh: the guest died (qemu: $status)" >&2
exit 125

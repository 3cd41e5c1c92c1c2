#!/bin/bash
# Makes the guest's kernel and initramfs out of Debian's packages; nothing is installed here.
#
#   build.sh DIR          result: DIR/vmlinuz, DIR/initrd; downloads are kept in DIR/debs
#
# Needs: apt (deb sources), dpkg-deb, depmod (kmod), cpio.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/debs"
out=$(cd "$1" && pwd)

image=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -1)
version=${image#linux-image-}
echo "kernel: $image" >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() {                                     # fetch PACKAGE: its .deb into $out/debs
    compgen -G "$out/debs/$1_*.deb" >/dev/null || (cd "$out/debs" && apt-get download -q "$1" >&2)
}
fetch "$image"
fetch busybox-static
dpkg-deb -x "$out"/debs/"$image"_*.deb "$work/kernel"
dpkg-deb -x "$out"/debs/busybox-static_*.deb "$work/busybox"
cp "$work/kernel/boot/vmlinuz-$version" "$out/vmlinuz"
tree=$work/kernel
[ -d "$tree/lib/modules" ] || tree=$work/kernel/usr
depmod -b "$tree" "$version"

# Only what the guest needs, with what it depends on.
wanted=(
    virtio_pci virtio_console 9pnet_virtio 9p overlay           # to start
    usbcore usb-common usbip-core vhci-hcd                      # where devices are plugged in
    hid usbhid hid-generic cdc-acm                              # what the kernel binds to them
)
root=$work/initramfs
mkdir -p "$root"/{bin,dev,proc,sys,mnt,lib/modules/$version}
for m in "${wanted[@]}"; do
    modprobe -d "$tree" -S "$version" --show-depends "$m" 2>/dev/null || echo "build.sh: no module $m" >&2
done | sed -n "s|^insmod .*/lib/modules/$version/\([^ ]*\).*|\1|p" | sort -u > "$work/modules"
while read -r m; do
    install -D -m 644 "$tree/lib/modules/$version/$m" "$root/lib/modules/$version/$m"
done < "$work/modules"
cp "$tree/lib/modules/$version"/modules.{order,builtin,builtin.modinfo} "$root/lib/modules/$version/"
depmod -b "$root" "$version"
install -m 755 "$work/busybox/bin/busybox" "$root/bin/busybox"
install -m 755 "$here/init" "$root/init"
(cd "$root" && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet) | gzip -1 > "$out/initrd.new"
mv "$out/initrd.new" "$out/initrd"

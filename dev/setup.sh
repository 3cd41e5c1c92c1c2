#!/usr/bin/env bash
# Installs the Debian packages that a purpose needs, where they are missing.
#
#   dev/setup.sh build    what the products need to build and run
#   dev/setup.sh test     and what the tests run against: stock NUT programs, an emulated USB bus, a virtual machine
set -euo pipefail
cd "$(dirname "$0")/.."

build=(libusb-1.0-0-dev libsqlite3-dev libsnmp-dev pkg-config)
test=(
    nut-client nut-server nut-snmp python3-venv snmpd                   # programs nobody here wrote
    libnss3-tools                                                       # the certificates that upsmon believes
    collectd-core libmicrohttpd12 libprotobuf-c1 curl                   # an exporter for Prometheus
    umockdev gir1.2-umockdev-1.0 python3-gi usbutils                    # the emulated USB bus
    usbrelay sispmctl                                                   # other programs for outlets on it
    openssh-server openssh-client iputils-ping iproute2                 # hosts that are told, and looked for
    snmp fence-agents                                                   # net-snmp's questions, and Debian's for APC's outlets
    powerman                                                            # outlets behind another daemon
    fence-agents libxml2-utils mandoc                                   # the schema of fence agents, manual pages
    qemu-system-x86 seabios ipxe-qemu kmod cpio udev                    # the virtual machine with a real kernel
)

case ${1:-} in
    build) wanted=("${build[@]}" nut-client) ;;
    test) wanted=("${build[@]}" "${test[@]}") ;;
    *) echo "usage: dev/setup.sh build|test" >&2; exit 2 ;;
esac

command -v swift > /dev/null || { echo "dev/setup.sh: no swift in PATH; see https://www.swift.org/install/linux" >&2; exit 1; }
missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q '^install ok installed' || missing+=("$package")
done

install() {
    [ ${#missing[@]} -gt 0 ] || return 0
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    echo "dev/setup.sh: installing ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
}
install

# NUT's and Home Assistant's clients in Python, and the simulator of recorded PDUs, in a folder of their own.
if [ "$1" = test ] && ! .build-python/bin/python -c 'import PyNUTClient, aionut, snmpsim, pysmi' 2> /dev/null; then
    /usr/bin/python3 -m venv .build-python
    .build-python/bin/pip install --quiet PyNUTClient==2.8.5 aionut==4.3.4 snmpsim==1.2.2 pysmi cryptography
fi

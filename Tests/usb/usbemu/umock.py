"""The same devices through umockdev: libusb in an LD_PRELOADed process sees
/sys and /dev/bus/usb in a test bed, and its usbfs ioctls come here.

Run under ``umockdev-wrapper`` with the system's python3 (it has ``gi``).
"""
from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys

import gi
gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # noqa: E402

from .control import Control
from .device import SPEED_MBIT, UsbDevice, Urb

# usbdevice_fs.h, on 64-bit machines
CONTROL, BULK = 0xC0185500, 0xC0185502
SETINTERFACE, SETCONFIGURATION = 0x80085504, 0x80045505
GETDRIVER, SUBMITURB, DISCARDURB = 0x41045508, 0x8038550A, 0x0000550B
REAPURB, REAPURBNDELAY = 0x4008550C, 0x4008550D
CLAIMINTERFACE, RELEASEINTERFACE = 0x8004550F, 0x80045510
CONNECTINFO, IOCTL, RESET, CLEAR_HALT = 0x40085511, 0xC0105512, 0x00005514, 0x80045515
GET_CAPABILITIES, DISCONNECT_CLAIM, GET_SPEED = 0x8004551A, 0x8108551B, 0x0000551F
DISCONNECT, CONNECT = 0x00005516, 0x00005517

URB = struct.Struct("=BBxxiI4xQiiiiiIQ")        # 56 bytes
URB_STATUS_AT, URB_ACTUAL_AT, URB_BUFFER_AT = 4, 28, 16
TYPE_CONTROL = 2
CAPABILITIES = 0x01 | 0x04 | 0x10               # zero packet, no packet size limit, reap after disconnect

#: A test bed's device node always polls as ready, so libusb's event loop reaps
#: without end.  From the second in a row, an empty reap is answered this late.
EMPTY_REAP_MS = 2


class Clock:
    """asyncio's call_later on GLib's main loop."""

    class Handle:
        def __init__(self, source: int) -> None:
            self.source = source

        def cancel(self) -> None:
            if self.source:
                GLib.source_remove(self.source)
                self.source = 0

    def call_later(self, delay: float, work) -> "Clock.Handle":
        handle = Clock.Handle(0)

        def fire() -> bool:
            handle.source = 0
            work()
            return False

        handle.source = GLib.timeout_add(int(delay * 1000), fire)
        return handle


def _in_loop(work) -> None:
    GLib.idle_add(lambda: bool(work()) and False, priority=GLib.PRIORITY_HIGH)


class Node:
    """One device's usbfs node: what the kernel would do with its ioctls."""

    def __init__(self, bus: "Bus", device: UsbDevice, port: int) -> None:
        self.bus, self.testbed, self.device, self.port = bus, bus.testbed, device, port
        self.number, self.path = 0, ""
        self.sysfs = f"/sys/devices/pci0000:00/0000:00:01.0/usb1/1-{port}"
        self.owners: dict[int, object] = {}        # interface to the open file that claimed it
        self.bound: set[int] = set()               # interfaces with a kernel driver
        self.urbs: list = []                       # (Urb, IoctlData of its struct, file)
        self.finished: list = []                   # (IoctlData, status, actual)
        self.reaper = None                         # an ioctl client waiting in REAPURB
        self.files: list = []
        self.idle = False                          # the last reap found nothing
        self.gone = False

    # ---- the test bed's view

    def plug(self) -> None:
        d = self.device
        cls, sub, proto = d.device_class
        self.number = self.bus.next_address()      # as the kernel: a new one each time
        self.path = f"/dev/bus/usb/001/{self.number:03d}"
        attributes = {
            "busnum": 1, "devnum": self.number, "devpath": self.port,
            "speed": SPEED_MBIT[d.speed], "bConfigurationValue": 1,
            "bNumConfigurations": 1, "bNumInterfaces": f"{len(d.interfaces):2d}",
            "bDeviceClass": f"{cls:02x}", "bDeviceSubClass": f"{sub:02x}",
            "bDeviceProtocol": f"{proto:02x}",
            "idVendor": f"{d.vid:04x}", "idProduct": f"{d.pid:04x}"}
        if d.cached:
            attributes |= {"manufacturer": d.manufacturer, "product": d.product, "serial": d.serial}
        descriptors = (d.device_descriptor() + d.config_descriptor()).hex()
        self.gone = False
        self.owners.clear()
        self.bound = {n for n, i in enumerate(d.interfaces) if i.driver}
        self.testbed.add_from_string(
            f"P: {self.sysfs.removeprefix('/sys')}\n"
            f"N: bus/usb/001/{self.number:03d}\n"
            f"E: DEVNAME=/dev/bus/usb/001/{self.number:03d}\n"
            "E: DEVTYPE=usb_device\nE: DRIVER=usb\nE: SUBSYSTEM=usb\nE: BUSNUM=001\n"
            f"E: DEVNUM={self.number:03d}\nE: MAJOR=189\nE: MINOR={self.number - 1}\n"
            f"E: PRODUCT={d.vid:x}/{d.pid:x}/{d.bcd:x}\nE: TYPE={cls}/{sub}/{proto}\n"
            f"E: ID_VENDOR_ID={d.vid:04x}\nE: ID_MODEL_ID={d.pid:04x}\n"
            + _attributes(attributes) + f"H: descriptors={descriptors}\n")
        self.handler = UMockdev.IoctlBase()
        self.handler.connect("handle-ioctl", self._from_worker)
        self.testbed.attach_ioctl(self.path, self.handler)
        self.testbed.uevent(self.sysfs, "add")

    def unplug(self) -> None:
        self.gone = True
        for urb, struct_, _ in self.urbs:
            self.device.cancel(urb)
            self.finished.append((struct_, -errno.ESHUTDOWN, 0))
        self.urbs.clear()
        self.testbed.uevent(self.sysfs, "remove")
        self.testbed.detach_ioctl(self.path)
        self.testbed.remove_device(self.sysfs)

    # ---- ioctls

    def _from_worker(self, _, client) -> bool:
        """The test bed's own thread calls this; the devices live in the loop."""
        _in_loop(lambda: self.ioctl(client))
        return True

    def ioctl(self, client) -> None:
        # umockdev 0.17 has no working signal for a closed file.
        if client not in self.files:
            for gone in [f for f in self.files if not f.props.connected]:
                self.closed(gone)
            self.files.append(client)
        request = client.props.request & 0xFFFFFFFF
        try:
            result = self._ioctl(request, client)
        except OSError as problem:
            client.complete(-1, problem.errno)
        except GLib.Error:
            pass                                   # the program died in the middle of it
        else:
            if result is not None:
                client.complete(result, 0)

    def _ioctl(self, request: int, client):
        arg = client.props.arg
        number = lambda: struct.unpack("=I", _read(arg.resolve(0, 4)))[0]   # noqa: E731
        if request in (REAPURB, REAPURBNDELAY):
            return self._reap(client, arg, request == REAPURBNDELAY)
        if self.gone:
            raise OSError(errno.ENODEV, "gone")
        if request == SUBMITURB:
            return self._submit(arg, client)
        if request == DISCARDURB:
            return self._discard(arg)
        if request == GET_CAPABILITIES:
            _write(arg.resolve(0, 4), 0, struct.pack("=I", CAPABILITIES))
            return 0
        if request == CLAIMINTERFACE:
            self._claim(client, number())
            return 0
        if request == DISCONNECT_CLAIM:
            interface, flags, name = struct.unpack("=II256s", _read(arg.resolve(0, 264)))
            driver, name = self.driver(interface), name.split(b"\0")[0].decode()
            if driver and (flags & 1 and driver != name or flags & 2 and driver == name):
                raise OSError(errno.EBUSY, f"{driver} has the interface")
            self.bound.discard(interface)
            self.owners[interface] = client
            return 0
        if request == RELEASEINTERFACE:
            if self.owners.get(number()) != client:
                raise OSError(errno.EINVAL, "not claimed")
            del self.owners[number()]
            return 0
        if request == GETDRIVER:
            data = arg.resolve(0, 260)             # whole at once: a second resolve gives the first
            driver = self.driver(struct.unpack("=I", _read(data)[:4])[0])
            if driver is None:
                raise OSError(errno.ENODATA, "no driver")
            _write(data, 4, driver.encode().ljust(256, b"\0"))
            return 0
        if request == IOCTL:
            interface, code = struct.unpack("=iI", _read(arg.resolve(0, 16))[:8])
            driver = self.driver(interface)
            if code == DISCONNECT:
                if driver is None:
                    raise OSError(errno.ENODATA, "no driver")
                self.bound.discard(interface)
                self.owners.pop(interface, None)
                return 0
            if code == CONNECT:
                if driver is not None:
                    raise OSError(errno.EBUSY, f"{driver} has the interface")
                if self.device.interfaces[interface].driver:
                    self.bound.add(interface)
                return 1
        if request == SETCONFIGURATION and (self.bound or self.owners):
            raise OSError(errno.EBUSY, "in use")
        if request in (SETCONFIGURATION, SETINTERFACE, RESET):
            return 0
        if request == CLEAR_HALT:
            self.device.clear_halt(number() & 0xFF)
            return 0
        if request == GET_SPEED:
            return self.device.speed
        raise OSError(errno.ENOTTY, f"ioctl {request:08x}")

    def driver(self, interface: int) -> str | None:
        if interface >= len(self.device.interfaces):
            raise OSError(errno.EINVAL, "no such interface")
        if interface in self.bound:
            return self.device.interfaces[interface].driver
        return "usbfs" if interface in self.owners else None

    def _claim(self, client, interface: int) -> None:
        """The kernel does this also for a first use of an unclaimed interface."""
        driver = self.driver(interface)
        if driver and self.owners.get(interface) != client:
            raise OSError(errno.EBUSY, f"{driver} has the interface")
        self.owners[interface] = client

    def closed(self, client) -> None:
        """The file was closed: what it had goes back, kernel drivers do not return."""
        self.files.remove(client)
        self.owners = {i: c for i, c in self.owners.items() if c != client}
        for urb, _, owner in self.urbs:
            if owner == client:
                self.device.cancel(urb)
        self.urbs[:] = [u for u in self.urbs if u[2] != client]

    def _submit(self, arg, client):
        urb_struct = arg.resolve(0, URB.size)
        kind, endpoint, _, _, _, length, *_ = URB.unpack(_read(urb_struct))
        buffer = urb_struct.resolve(URB_BUFFER_AT, length) if length else None
        setup, data, offset = None, b"", 0
        if kind == TYPE_CONTROL:
            raw = _read(buffer)
            setup, offset = raw[:8], 8
            if raw[0] & 0x1F == 1:
                self._claim(client, raw[4])
            if not raw[0] & 0x80:
                data = raw[8:]
            endpoint = raw[0] & 0x80
        else:
            interface = self.device.interface_of(endpoint)
            if interface is None:
                raise OSError(errno.ENOENT, "no such endpoint")
            self._claim(client, interface)
            if not endpoint & 0x80:
                data = _read(buffer)

        def done(urb: Urb, status: int, reply: bytes) -> None:
            self.urbs[:] = [u for u in self.urbs if u[0] is not urb]
            if reply:
                _write(buffer, offset, reply)
            actual = len(reply) if endpoint & 0x80 else (len(data) if status == 0 else 0)
            self._finish(urb_struct, status, actual)

        urb = Urb(endpoint, setup, data, length - offset, done)
        self.urbs.append((urb, urb_struct, client))
        self.device.submit(urb)
        return 0

    def _discard(self, arg):
        # The argument is the address of the struct that SUBMITURB had.
        address = _pointer(arg)
        for entry in self.urbs:
            urb, urb_struct, _ = entry
            if _address(urb_struct) == address:
                self.urbs.remove(entry)
                self.device.cancel(urb)
                self._finish(urb_struct, -errno.ENOENT, 0)
                return 0
        raise OSError(errno.EINVAL, "no such transfer")

    def _finish(self, urb_struct, status: int, actual: int) -> None:
        self.finished.append((urb_struct, status, actual))
        if self.reaper is not None:
            client, arg, timer = self.reaper
            self.reaper = None
            timer.cancel()
            self._give(arg)
            client.complete(0, 0)

    def _reap(self, client, arg, no_wait: bool):
        if self.finished:
            self._give(arg)
            return 0
        if self.gone:
            raise OSError(errno.ENODEV, "gone")
        if not no_wait:
            raise OSError(errno.ENOTTY, "REAPURB is not used by libusb")

        if not self.idle:
            self.idle = True
            raise OSError(errno.EAGAIN, "nothing")

        def late() -> None:
            self.reaper = None
            client.complete(-1, errno.EAGAIN)

        self.reaper = (client, arg, Clock().call_later(EMPTY_REAP_MS / 1000, late))
        return None

    def _give(self, arg) -> None:
        self.idle = False
        urb_struct, status, actual = self.finished.pop(0)
        _write(urb_struct, URB_STATUS_AT, struct.pack("=i", status))
        _write(urb_struct, URB_ACTUAL_AT, struct.pack("=i", actual))
        arg.resolve(0, 8).set_ptr(0, urb_struct)


def _attributes(values: dict) -> str:
    """sysfs files; each ends in a newline, as the kernel's do."""
    return "".join(f"A: {k}={v}\\n\n" for k, v in values.items() if v is not None)


def _read(data) -> bytes:
    return bytes(data.retrieve())


def _write(data, offset: int, new: bytes) -> None:
    data.update(offset, new)


def _address(data) -> int:
    return data.client_addr


def _pointer(arg) -> int:
    return struct.unpack("=Q", _read(arg))[0]


class Bus:
    def __init__(self) -> None:
        self.testbed = UMockdev.Testbed.new()
        self.testbed.add_from_string(
            "P: /devices/pci0000:00/0000:00:01.0/usb1\nN: bus/usb/001/001\n"
            "E: DEVNAME=/dev/bus/usb/001/001\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
            "E: SUBSYSTEM=usb\nE: BUSNUM=001\nE: DEVNUM=001\n"
            + _attributes({"busnum": 1, "devnum": 1, "devpath": 0, "speed": 480,
                           "maxchild": 15, "bConfigurationValue": 1,
                           "idVendor": "1d6b", "idProduct": "0002"})
            + "H: descriptors=" + ROOT_HUB.hex() + "\n")
        self.devices: dict[str, UsbDevice] = {}
        self.nodes: dict[str, Node] = {}
        self._address = 1

    def next_address(self) -> int:
        self._address += 1
        return self._address

    def add(self, name: str, device: UsbDevice) -> None:
        self.devices[name] = device
        self.nodes[name] = Node(self, device, len(self.devices))
        device.on_unplug = lambda: self.unplug(name)
        device.on_plug = lambda: self.plug(name)
        self.nodes[name].plug()

    def unplug(self, name: str) -> None:
        if not self.nodes[name].gone:
            self.nodes[name].unplug()

    def mode(self, name: str, mode: int) -> None:
        """The rights on the device's node, as a udev rule would set them."""
        os.chmod(self.testbed.get_root_dir() + self.nodes[name].path, mode)

    def drivers(self, name: str) -> list[str | None]:
        node = self.nodes[name]
        return [node.driver(n) for n in range(len(node.device.interfaces))]

    def plug(self, name: str) -> None:
        if self.nodes[name].gone:
            self.devices[name].plugged()
            self.nodes[name].plug()


ROOT_HUB = bytes.fromhex("12010002090000406b1d0200010601020101"
                         "090219000101 00e000 0904000001090000 00 0705810304000c".replace(" ", ""))


def run(address: str, words: list[str], command: list[str], fill) -> int:
    loop = GLib.MainLoop()
    bus = Bus()
    if not UMockdev.in_mock_environment():
        print("usbemu: umockdev-wrapper is not around me", file=sys.stderr)
        return 2
    fill(bus, words, Clock())
    Control(bus, _in_loop, loop.quit).listen(address)
    if not command:
        print(f"usbemu: ready, USBEMU_CONTROL={address}", file=sys.stderr, flush=True)
        loop.run()
        return 0
    process = subprocess.Popen(command, env={
        **os.environ, "USBEMU_CONTROL": address,
        "UMOCKDEV_DIR": bus.testbed.get_root_dir()})
    ended: list[int] = []                          # GLib reaps it, so Popen cannot say

    def over(_, status: int) -> None:
        code = os.waitstatus_to_exitcode(status)
        ended.append(code if code >= 0 else 128 - code)
        loop.quit()

    GLib.child_watch_add(GLib.PRIORITY_DEFAULT, process.pid, over)
    loop.run()
    return ended[0] if ended else 0                # none: "quit" came first

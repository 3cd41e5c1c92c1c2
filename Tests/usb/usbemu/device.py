"""What every emulated USB device shares: descriptors, standard requests,
endpoints, and scriptable faults.

A transport (USB/IP or umockdev) makes a ``Urb`` and hands it to
``UsbDevice.submit``; the device completes it at once, later, or never.
``UsbDevice.cancel`` takes it back.  All calls come from one thread, that of
the ``clock`` (anything with asyncio's ``call_later``).
"""
from __future__ import annotations

import errno
import os
import struct
from collections import deque
from typing import Callable, NamedTuple

from . import hid

BULK, INTERRUPT = 2, 3
LOW, FULL, HIGH, SUPER = 1, 2, 3, 5
SPEED_MBIT = {LOW: "1.5", FULL: "12", HIGH: "480", SUPER: "5000"}

OK = 0
STALL = -errno.EPIPE

_STANDARD = {0: "get_status", 1: "clear_feature", 3: "set_feature",
             5: "set_address", 6: "get_descriptor", 7: "set_descriptor",
             8: "get_configuration", 9: "set_configuration",
             10: "get_interface", 11: "set_interface"}
_HID_CLASS = {1: "get_report", 2: "get_idle", 3: "get_protocol",
              9: "set_report", 10: "set_idle", 11: "set_protocol"}
_DESCRIPTOR = {1: "device", 2: "config", 3: "string", 6: "qualifier",
               15: "bos", 0x21: "hid", 0x22: "report", 0x23: "physical"}


class Endpoint(NamedTuple):
    address: int               # with the direction bit
    size: int
    interval: int = 0
    kind: int = INTERRUPT

    @property
    def name(self) -> str:
        return ("bulk" if self.kind == BULK else "interrupt") + \
            ("-in" if self.address & 0x80 else "-out")


class Interface(NamedTuple):
    """``driver`` is what Linux would bind to it; ``before`` and ``extra`` are
    descriptors that go before and right after the interface's own."""
    triple: tuple[int, int, int]
    endpoints: tuple[Endpoint, ...] = ()
    driver: str | None = None
    extra: bytes = b""
    before: bytes = b""


class Setup:
    """The eight bytes that start a control transfer."""

    def __init__(self, raw: bytes) -> None:
        self.type, self.request, self.value, self.index, self.length = \
            struct.unpack("<BBHHH", raw)

    @property
    def device_to_host(self) -> bool:
        return bool(self.type & 0x80)

    @property
    def kind(self) -> int:
        """0 standard, 1 class, 2 vendor."""
        return (self.type >> 5) & 3

    def names(self) -> list[str]:
        """From the widest name of this request to the narrowest."""
        out = ["any", "control"]
        low, high = self.value & 0xFF, self.value >> 8
        if self.kind == 0:
            name = _STANDARD.get(self.request, f"standard_{self.request:02x}")
            out.append(name)
            if name == "get_descriptor":
                what = _DESCRIPTOR.get(high, f"{high:02x}")
                out.append(f"{name}:{what}")
                if what == "string":
                    out.append(f"string:{low}")
        elif self.kind == 1:
            name = _HID_CLASS.get(self.request, f"class_{self.request:02x}")
            out.append(name)
            if name in ("get_report", "set_report"):
                out.append(f"{name}:{low}")
                out.append(f"{name}:{hid.KIND_NAME.get(high, high)}:{low}")
        else:
            out += ["vendor", f"vendor:{self.request:02x}"]
        return out


class Urb:
    """One transfer on its way."""

    def __init__(self, endpoint: int, setup: bytes | None, data: bytes,
                 length: int, done: Callable[["Urb", int, bytes], None]) -> None:
        self.endpoint = endpoint          # with the direction bit; 0 or 0x80: control
        self.setup = Setup(setup) if setup is not None else None
        self.data = data                  # what the host sends
        self.length = length              # the most that the host takes
        self._done = done
        self.finished = False
        self.timers: list = []

    def complete(self, status: int, data: bytes = b"") -> None:
        if not self.finished:
            self.finished = True
            self._done(self, status, data[:self.length])


class Fault:
    """A rule: requests called ``selector`` meet with ``action``.

    Actions: stall; error N (an errno); nak (never answered); delay MS;
    garbage [N] (random bytes, N of them); short N; zero; hex BYTES;
    unplug.  It acts ``times`` times (-1: until cleared), after letting
    ``skip`` requests pass.
    """

    ACTIONS = {"stall": 0, "error": 1, "nak": 0, "delay": 1, "garbage": -1,
               "short": 1, "zero": 0, "hex": 1, "unplug": 0}

    def __init__(self, selector: str, action: str, arg: str | None = None,
                 times: int = -1, skip: int = 0) -> None:
        if action not in self.ACTIONS:
            raise ValueError(f"no fault called {action!r}")
        if self.ACTIONS[action] == 1 and arg is None:
            raise ValueError(f"{action} needs an argument")
        self.selector, self.action, self.arg = selector, action, arg
        self.times, self.skip, self.hits = times, skip, 0

    def takes(self, names: list[str]) -> bool:
        if self.selector not in names or self.times == 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times > 0:
            self.times -= 1
        self.hits += 1
        return True

    def mangle(self, data: bytes) -> bytes:
        if self.action == "garbage":
            return os.urandom(int(self.arg) if self.arg else max(len(data), 1))
        if self.action == "short":
            return data[:int(self.arg)]
        if self.action == "zero":
            return b""
        if self.action == "hex":
            return bytes.fromhex(self.arg)
        return data

    def as_dict(self) -> dict:
        return {k: getattr(self, k) for k in
                ("selector", "action", "arg", "times", "skip", "hits")}


class UsbDevice:
    """A device with one configuration."""

    vid, pid, bcd = 0x0000, 0x0000, 0x0100
    usb = 0x0200
    speed = FULL
    ep0_size = 64
    device_class = (0, 0, 0)
    manufacturer: str | None = None
    product: str | None = None
    serial: str | None = None
    interfaces: tuple[Interface, ...] = ()
    attributes = 0xC0          # self powered
    max_power_ma = 0
    cached = True              # whether the kernel (umockdev only) knows the strings

    def __init__(self, clock) -> None:
        self.clock = clock
        self.faults: list[Fault] = []
        self.on_unplug: Callable[[], None] = lambda: None
        self.on_plug: Callable[[], None] = lambda: None
        self.log: deque[str] = deque(maxlen=4000)
        self.counts: dict[str, int] = {}
        self._strings: list[str] = []
        self.endpoints = {e.address: e for i in self.interfaces for e in i.endpoints}
        self._waiting: dict[int, deque[Urb]] = {e: deque() for e in self.endpoints}
        self._queued: dict[int, deque[bytes]] = {e: deque(maxlen=64) for e in self.endpoints}
        self._unanswered: list[Urb] = []
        self._halted: set[int] = set()
        self.configuration = 0
        self.i_manufacturer = self.string_index(self.manufacturer)
        self.i_product = self.string_index(self.product)
        self.i_serial = self.string_index(self.serial)

    def plugged(self) -> None:
        """A new start: what a device forgets when it loses the bus."""
        self.configuration = 0
        self._halted.clear()
        for queue in self._queued.values():
            queue.clear()

    def interface_of(self, endpoint: int) -> int | None:
        for number, interface in enumerate(self.interfaces):
            if any(e.address == endpoint for e in interface.endpoints):
                return number
        return None

    # ---- descriptors

    def string_index(self, text: str | None) -> int:
        if text is None:
            return 0
        if text not in self._strings or not text:
            self._strings.append(text)
            return len(self._strings)
        return self._strings.index(text) + 1

    def device_descriptor(self) -> bytes:
        return struct.pack("<BBHBBBBHHHBBBB", 18, 1, self.usb, *self.device_class,
                           self.ep0_size, self.vid, self.pid, self.bcd, self.i_manufacturer,
                           self.i_product, self.i_serial, 1)

    def interface_extra(self, number: int) -> bytes:
        return self.interfaces[number].extra

    def config_descriptor(self) -> bytes:
        body = b""
        for number, interface in enumerate(self.interfaces):
            body += interface.before + struct.pack(
                "<BBBBBBBBB", 9, 4, number, 0, len(interface.endpoints), *interface.triple, 0)
            body += self.interface_extra(number)
            for e in interface.endpoints:
                body += struct.pack("<BBBBHB", 7, 5, e.address, e.kind, e.size, e.interval)
        return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), len(self.interfaces), 1, 0,
                           self.attributes, self.max_power_ma // 2) + body

    def string_descriptor(self, index: int) -> bytes | None:
        if index == 0:
            return struct.pack("<BBH", 4, 3, 0x0409)
        if index > len(self._strings):
            return None
        text = self._strings[index - 1].encode("utf-16-le")
        return bytes([2 + len(text), 3]) + text

    def other_descriptor(self, kind: int, index: int) -> bytes | None:
        return None

    # ---- transfers

    def names(self, urb: Urb) -> list[str]:
        """What a fault's selector can call this transfer."""
        if urb.setup is not None:
            return urb.setup.names()
        way = self.endpoints[urb.endpoint].name
        return ["any", way.partition("-")[0], way, f"ep:{urb.endpoint:02x}"]

    def submit(self, urb: Urb) -> None:
        names = self.names(urb)
        for name in names:
            self.counts[name] = self.counts.get(name, 0) + 1
        fault = next((f for f in self.faults if f.takes(names)), None)
        if urb.setup is not None:
            self.log.append(f"{names[-1]} value={urb.setup.value:04x} "
                            f"index={urb.setup.index:04x} length={urb.setup.length}"
                            + (f" data={urb.data.hex()}" if urb.data else "")
                            + (f" fault={fault.action}" if fault else ""))
        if fault is None:
            self._perform(urb)
        elif fault.action == "nak":
            self._unanswered.append(urb)
        elif fault.action == "stall":
            if urb.setup is None:
                self._halted.add(urb.endpoint)
            urb.complete(STALL)
        elif fault.action == "error":
            urb.complete(-abs(int(fault.arg)))
        elif fault.action == "delay":
            urb.timers.append(self.clock.call_later(
                int(fault.arg) / 1000, lambda: None if urb.finished else self._perform(urb)))
        elif fault.action == "unplug":
            self.on_unplug()
        else:
            self._mangled(urb, fault)

    def _mangled(self, urb: Urb, fault: Fault) -> None:
        inner = Urb(urb.endpoint, None, urb.data, urb.length,
                    lambda _, status, data: urb.complete(
                        status, fault.mangle(data) if status == OK else data))
        inner.setup = urb.setup
        self._perform(inner)

    def cancel(self, urb: Urb) -> bool:
        """Take a transfer back; False if it had already been answered."""
        for queue in (*self._waiting.values(), self._unanswered):
            if urb in queue:
                queue.remove(urb)
        for timer in urb.timers:
            timer.cancel()
        was_open = not urb.finished
        urb.finished = True
        return was_open

    def _perform(self, urb: Urb) -> None:
        if urb.setup is not None:
            reply = self.control(urb.setup, urb.data)
            if reply is None:
                urb.complete(STALL)
            else:
                urb.complete(OK, reply[:urb.setup.length])
        elif urb.endpoint in self._halted:
            urb.complete(STALL)
        elif urb.endpoint & 0x80:
            self._waiting[urb.endpoint].append(urb)
            self._pump(urb.endpoint)
        else:
            ok = self.received(urb.endpoint, urb.data)
            urb.complete(OK if ok else STALL)

    def send(self, endpoint: int, data: bytes) -> None:
        """Queue a packet for the host."""
        self._queued[endpoint].append(data)
        self._pump(endpoint)

    def _pump(self, endpoint: int) -> None:
        waiting, queued = self._waiting[endpoint], self._queued[endpoint]
        while waiting and queued and endpoint not in self._halted:
            urb = waiting.popleft()
            if not urb.finished:
                urb.complete(OK, queued.popleft())

    def control(self, setup: Setup, data: bytes) -> bytes | None:
        """The reply (b"" for a bare acknowledge), or None to stall."""
        if setup.kind != 0:
            return self.class_request(setup, data) if setup.kind == 1 \
                else self.vendor_request(setup, data)
        name = _STANDARD.get(setup.request)
        if name == "get_descriptor":
            kind, index = setup.value >> 8, setup.value & 0xFF
            if kind == 1: return self.device_descriptor()
            if kind == 2: return self.config_descriptor() if index == 0 else None
            if kind == 3: return self.string_descriptor(index)
            return self.other_descriptor(kind, index)
        if name == "get_status":
            halted = (setup.type & 0x1F) == 2 and (setup.index & 0xFF) in self._halted
            return struct.pack("<H", 1 if halted or (setup.type & 0x1F) == 0 else 0)
        if name == "get_configuration":
            return bytes([self.configuration])
        if name == "set_configuration":
            self.configuration = setup.value
            return b""
        if name == "get_interface":
            return b"\0"
        if name == "set_interface":
            return b"" if setup.value == 0 else None
        if name == "clear_feature":
            if (setup.type & 0x1F) == 2 and setup.value == 0:
                self.clear_halt(setup.index & 0xFF)
            return b""
        if name == "set_feature":
            return b""
        return None

    def clear_halt(self, endpoint: int) -> None:
        self._halted.discard(endpoint)

    def class_request(self, setup: Setup, data: bytes) -> bytes | None:
        return None

    def vendor_request(self, setup: Setup, data: bytes) -> bytes | None:
        return None

    def received(self, endpoint: int, data: bytes) -> bool:
        """The host sent this to an OUT endpoint; False stalls it."""
        return False

    # ---- the script's side

    def state(self) -> dict:
        return {}

    def command(self, words: list[str]) -> object:
        """A control-socket command for this device; its JSON reply."""
        verb, *args = words
        if verb == "state":
            return self.state()
        if verb == "counts":
            return self.counts
        if verb == "log":
            return list(self.log)[-int(args[0]) if args else -50:]
        if verb == "faults":
            return [f.as_dict() for f in self.faults]
        if verb == "clear":                # no faults any more, and nothing left unsaid
            self.faults.clear()
            for queue in self._queued.values():
                queue.clear()
            urbs, self._unanswered = self._unanswered, []
            for urb in urbs:
                self._perform(urb)
            return "ok"
        if verb == "fault":                # fault SELECTOR ACTION [ARG] [times=N] [skip=N]
            plain = [a for a in args if "=" not in a]
            named = dict(a.split("=", 1) for a in args if "=" in a)
            fault = Fault(plain[0], plain[1], plain[2] if len(plain) > 2 else None,
                          int(named.get("times", -1)), int(named.get("skip", 0)))
            self.faults.append(fault)
            if plain[0].startswith(("interrupt", "bulk", "ep:", "any")):
                self._recheck_waiting()
            return "ok"
        if verb == "send":                 # send HEX [endpoint]
            self.send(int(args[1], 16) if len(args) > 1 else 0x81, bytes.fromhex(args[0]))
            return "ok"
        raise ValueError(f"no command {verb!r}")

    def _recheck_waiting(self) -> None:
        """A new fault also meets the transfers that already wait."""
        for endpoint in self._waiting:
            urbs, self._waiting[endpoint] = self._waiting[endpoint], deque()
            for urb in urbs:
                self.submit(urb)


class HidDevice(UsbDevice):
    """Adds the HID class on one interface: report descriptor, reports, idle rate."""

    bcd_hid = 0x0110
    hid_interface = 0

    def __init__(self, clock) -> None:
        super().__init__(clock)
        self.report_descriptor = self.make_report_descriptor()
        self.reports = hid.Reports(self.report_descriptor)
        self.idle = 0

    def make_report_descriptor(self) -> bytes:
        raise NotImplementedError

    def hid_descriptor(self, within_configuration: bool = False) -> bytes:
        return struct.pack("<BBHBBBH", 9, 0x21, self.bcd_hid, 0, 1, 0x22,
                           len(self.report_descriptor))

    def interface_extra(self, number: int) -> bytes:
        return (self.hid_descriptor(True) if number == self.hid_interface
                else super().interface_extra(number))

    def other_descriptor(self, kind: int, index: int) -> bytes | None:
        return {0x21: self.hid_descriptor(), 0x22: self.report_descriptor}.get(kind)

    def class_request(self, setup: Setup, data: bytes) -> bytes | None:
        name = _HID_CLASS.get(setup.request)
        kind, report = setup.value >> 8, setup.value & 0xFF
        if name == "get_report":
            return self.get_report(kind, report)
        if name == "set_report":
            return b"" if self.set_report(kind, report, data) else None
        if name == "set_idle":
            self.idle = setup.value >> 8
            return b""
        if name == "get_idle":
            return bytes([self.idle])
        return None

    def get_report(self, kind: int, report: int) -> bytes | None:
        return self.reports.pack(kind, report)

    def set_report(self, kind: int, report: int, data: bytes) -> bool:
        if (kind, report) not in self.reports.bits or not data:
            return False
        self.written(self.reports.unpack(kind, report, data))
        return True

    def written(self, values: dict[str, int]) -> None:
        """The host wrote these paths."""

"""A board of relays "USBRelayN" (16c0:05df), as usbrelay and usb-relay-hid know it.

One feature report of eight bytes without a number: five characters that tell boards apart, two bytes, a bit for each relay.
What the host sends begins with a command: ff or fd and a relay switch it on or off, fe and fc all of them, fa and five
characters give the board another id.  The firmware looks neither at a report's number nor, when it is sent one, at its
type: usbrelay writes output reports, others feature reports.  Relays drop out with the bus.
"""
from __future__ import annotations

from .. import hid
from ..device import Endpoint, Interface, LOW
from .outlets import Outlets

ONE_ON, ONE_OFF, ALL_ON, ALL_OFF, NAME = 0xFF, 0xFD, 0xFE, 0xFC, 0xFA
ID_LENGTH = 5


class UsbRelay(Outlets):
    vid, pid, bcd = 0x16C0, 0x05DF, 0x0100
    usb = 0x0110
    speed = LOW
    ep0_size = 8
    manufacturer = "www.dcttech.com"
    product = "USBRelay4"
    interfaces = (Interface((3, 0, 0), (Endpoint(0x81, 8, 20),), "usbhid"),)
    attributes = 0x80
    max_power_ma = 20
    ident = "HURTM"

    def __init__(self, clock) -> None:
        count = (self.product or "").removeprefix("USBRelay")
        self.outlets = int(count) if count.isdigit() else 1
        super().__init__(clock)

    def plugged(self) -> None:
        super().plugged()
        self.switched = [0] * self.outlets

    def make_report_descriptor(self) -> bytes:
        a = hid.Assembler()
        for line in ("page 0xff00:2, usage 1, collection 1, min 0, max 255:2, size 8, count 8",
                     "usage 0, feature 0x102, end"):
            a.items(line)
        return a.bytes()

    def get_report(self, kind: int, report: int) -> bytes | None:
        if kind != hid.FEATURE:
            return None
        bits = sum(on << i for i, on in enumerate(self.switched))
        return self.ident.encode("latin-1")[:ID_LENGTH].ljust(ID_LENGTH + 2, b"\0") + bytes([bits])

    def set_report(self, kind: int, report: int, data: bytes) -> bool:
        if len(data) < 2:
            return False
        command, relay = data[0], data[1]
        if command in (ALL_ON, ALL_OFF):
            return all([self.order(n, int(command == ALL_ON)) for n in range(1, self.outlets + 1)])
        if command == NAME:
            self.ident = data[1:1 + ID_LENGTH].decode("latin-1")
            return True
        if command in (ONE_ON, ONE_OFF) and 1 <= relay <= self.outlets:
            return self.order(relay, int(command == ONE_ON))
        return False

    def state(self) -> dict:
        return {"id": self.ident, **super().state()}

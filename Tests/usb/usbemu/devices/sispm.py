"""A power strip "SiS-PM" (04b4:fd13), as sispmctl knows it.

Feature reports of five bytes that begin with their number: 1 is the serial number; 3, 6, 9 and 12 are the outlets, in whose
second byte bit 0 is the relay and bit 1 the mains at the strip.  HID, but without an interrupt endpoint (inferred: with
usbhid bound sispmctl could not set the configuration).
"""
from __future__ import annotations

from .. import hid
from ..device import Interface, LOW
from .outlets import Outlets

SERIAL = 1


class SisPm(Outlets):
    vid, pid, bcd = 0x04B4, 0xFD13, 0x0100
    usb = 0x0110
    speed = LOW
    ep0_size = 8
    manufacturer = "Gembird"
    product = "SiS-PM"
    interfaces = (Interface((3, 0, 0)),)
    attributes = 0xA0
    max_power_ma = 100
    ident = "02035a5b"

    def make_report_descriptor(self) -> bytes:
        a = hid.Assembler()
        a.items("page 0xff00:2, usage 1, collection 1, min 0, max 255:2, size 8, count 4")
        for report in (SERIAL, *(3 * n for n in range(1, self.outlets + 1))):
            a.items(f"id {report}, usage {report}, feature 2")
        a.items("end")
        return a.bytes()

    def outlet(self, report: int) -> int | None:
        return report // 3 if report % 3 == 0 and 1 <= report // 3 <= self.outlets else None

    def get_report(self, kind: int, report: int) -> bytes | None:
        if kind != hid.FEATURE:
            return None
        if report == SERIAL:
            return bytes([SERIAL]) + bytes.fromhex(self.ident)
        outlet = self.outlet(report)
        if outlet is None:
            return None
        return bytes([report, self.switched[outlet - 1] | self.mains << 1, 0, 0, 0])

    def set_report(self, kind: int, report: int, data: bytes) -> bool:
        outlet = self.outlet(report)
        if kind != hid.FEATURE or len(data) < 2 or outlet is None:
            return False
        return self.order(outlet, data[1] & 1)

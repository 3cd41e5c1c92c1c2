"""HID report descriptors: a small assembler, a parser, and report packing.

The parser turns any descriptor (assembled here or captured from a real
device) into ``Field`` rows named like NUT names them
("UPS.PowerSummary.PresentStatus.ACPresent"), so a device model only says
"set this path to that value" and every report that holds it follows.
"""
from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

INPUT, OUTPUT, FEATURE = 1, 2, 3            # numbers that GET/SET_REPORT use
KIND_NAME = {INPUT: "input", OUTPUT: "output", FEATURE: "feature"}

_POWER = {
    0x01: "iName", 0x02: "PresentStatus", 0x03: "ChangedStatus", 0x04: "UPS",
    0x05: "PowerSupply", 0x10: "BatterySystem", 0x11: "BatterySystemID",
    0x12: "Battery", 0x13: "BatteryID", 0x14: "Charger", 0x15: "ChargerID",
    0x16: "PowerConverter", 0x17: "PowerConverterID", 0x18: "OutletSystem",
    0x19: "OutletSystemID", 0x1A: "Input", 0x1B: "InputID", 0x1C: "Output",
    0x1D: "OutputID", 0x1E: "Flow", 0x1F: "FlowID", 0x20: "Outlet",
    0x21: "OutletID", 0x22: "Gang", 0x23: "GangID", 0x24: "PowerSummary",
    0x25: "PowerSummaryID", 0x30: "Voltage", 0x31: "Current",
    0x32: "Frequency", 0x33: "ApparentPower", 0x34: "ActivePower",
    0x35: "PercentLoad", 0x36: "Temperature", 0x37: "Humidity",
    0x38: "BadCount", 0x40: "ConfigVoltage", 0x41: "ConfigCurrent",
    0x42: "ConfigFrequency", 0x43: "ConfigApparentPower",
    0x44: "ConfigActivePower", 0x45: "ConfigPercentLoad",
    0x46: "ConfigTemperature", 0x47: "ConfigHumidity",
    0x50: "SwitchOnControl", 0x51: "SwitchOffControl", 0x52: "ToggleControl",
    0x53: "LowVoltageTransfer", 0x54: "HighVoltageTransfer",
    0x55: "DelayBeforeReboot", 0x56: "DelayBeforeStartup",
    0x57: "DelayBeforeShutdown", 0x58: "Test", 0x59: "ModuleReset",
    0x5A: "AudibleAlarmControl", 0x60: "Present", 0x61: "Good",
    0x62: "InternalFailure", 0x63: "VoltageOutOfRange",
    0x64: "FrequencyOutOfRange", 0x65: "Overload", 0x66: "OverCharged",
    0x67: "OverTemperature", 0x68: "ShutdownRequested",
    0x69: "ShutdownImminent", 0x6B: "SwitchOn/Off", 0x6C: "Switchable",
    0x6D: "Used", 0x6E: "Boost", 0x6F: "Buck", 0x70: "Initialized",
    0x71: "Tested", 0x72: "AwaitingPower", 0x73: "CommunicationLost",
    0xFD: "iManufacturer", 0xFE: "iProduct", 0xFF: "iSerialNumber",
}
_BATTERY = {
    0x29: "RemainingCapacityLimit", 0x2A: "RemainingTimeLimit",
    0x2B: "AtRate", 0x2C: "CapacityMode", 0x2D: "BroadcastToCharger",
    0x2E: "PrimaryBattery", 0x2F: "ChargeController",
    0x40: "TerminateCharge", 0x41: "TerminateDischarge",
    0x42: "BelowRemainingCapacityLimit", 0x43: "RemainingTimeLimitExpired",
    0x44: "Charging", 0x45: "Discharging", 0x46: "FullyCharged",
    0x47: "FullyDischarged", 0x48: "ConditioningFlag", 0x49: "AtRateOK",
    0x4A: "SMBErrorCode", 0x4B: "NeedReplacement", 0x60: "AtRateTimeToFull",
    0x61: "AtRateTimeToEmpty", 0x62: "AverageCurrent", 0x63: "MaxError",
    0x64: "RelativeStateOfCharge", 0x65: "AbsoluteStateOfCharge",
    0x66: "RemainingCapacity", 0x67: "FullChargeCapacity",
    0x68: "RunTimeToEmpty", 0x69: "AverageTimeToEmpty",
    0x6A: "AverageTimeToFull", 0x6B: "CycleCount", 0x83: "DesignCapacity",
    0x84: "SpecificationInfo", 0x85: "ManufacturerDate",
    0x86: "SerialNumber", 0x87: "iManufacturerName", 0x88: "iDeviceName",
    0x89: "iDeviceChemistry", 0x8A: "ManufacturerData", 0x8B: "Rechargeable",
    0x8C: "WarningCapacityLimit", 0x8D: "CapacityGranularity1",
    0x8E: "CapacityGranularity2", 0x8F: "iOEMInformation",
    0xD0: "ACPresent", 0xD1: "BatteryPresent", 0xD2: "PowerFail",
    0xD3: "AlarmInhibited", 0xD4: "ThermistorUnderRange",
    0xD5: "ThermistorHot", 0xD6: "ThermistorCold",
    0xD7: "ThermistorOverRange", 0xD8: "BatteryVoltageOutOfRange",
    0xD9: "CurrentOutOfRange", 0xDA: "CurrentNotRegulated",
    0xDB: "VoltageNotRegulated", 0xDC: "MasterMode",
}
USAGE_NAME = {0x840000 | k: v for k, v in _POWER.items()}
USAGE_NAME.update({0x850000 | k: v for k, v in _BATTERY.items()})
USAGE = {v: k for k, v in USAGE_NAME.items()}

# HID unit codes and the power of ten between the HID unit (cm, g, s, A) and
# the everyday one (1 V = 1e7 in HID units).
UNITS = {"none": 0, "volt": 0x00F0D121, "watt": 0x0000D121,
         "ampere": 0x00100001, "second": 0x1001, "kelvin": 0x00010001,
         "hertz": 0xF001, "ampere-second": 0x00101001}
_UNIT_EXPONENT = {0x00F0D121: 7, 0x0000D121: 7}


def usage_name(usage: int) -> str:
    return USAGE_NAME.get(usage, f"{usage:08x}")


def _signed(value: int, size: int) -> int:
    if size == 0:
        return 0
    bit = 1 << (8 * size - 1)
    return (value & (bit - 1)) - (value & bit)


# --------------------------------------------------------------- assembler

class Assembler:
    """Writes a report descriptor; globals are emitted only when they change."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._globals: dict[int, int] = {}

    def bytes(self) -> bytes:
        return bytes(self._out)

    def _item(self, prefix: int, value: int, signed: bool = False) -> None:
        for code, size in ((0, 0), (1, 1), (2, 2), (3, 4)):
            if size == 0:
                continue
            lo, hi = ((-(1 << (8 * size - 1)), (1 << (8 * size - 1)) - 1)
                      if signed else (0, (1 << (8 * size)) - 1))
            if lo <= value <= hi:
                self._out.append(prefix | code)
                self._out += (value & ((1 << (8 * size)) - 1)).to_bytes(size, "little")
                return
        raise ValueError(f"item value {value} out of range")

    def _global(self, prefix: int, value: int, signed: bool = False) -> None:
        if self._globals.get(prefix) != value:
            self._globals[prefix] = value
            self._item(prefix, value, signed)

    def _usage(self, usage: int) -> None:
        self._global(0x04, usage >> 16)
        self._item(0x08, usage & 0xFFFF)

    #: items for ``items``: name to prefix, and whether the value has a sign
    _ITEMS = {"page": (0x04, False), "min": (0x14, True), "max": (0x24, True), "exp": (0x54, True),
              "unit": (0x64, False), "size": (0x74, False), "id": (0x84, False),
              "count": (0x94, False), "usage": (0x08, False), "string": (0x78, False),
              "collection": (0xA0, False), "input": (0x80, False), "feature": (0xB0, False)}

    def items(self, line: str) -> None:
        """Items exactly as written, for a descriptor whose every byte counts.

        "usage Voltage, max 100:2, feature 0x23, end": usages and units by name or number; a length in
        bytes after a colon, where the device does not take the shortest.
        """
        for item in line.split(","):
            name, _, word = item.strip().partition(" ")
            if name == "end":
                self._out.append(0xC0)
                continue
            prefix, signed = self._ITEMS[name]
            word, _, width = word.partition(":")
            known = {"usage": USAGE, "unit": UNITS}.get(name, {})
            value = known[word] & 0xFFFF if name == "usage" and word in known else known.get(word)
            value = int(word, 0) if value is None else value
            if not width:
                self._item(prefix, value, signed)
                continue
            self._out.append(prefix | {1: 1, 2: 2, 4: 3}[int(width)])
            self._out += (value & (1 << 8 * int(width)) - 1).to_bytes(int(width), "little")

    @contextmanager
    def collection(self, usage: str | int, kind: int = 0x00):
        """kind: 0 physical, 1 application, 2 logical, 0x80+n indexed."""
        self._usage(USAGE[usage] if isinstance(usage, str) else usage)
        self._item(0xA0, kind)
        yield self
        self._out.append(0xC0)

    def _main(self, kinds: str, size: int, count: int, usages: list[int],
              flags: int) -> None:
        for kind in kinds:
            for usage in usages:
                self._usage(usage)
            self._global(0x74, size)
            self._global(0x94, count)
            self._item({"I": 0x80, "O": 0x90, "F": 0xB0}[kind], flags)

    def field(self, kinds: str, report: int, usage: str | int, size: int = 8,
              lo: int = 0, hi: int | None = None, unit: str = "none",
              exp: int = 0, writable: bool = False) -> None:
        """One variable in report ``report``; kinds: any of "F", "I", "O"."""
        self._global(0x84, report)
        self._global(0x14, lo, True)
        self._global(0x24, (1 << size) - 1 if hi is None else hi, True)
        self._global(0x64, UNITS[unit])
        self._global(0x54, exp & 0x0F)          # a signed nibble
        code = USAGE[usage] if isinstance(usage, str) else usage
        self._main(kinds, size, 1, [code], 0x02 if writable else 0x03)

    def flags(self, kinds: str, report: int, usages: list[str]) -> None:
        """One-bit flags, padded to a byte."""
        self._global(0x84, report)
        self._global(0x14, 0, True)
        self._global(0x24, 1, True)
        self._global(0x64, 0)
        self._global(0x54, 0)
        pad = -len(usages) % 8
        for kind in kinds:
            self._main(kind, 1, len(usages), [USAGE[u] for u in usages], 0x02)
            if pad:
                self._global(0x74, pad)
                self._global(0x94, 1)
                self._item({"I": 0x80, "O": 0x90, "F": 0xB0}[kind], 0x03)


# ------------------------------------------------------------------ parser

@dataclass
class Field:
    kind: int
    report: int
    offset: int            # in bits, after the report ID byte
    size: int              # in bits
    path: str              # "" for padding
    lo: int
    hi: int
    plo: int
    phi: int
    unit: int
    exp: int
    flags: int

    def to_logical(self, value: float) -> int:
        """Everyday units to the number on the wire."""
        value /= 10.0 ** (self.exp - _UNIT_EXPONENT.get(self.unit, 0))
        if self.phi > self.plo and (self.plo, self.phi) != (self.lo, self.hi):
            value = self.lo + (value - self.plo) * (self.hi - self.lo) / (self.phi - self.plo)
        return int(round(value))

    def to_physical(self, logical: int) -> float:
        value = float(logical)
        if self.phi > self.plo and (self.plo, self.phi) != (self.lo, self.hi):
            value = self.plo + (value - self.lo) * (self.phi - self.plo) / (self.hi - self.lo)
        return value * 10.0 ** (self.exp - _UNIT_EXPONENT.get(self.unit, 0))


def parse(descriptor: bytes) -> list[Field]:
    g = dict(page=0, lo=0, hi=0, plo=0, phi=0, unit=0, exp=0, size=0, count=0, id=0)
    stack: list[dict] = []
    usages: list[int] = []
    span: list[int | None] = [None, None]
    path: list[list[str]] = []
    offsets: dict[tuple[int, int], int] = {}
    fields: list[Field] = []
    pos = 0
    while pos < len(descriptor):
        prefix = descriptor[pos]
        size = (0, 1, 2, 4)[prefix & 3]
        if prefix == 0xFE:                                   # long item
            pos += 3 + descriptor[pos + 1]
            continue
        raw = descriptor[pos + 1:pos + 1 + size]
        value = int.from_bytes(raw, "little")
        signed = _signed(value, size)
        pos += 1 + size
        tag = prefix & 0xFC
        full = value if size == 4 else (g["page"] << 16) | value
        if tag == 0x04: g["page"] = value
        elif tag == 0x14: g["lo"] = signed
        elif tag == 0x24: g["hi"] = signed if signed >= g["lo"] else value
        elif tag == 0x34: g["plo"] = signed
        elif tag == 0x44: g["phi"] = signed if signed >= g["plo"] else value
        elif tag == 0x54: g["exp"] = signed - 16 if size == 1 and 8 <= value <= 15 else signed
        elif tag == 0x64: g["unit"] = value
        elif tag == 0x74: g["size"] = value
        elif tag == 0x84: g["id"] = value
        elif tag == 0x94: g["count"] = value
        elif tag == 0xA4: stack.append(dict(g))
        elif tag == 0xB4: g = stack.pop()
        elif tag == 0x08: usages.append(full)
        elif tag == 0x18: span[0] = full
        elif tag == 0x28:
            span[1] = full
            usages += range(span[0], full + 1)
        elif tag == 0xA0:
            names = [usage_name(usages[0])] if usages else ["?"]
            if value >= 0x80:
                names.append(f"[{value & 0x7F}]")
            path.append(names)
            usages = []
        elif tag == 0xC0:
            path.pop()
            usages = []
        elif tag in (0x80, 0x90, 0xB0):
            kind = {0x80: INPUT, 0x90: OUTPUT, 0xB0: FEATURE}[tag]
            at = offsets.get((kind, g["id"]), 0)
            prefix_path = [n for names in path for n in names]
            for i in range(g["count"]):
                usage = usages[min(i, len(usages) - 1)] if usages else None
                name = "" if usage is None else ".".join(prefix_path + [usage_name(usage)])
                fields.append(Field(kind, g["id"], at, g["size"], name, g["lo"], g["hi"],
                                    g["plo"], g["phi"], g["unit"], g["exp"], value))
                at += g["size"]
            offsets[kind, g["id"]] = at
            usages = []
    return fields


class Reports:
    """The reports that a descriptor defines, and the values in them."""

    def __init__(self, descriptor: bytes) -> None:
        self.fields = parse(descriptor)
        self.numbered = any(f.report for f in self.fields)
        self.values: dict[str, int] = {}          # path to logical value
        self.bits: dict[tuple[int, int], int] = {}
        self.by_path: dict[str, list[Field]] = {}
        for f in self.fields:
            key = (f.kind, f.report)
            self.bits[key] = max(self.bits.get(key, 0), f.offset + f.size)
            if f.path:
                self.by_path.setdefault(f.path, []).append(f)
                self.values.setdefault(f.path, 0)

    def paths(self, suffix: str) -> list[str]:
        """Full paths that are, or end with, ``suffix``."""
        return [p for p in self.by_path if p == suffix or p.endswith("." + suffix)]

    def has(self, suffix: str) -> bool:
        return bool(self.paths(suffix))

    def set(self, suffix: str, value: float) -> set[int]:
        """Set a value in everyday units; the IDs of the reports it changed."""
        changed = set()
        for path in self.paths(suffix):
            field = self.by_path[path][0]
            logical = field.to_logical(value)
            if self.values[path] != logical:
                self.values[path] = logical
                changed |= {f.report for f in self.by_path[path]}
        return changed

    def get(self, suffix: str) -> float:
        path = self.paths(suffix)[0]
        return self.by_path[path][0].to_physical(self.values[path])

    def pack(self, kind: int, report: int) -> bytes | None:
        if (kind, report) not in self.bits:
            return None
        acc = 0
        for f in self.fields:
            if (f.kind, f.report) == (kind, report) and f.path:
                acc |= (self.values[f.path] & ((1 << f.size) - 1)) << f.offset
        body = acc.to_bytes((self.bits[kind, report] + 7) // 8, "little")
        return bytes([report]) + body if self.numbered else body

    def unpack(self, kind: int, report: int, data: bytes) -> dict[str, int]:
        """Store a report that the host wrote; the logical values it held."""
        body = data[1:] if self.numbered else data
        acc = int.from_bytes(body, "little")
        got = {}
        for f in self.fields:
            if (f.kind, f.report) == (kind, report) and f.path \
                    and f.offset + f.size <= 8 * len(body):
                value = (acc >> f.offset) & ((1 << f.size) - 1)
                if f.lo < 0 and value >> (f.size - 1):
                    value -= 1 << f.size
                self.values[f.path] = got[f.path] = value
        return got

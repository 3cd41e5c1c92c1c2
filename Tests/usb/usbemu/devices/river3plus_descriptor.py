"""The report descriptor of a River 3 Plus, item by item.

Order, flags and item lengths are the device's own; the last 27 bytes are those that the length in
its configuration leaves out.  Units and limits stay in force until the next one (a unit of watts
hangs on the percent values), and percent limits take two bytes where one would do.
"""
from __future__ import annotations

from .. import hid

_SUMMARY = """
size 8, count 1, min 0, max 255, page 0x85, id 0x06, usage Rechargeable, feature 0x23
id 0x1f, usage iDeviceChemistry, string 4, feature 0x23
id 0x20, usage iOEMInformation, string 5, feature 0x23
id 0x16, usage CapacityMode, feature 0x23
id 0x10, usage CapacityGranularity1, max 100:2, feature 0x22
id 0x18, usage CapacityGranularity2, feature 0x23
id 0x0e, usage FullChargeCapacity, feature 0x83
id 0x17, usage DesignCapacity, feature 0x83
id 0x0c, usage RemainingCapacity, input 0xa3, usage RemainingCapacity, feature 0xa3
id 0x0f, usage WarningCapacityLimit, feature 0xa2
id 0x11, usage RemainingCapacityLimit, feature 0xa2
id 0x09, usage ManufacturerDate, size 16, max 65535, feature 0xa3
id 0x1a, usage AverageTimeToFull, max 65535, unit second, exp 0, feature 0xa3
id 0x1c, usage AverageTimeToEmpty, input 0xa3, usage AverageTimeToEmpty, feature 0xa3
id 0x0d, usage RunTimeToEmpty, input 0xa3, usage RunTimeToEmpty, feature 0xa3
id 0x08, usage RemainingTimeLimit, size 16, max 1380:4, min 120:2, input 0x22
usage RemainingTimeLimit, feature 0xa2
page 0x84, id 0x12, usage DelayBeforeShutdown, min -32768, max 32767:4, feature 0xa2
id 0x13, usage DelayBeforeReboot, feature 0xa2
id 0x0a, usage ConfigVoltage, min 0, max 65535, unit volt, exp 5, feature 0x23
id 0x0b, usage Voltage, input 0xa3, usage Voltage, feature 0xa3
id 0x14, usage AudibleAlarmControl, size 8, min 1, max 3, unit none, exp 0, input 0x22
usage AudibleAlarmControl, feature 0xa2
"""

#: usages of the status report by bit; the host may write those named in _WRITABLE
_STATUS = {
    0x85: ["Charging", "Discharging", "ACPresent", "BatteryPresent", "BelowRemainingCapacityLimit",
           "RemainingTimeLimitExpired", "NeedReplacement", "VoltageNotRegulated", "FullyCharged",
           "FullyDischarged"],
    0x84: ["ShutdownRequested", "ShutdownImminent", "CommunicationLost", "Overload"],
}
_WRITABLE = {"RemainingTimeLimitExpired", "ShutdownRequested"}


def descriptor() -> bytes:
    a = hid.Assembler()
    a.items("page 0x84, usage UPS, collection 1, page 0x84, usage Flow, collection 0x84")
    a.items("usage ConfigActivePower, id 0x01, size 16, count 1, max 65535, unit watt, exp 7")
    a.items("feature 0x83, end, usage PowerSummary, collection 2")
    for line in _SUMMARY.split("\n"):
        if line:
            a.items(line)
    a.items("usage PresentStatus, collection 2, id 0x07")
    for page, usages in _STATUS.items():
        a.items(f"page {page}")
        for usage in usages:
            first = ", size 1, min 0, max 1" if usage == "Charging" else ""
            flags = 0xA2 if usage in _WRITABLE else 0xA3
            a.items(f"usage {usage}{first}, input {flags}, usage {usage}, feature {flags}")
    a.items("count 2, input 1, feature 1, end, end, end")
    return a.bytes()

#!/usr/bin/python3
"""The models against what real devices and NUT 2.8.5 say, where ../shared is there."""
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "..", "shared")
sys.path.insert(0, HERE)

from usbemu import hid                                         # noqa: E402
from usbemu.devices.ecoflow_cdc import SerialPort, crc8, crc16   # noqa: E402
from usbemu.devices import make, river3plus_descriptor         # noqa: E402

#: NUT's variable to the usage whose value it shows, and the factor between them
SHOWN = {
    "battery.charge": ("PowerSummary.RemainingCapacity", 1),
    "battery.charge.low": ("PowerSummary.RemainingCapacityLimit", 1),
    "battery.charge.warning": ("PowerSummary.WarningCapacityLimit", 1),
    "battery.runtime.low": ("PowerSummary.RemainingTimeLimit", 1),
    "battery.voltage": ("PowerSummary.Voltage", 1),
    "battery.voltage.nominal": ("PowerSummary.ConfigVoltage", 1),
    "battery.capacity": ("PowerSummary.FullChargeCapacity", 1),
    "battery.capacity.nominal": ("PowerSummary.DesignCapacity", 1),
    "input.voltage": ("Input.Voltage", 1),
    "input.voltage.nominal": ("Input.ConfigVoltage", 1),
    "ups.load": ("PowerConverter.PercentLoad", 1),
    "ups.power.nominal": ("Flow.[4].ConfigActivePower", 1),
    "ups.timer.shutdown": ("PowerSummary.DelayBeforeShutdown", 1),
}
RUNTIME = {"river3plus": 60, "ecoflow-full": 60, "apc": 1}      # EcoFlow counts minutes


def shared(*path: str) -> str:
    place = os.path.join(SHARED, *path)
    if not os.path.exists(place):
        raise unittest.SkipTest(f"no recordings at {place}")
    return place


class Models(unittest.TestCase):
    def test_the_river_descriptor_is_the_recorded_one(self):
        with open(shared("data/hid/ecoflow/river3plus-rdesc-403-reconstructed.hex")) as f:
            self.assertEqual(river3plus_descriptor.descriptor().hex(), bytes.fromhex(f.read()).hex())

    def test_the_river_fields_are_those_of_the_table(self):
        with open(shared("data/hid/ecoflow/river3plus-fields.tsv")) as f:
            rows = [line.split("\t") for line in f if line.startswith(("Feature", "Input"))]
        wanted = [(r[0].lower(), int(r[1], 16), "" if r[2] == "(padding)" else r[2],
                   int(r[3]), int(r[4]), int(r[5]), int(r[6])) for r in rows]
        fields = hid.parse(river3plus_descriptor.descriptor())
        found = [(hid.KIND_NAME[f.kind], f.report, f.path, f.offset, f.size, f.lo, f.hi) for f in fields]
        self.assertEqual(found, wanted)

    def test_the_values_are_those_that_nut_shows(self):
        for model, minutes in RUNTIME.items():
            with open(shared("lab/golden", f"{model}.upsc")) as f:
                golden = dict(line.rstrip("\n").split(": ", 1) for line in f if ": " in line)
            device = make(model, None)[1]
            self.assertEqual(device.manufacturer, golden["ups.mfr"])
            self.assertTrue(device.product.startswith(golden["ups.model"]))
            self.assertEqual(device.serial, golden["ups.serial"])
            for variable, (path, factor) in {**SHOWN, "battery.runtime":
                                             ("PowerSummary.RunTimeToEmpty", minutes)}.items():
                if variable in golden:
                    with self.subTest(model=model, variable=variable):
                        self.assertAlmostEqual(device.reports.get(path) * factor,
                                               float(golden[variable]), places=2)

    def test_the_serial_port_answers_a_request(self):
        port = SerialPort("R631ZABAWH3B0001")
        with open(shared("data/hid/ecoflow/cdc-frames.txt")) as f:
            frames = [bytes.fromhex(w) for line in f for w in line.split() if re.fullmatch("aa03[0-9a-f]+", w)]
        self.assertTrue(frames)
        for frame in frames:
            self.assertEqual(frame[4], crc8(frame[:4]))
            self.assertEqual(crc16(frame), 0)
        request = next(f for f in frames if f[2:4] == bytes(2))
        for part in (request[:7], request[7:]):
            replies = port.feed(part)
        self.assertEqual([(crc16(r), r[4], r[6:10]) for r in replies],
                         [(0, crc8(replies[0][:4]), request[6:10])])

    def test_settings_and_names(self):
        name, device = make("river3plus=twin,serial=R2,charge=42", None)
        self.assertEqual((name, device.serial, device.state()["charge"]), ("twin", "R2", 42))
        self.assertEqual(device.get_report(hid.FEATURE, 0x0C), bytes([0x0C, 42]))
        self.assertIsNone(make("apc,serial=", None)[1].serial)
        self.assertEqual(make("apc,interface=1", None)[1].hid_interface, 1)
        for wrong in ("nothing", "apc,nonsense=1"):
            with self.assertRaises(ValueError):
                make(wrong, None)


if __name__ == "__main__":
    unittest.main()

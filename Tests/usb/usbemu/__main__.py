"""Run emulated devices for as long as a command runs.

    python3 -m usbemu vhci [-c ADDRESS] DEVICE ... [-- COMMAND ...]
    umockdev-wrapper /usr/bin/python3 -m usbemu umock [-c ADDRESS] DEVICE ... [-- COMMAND ...]
    python3 -m usbemu describe MODEL

DEVICE is MODEL[=NAME][,SETTING=VALUE]...; the models are river3plus,
ecoflow-full, apc, relay, sispm, captured:PATH/VID-PID-name.hex[@INTERFACE].  Settings:
serial, product, manufacturer (empty: the device has none), ident (what
relay and sispm say of themselves in a report), cached=no (the
kernel does not know the strings; umock only), interface=N (HID on interface
N, after N others), and every state that "ctl NAME set" takes
(charge=42).  Exits with the command's code; the control address is in the
command's environment as USBEMU_CONTROL.
"""
from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile


def _options(argv: list[str]) -> tuple[str, list[str], list[str]]:
    command: list[str] = []
    if "--" in argv:
        at = argv.index("--")
        argv, command = argv[:at], argv[at + 1:]
    address, plain = "", []
    words = iter(argv)
    for word in words:
        if word == "-c":
            address = next(words, "")
        else:
            plain.append(word)
    if not address:
        # A directory of its own, so that several emulators can run beside each other.
        directory = tempfile.mkdtemp(prefix="usbemu.")
        os.chmod(directory, 0o711)
        atexit.register(shutil.rmtree, directory, ignore_errors=True)
        address = f"unix:{directory}/control"
    return address, plain, command


def fill(bus, words: list[str], clock) -> None:
    from .devices import make
    for word in words:
        name, device = make(word, clock)
        bus.add(name, device)


async def _vhci(address: str, words: list[str], command: list[str]) -> int:
    import asyncio

    from . import vhci
    from .control import Control
    loop = asyncio.get_running_loop()
    bus = vhci.Bus()
    fill(bus, words, loop)
    stopped = asyncio.Event()
    Control(bus, loop.call_soon_threadsafe, stopped.set).listen(address)
    await bus.attach_all()
    print(f"usbemu: ready, USBEMU_CONTROL={address}", file=sys.stderr, flush=True)
    if not command:
        await stopped.wait()
        return 0
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, "USBEMU_CONTROL": address})
    return await process.wait()


def _describe(model: str) -> None:
    from .devices import make
    device = make(model, None)[1]
    print(device.report_descriptor.hex())
    for f in device.reports.fields:
        print(f"{f.kind} id={f.report} bit={f.offset} size={f.size} {f.path}")


def main(argv: list[str]) -> int:
    mode, *rest = argv or [""]
    if mode == "describe" and len(rest) == 1:
        _describe(rest[0])
        return 0
    if mode not in ("umock", "vhci"):
        print(__doc__)
        return 2
    address, words, command = _options(rest)
    if mode == "umock":
        from .umock import run
        return run(address, words, command, fill)
    import asyncio
    return asyncio.run(_vhci(address, words, command))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The control socket: one command a line, one JSON reply a line.

    list                          names of the devices
    NAME COMMAND ...              a device's command (see device.py, ups.py)
    NAME unplug | plug
    NAME mode OCTAL               rights on the device's node
    NAME drivers                  the kernel's driver of each interface
    quit

The address is unix:/path.
"""
from __future__ import annotations

import json
import os
import socket
import threading
from typing import Callable


class Control:
    """Reads commands on threads and runs each in the emulator's own loop."""

    def __init__(self, bus, in_loop: Callable[[Callable[[], None]], object],
                 stop: Callable[[], None]) -> None:
        self.bus, self.in_loop, self.stop = bus, in_loop, stop

    def listen(self, address: str) -> None:
        place = address.removeprefix("unix:")
        if os.path.exists(place):
            os.unlink(place)
        sock = socket.socket(socket.AF_UNIX)
        sock.bind(place)
        os.chmod(place, 0o666)     # the command may have given up its rights
        sock.listen(8)
        threading.Thread(target=self._accept, args=(sock,), daemon=True).start()

    def _accept(self, sock: socket.socket) -> None:
        while True:
            client, _ = sock.accept()
            threading.Thread(target=self._client, args=(client,), daemon=True).start()

    def _client(self, client: socket.socket) -> None:
        with client, client.makefile("rw") as f:
            for line in f:
                if line.strip():
                    f.write(json.dumps(self._run(line.split())) + "\n")
                    f.flush()

    def _run(self, words: list[str]) -> object:
        done = threading.Event()
        box: list[object] = [None]

        def work() -> None:
            try:
                box[0] = self.execute(words)
            except Exception as problem:          # to the one who asked
                box[0] = {"error": f"{type(problem).__name__}: {problem}"}
            done.set()

        self.in_loop(work)
        done.wait(10)
        return box[0]

    def execute(self, words: list[str]) -> object:
        if words[0] == "list":
            return list(self.bus.devices)
        if words[0] == "quit":
            self.stop()
            return "ok"
        name, *rest = words
        if name not in self.bus.devices:
            raise ValueError(f"no device {name!r}; there are {list(self.bus.devices)}")
        if rest[0] == "unplug":
            self.bus.unplug(name)
            return "ok"
        if rest[0] == "plug":
            self.bus.plug(name)
            return "ok"
        if rest[0] == "mode":
            self.bus.mode(name, int(rest[1], 8))
            return "ok"
        if rest[0] == "drivers":
            return self.bus.drivers(name)
        return self.bus.devices[name].command(rest)


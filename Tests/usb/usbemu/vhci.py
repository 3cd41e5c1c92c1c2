"""USB/IP's stream of transfers, straight into this machine's vhci-hcd (no network, no ``usbip`` tool)."""
from __future__ import annotations

import asyncio
import errno
import glob
import os
import socket
import struct

from .device import SUPER, UsbDevice, Urb

CMD_SUBMIT, CMD_UNLINK, RET_SUBMIT, RET_UNLINK = 1, 2, 3, 4
HEADER = struct.Struct(">IIIII")                 # command seqnum devid direction ep
SUBMIT = struct.Struct(">IiiiI8s")               # flags length start packets interval setup
RETURN = struct.Struct(">iiiii8x")               # status length start packets errors


class UrbStream:
    """Serves one imported device over a connected stream."""

    def __init__(self, device: UsbDevice, reader: asyncio.StreamReader,
                 writer: asyncio.StreamWriter) -> None:
        self.device, self.reader, self.writer = device, reader, writer
        self.pending: dict[int, Urb] = {}
        self._is_mute = False
        self._last_heard = 0.0

    #: how long nothing may come in before the stream of an unplugged device is cut, and how long to wait for that
    SETTLE_S, PATIENCE_S = 0.05, 1.0

    async def unplug(self) -> None:
        """Answers nothing any more, and cuts the stream once the kernel has sent what it had to send.

        A transfer that is taken back while the kernel has not sent it yet, on a stream that ends at that moment, is
        never given back: whoever waits for it, and who waits for them, would do so for ever.
        """
        self._is_mute = True
        loop = asyncio.get_running_loop()
        start = self._last_heard = loop.time()
        while loop.time() < min(self._last_heard + self.SETTLE_S, start + self.PATIENCE_S):
            await asyncio.sleep(self.SETTLE_S / 5)
        self.writer.transport.abort()

    async def run(self) -> None:
        try:
            while True:
                head = await self.reader.readexactly(48)
                self._last_heard = asyncio.get_running_loop().time()
                command, seqnum, _, direction, endpoint = HEADER.unpack(head[:20])
                if command == CMD_SUBMIT:
                    await self._submit(seqnum, direction, endpoint, head[20:])
                elif command == CMD_UNLINK:
                    self._unlink(seqnum, struct.unpack(">I", head[20:24])[0])
                else:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            for urb in self.pending.values():
                self.device.cancel(urb)
            self.writer.close()

    async def _submit(self, seqnum: int, direction: int, endpoint: int, rest: bytes) -> None:
        _, length, _, _, _, setup = SUBMIT.unpack(rest)
        data = await self.reader.readexactly(length) if direction == 0 and length else b""
        address = endpoint | (0x80 if direction else 0)

        def done(urb: Urb, status: int, reply: bytes) -> None:
            self.pending.pop(seqnum, None)
            actual = len(reply) if direction else (length if status == 0 else 0)
            self._write(HEADER.pack(RET_SUBMIT, seqnum, 0, 0, 0)
                        + RETURN.pack(status, actual, 0, 0, 0)
                        + (reply if direction else b""))

        if self._is_mute:
            return
        urb = Urb(address, setup if endpoint == 0 else None, data, length, done)
        self.pending[seqnum] = urb
        self.device.submit(urb)

    def _unlink(self, seqnum: int, victim: int) -> None:
        urb = self.pending.pop(victim, None)
        open_ = urb is not None and self.device.cancel(urb)
        status = -errno.ECONNRESET if open_ else 0
        self._write(HEADER.pack(RET_UNLINK, seqnum, 0, 0, 0) + RETURN.pack(status, 0, 0, 0, 0))

    def _write(self, data: bytes) -> None:
        if not self._is_mute and not self.writer.is_closing():
            self.writer.write(data)


class Bus:
    """The emulated devices, each with its own port of vhci-hcd, and the streams of those plugged."""

    BASE = "/sys/devices/platform/vhci_hcd.0"
    FREE = 4                                       # VDEV_ST_NULL
    #: how long the kernel may take to let go of an unplugged device's port
    PATIENCE_S = 10.0

    def __init__(self) -> None:
        self.devices: dict[str, UsbDevice] = {}
        self._ports: dict[str, int] = {}
        self._streams: dict[str, UrbStream] = {}
        self._tasks: set[asyncio.Task] = set()

    def add(self, name: str, device: UsbDevice) -> None:
        self.devices[name] = device
        device.on_unplug = lambda: self.unplug(name)
        device.on_plug = lambda: self.plug(name)

    async def attach_all(self) -> None:
        """Plugs all in, and waits until the kernel has configured them and udev has set their rights."""
        for name, device in self.devices.items():
            await self._attach(name)
            last = f"{self._place(name)}:1.{len(device.interfaces) - 1}"
            await self._until(lambda: os.path.exists(last), f"{name} is not configured")
        if os.path.exists("/run/udev/control"):
            process = await asyncio.create_subprocess_exec("udevadm", "settle")
            await process.wait()

    async def _until(self, condition, problem: str):
        for _ in range(int(self.PATIENCE_S / 0.05)):
            if found := condition():
                return found
            await asyncio.sleep(0.05)
        raise RuntimeError(problem)

    def _place(self, name: str) -> str:
        """Where sysfs has the device, up to the colon of its interfaces."""
        hub = sorted(glob.glob(f"{self.BASE}/usb*"))[0]   # the high-speed hub comes first
        device = f"{hub.rpartition('usb')[2]}-{self._ports[name] + 1}"
        return f"{hub}/{device}/{device}"

    def unplug(self, name: str) -> None:
        stream = self._streams.pop(name, None)
        if stream is not None:
            self._keep(stream.unplug())

    def plug(self, name: str) -> None:
        if name not in self._streams:
            self.devices[name].plugged()
            self._keep(self._attach(name))

    def _keep(self, work) -> None:
        task = asyncio.ensure_future(work)         # the loop itself holds tasks only weakly
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def drivers(self, name: str) -> list[str | None]:
        links = [f"{self._place(name)}:1.{n}/driver"
                 for n in range(len(self.devices[name].interfaces))]
        return [os.path.basename(os.readlink(k)) if os.path.islink(k) else None for k in links]

    def mode(self, name: str, mode: int) -> None:
        def number(attribute: str) -> int:
            with open(f"{os.path.dirname(self._place(name))}/{attribute}") as f:
                return int(f.read())
        os.chmod(f"/dev/bus/usb/{number('busnum'):03d}/{number('devnum'):03d}", mode)

    def _free_ports(self, speed: int) -> list[int]:
        hub = "ss" if speed >= SUPER else "hs"
        with open(f"{self.BASE}/status") as f:
            rows = [line.split() for line in f.readlines()[1:]]
        return [int(r[1]) for r in rows if r[0] == hub and int(r[2]) == self.FREE]

    async def _attach(self, name: str) -> None:
        device = self.devices[name]
        # A device keeps its port, so that it comes back in the same place.
        others = {port for other, port in self._ports.items() if other != name}
        free = await self._until(
            lambda: [port for port in self._free_ports(device.speed)
                     if port == self._ports.get(name, port) and port not in others],
            f"no free vhci port for {name}")
        port = self._ports[name] = free[0]
        number = list(self.devices).index(name) + 1
        kernel, ours = socket.socketpair()
        ours.setblocking(False)
        fd = os.open(f"{self.BASE}/attach", os.O_WRONLY)
        try:
            os.write(fd, f"{port} {kernel.fileno()} {1 << 16 | number} {device.speed}".encode())
        finally:
            os.close(fd)
            kernel.close()                         # the kernel holds its own reference
        reader, writer = await asyncio.open_connection(sock=ours)
        stream = self._streams[name] = UrbStream(device, reader, writer)
        self._keep(self._serve(name, stream))

    async def _serve(self, name: str, stream: UrbStream) -> None:
        try:
            await stream.run()
        finally:
            if self._streams.get(name) is stream:
                del self._streams[name]

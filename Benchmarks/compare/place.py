"""A NUT configuration directory with its fake drivers, and the servers that run on it."""

import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
DUMP = HERE / "ups.dump"
# Room for the crowd and its observer.
CONNECTIONS = 12000
# What a server may take to answer at first.
PATIENCE = 30
# Both stay who they are: the sockets are in a folder of ours.
USER = getpass.getuser()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """N devices with their drivers."""

    def __init__(self, tools, devices, connections=CONNECTIONS, tick=0, certificate=None):
        self.tools = tools
        self.devices = devices
        self.connections = connections
        self.certificate = certificate
        # Short, as the path of a socket may have 107 bytes only.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nutload-"))
        self.state = self.folder / "run"
        self.state.mkdir()
        self.log = self.folder / "drivers.log"
        self.servers = []
        with open(self.log, "wb") as log:
            self.drivers = subprocess.Popen(
                [tools.nutload, "drivers", "--dir", self.state, "--dump", DUMP, "--devices", str(devices),
                 "--tick-ms", str(tick)], stdout=subprocess.PIPE, stderr=log)
        if self.drivers.stdout.readline() != b"ready\n":
            raise RuntimeError("the drivers did not start: " + self.log.read_text())

    def configure(self, port):
        """A directory for a server on `port`."""
        folder = self.folder / str(port)
        folder.mkdir()
        sections = (f"[ups{n}]\n driver = dummy-ups\n port = none\n desc = \"UPS {n} of rack B\"\n"
                    for n in range(self.devices))
        lines = [f"LISTEN 127.0.0.1 {port}", f"MAXCONN {self.connections}", f"STATEPATH {self.state}"]
        if self.certificate:
            lines.append(f"CERTFILE {self.certificate}")
        (folder / "ups.conf").write_text("".join(sections))
        (folder / "upsd.conf").write_text("\n".join(lines) + "\n")
        (folder / "upsd.users").write_text("")
        for file in folder.iterdir():
            file.chmod(0o600)
        return folder

    def server(self, kind, starting=True):
        server = kind(self)
        self.servers.append(server)
        if starting:
            server.start()
        return server

    def close(self):
        for server in self.servers:
            server.stop()
        end(self.drivers)
        shutil.rmtree(self.folder, ignore_errors=True)


class Server:
    """One of the two that are compared."""

    def __init__(self, site):
        self.site = site
        self.port = free_port()
        self.folder = site.configure(self.port)
        self.log = self.folder / "server.log"
        self.process = None

    def start(self, wrapper=None):
        """Starts it and waits for its data. The words of `wrapper` stand in place of the program."""
        command = self.command()
        command[:1] = wrapper or command[:1]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        wanted = f"ups{self.site.devices - 1}"
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as client:
                    client.sendall(f"GET VAR {wanted} ups.status\n".encode())
                    if client.recv(1024).startswith(b"VAR "):
                        return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError(f"{self.name} does not answer: {self.log.read_text()[-2000:]}")

    @property
    def pid(self):
        return self.process.pid

    @property
    def target(self):
        """Where it is, in the words of the load generator."""
        return "--port", self.port, "--pid", self.pid

    def environment(self):
        paths = {"NUT_CONFPATH": self.folder, "NUT_STATEPATH": self.site.state, "NUT_ALTPIDPATH": self.folder}
        return {**os.environ, **{key: str(value) for key, value in paths.items()}}

    def stop(self):
        if self.process:
            end(self.process)
        self.process = None


class NUT(Server):
    """NUT's own."""

    name = "upsd"

    def command(self):
        # The one in /sbin looks into nut.conf first, and refuses where nothing is configured.
        return [self.site.tools.upsd, "-F", "-u", USER]


class Ours(Server):
    """upsd-swift, on the same configuration where it can, else on one that says the same."""

    name = "ours"

    def command(self):
        if self.site.tools.compatible:
            return [self.site.tools.ours, "--nut-compat", "-F", "-u", USER]
        self.write_yaml()
        return [self.site.tools.ours, "--config", self.folder / "rack.yaml", "--log-level", "notice"]

    def write_yaml(self):
        lines = ["server:", f"  listen: ['127.0.0.1:{self.port}']", f"  max-clients: {self.site.connections}"]
        if self.site.certificate:
            lines.append(f"  tls: {{certificate: {self.site.certificate}, key: {self.site.certificate}}}")
        lines.append("ups:")
        for number in range(self.site.devices):
            lines.append(f"  ups{number}: {{driver: nut-driver, socket: dummy-ups-ups{number}, "
                         f"state-path: {self.site.state}, description: 'UPS {number} of rack B'}}")
        (self.folder / "rack.yaml").write_text("\n".join(lines) + "\n")


def end(process):
    """Ends what was started here, by force if it must be."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

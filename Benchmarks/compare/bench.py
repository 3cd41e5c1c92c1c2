"""The servers that are running, started when they are first needed and all ended at the end."""

import contextlib
import pathlib
import shutil
import subprocess
import tempfile

from place import Site

SUBJECT = ["-subj", "/CN=localhost", "-nodes", "-days", "2", "-x509"]
KEYS = {
    "rsa": ["-newkey", "rsa:2048"],
    "p256": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
}


class Bench:
    def __init__(self, tools, seconds, clients, most, counts):
        self.tools = tools
        self.seconds = seconds
        self.clients = clients
        # UPSes of the largest site.
        self.most = most
        self.counts = counts
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nutload-"))
        self.sites = {}
        self.servers = {}

    def server(self, kind, devices=1, tick=0, certificate=None, starting=True):
        """The one server of this kind and shape, kept until the group of rows is over."""
        shape = devices, tick, certificate
        if shape not in self.sites:
            self.sites[shape] = Site(self.tools, devices, tick=tick, certificate=certificate)
        if (kind, shape) not in self.servers:
            self.servers[kind, shape] = self.sites[shape].server(kind, starting)
        return self.servers[kind, shape]

    @contextlib.contextmanager
    def fresh(self, kind, **shape):
        """A server of its own, for what leaves traces in it."""
        site = Site(self.tools, 1, **shape)
        try:
            yield site.server(kind)
        finally:
            site.close()

    def certificate(self, key):
        """A file with a new certificate and its key."""
        path = self.folder / f"{key}.pem"
        if not path.exists():
            secret, public = self.folder / f"{key}.key", self.folder / f"{key}.crt"
            subprocess.run(["openssl", "req", *KEYS[key], *SUBJECT, "-keyout", secret, "-out", public],
                           check=True, capture_output=True)
            path.touch(0o600)
            path.write_bytes(public.read_bytes() + secret.read_bytes())
        return path

    def end_group(self):
        for site in self.sites.values():
            site.close()
        self.sites, self.servers = {}, {}

    def close(self):
        self.end_group()
        shutil.rmtree(self.folder, ignore_errors=True)

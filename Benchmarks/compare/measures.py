"""How each row is measured: functions of the bench, the kind of server, and whether it is the first time."""

import subprocess
import time

from place import DUMP, NUT, Ours
from tools import instructions, syscalls


def requests(*words, counts=None):
    """Clients on kept connections; counts once what is exact, as the slope between two numbers of requests."""
    def measure(bench, kind, is_first):
        server = bench.server(kind)
        found = bench.tools.load("requests", *server.target, *words, "--dump", DUMP, "--seconds", bench.seconds)
        if counts and is_first:
            # A client that acknowledges at once changes nothing of this, and does not wait 40 ms for each list.
            found["syscalls"] = syscalls(bench.tools, server, counts, *words, "--quickack")
            if bench.counts:
                found["instructions"] = instructions(bench.tools, server, counts, *words, "--quickack")
        return found
    return measure


def storm(*words):
    def measure(bench, kind, _):
        server = bench.server(kind)
        return bench.tools.load("storm", *server.target, *words, "--seconds", bench.seconds)
    return measure


def busy(bench, kind, _):
    found = {}
    for clients in (1, 100, 1000):
        run = bench.tools.load("requests", *bench.server(kind).target, "--kind", "get", "--clients", clients,
                               "--seconds", bench.seconds)
        found[f"p99_us_{clients}"] = run["p99_us"]
    return found


def thousand(bench, kind, _):
    """Any of 1,000 UPSes against a server that has but one."""
    one, all_ = bench.server(kind), bench.server(kind, bench.most)
    words = ["--kind", "get", "--seconds", bench.seconds]
    alone = bench.tools.load("requests", *one.target, *words)
    found = bench.tools.load("requests", *all_.target, "--devices", bench.most, *words)
    ups = bench.tools.load("requests", *all_.target, "--kind", "ups", "--seconds", bench.seconds)
    return {"cpu_us": found["cpu_us"], "cpu_ratio": found["cpu_us"] / alone["cpu_us"], "ups_cpu_us": ups["cpu_us"]}


def change(bench, kind, _):
    server = bench.server(kind, tick=50)
    return bench.tools.load("change", "--port", server.port, "--seconds", 2 * bench.seconds)


def start(devices, settle=0.3, watch=0):
    def measure(bench, kind, _):
        server = bench.server(kind, min(devices, bench.most), starting=False)
        return bench.tools.load(
            "start", "--port", server.port, "--devices", server.site.devices, "--log", server.log, "--settle", settle,
            "--watch", watch, "--", *server.command(), environment=server.environment())
    return measure


def idle(bench, kind, is_first):
    # Servers ask silent drivers for a sign of life each five or six seconds.
    return start(1000, settle=1, watch=12)(bench, kind, is_first)


def crowd(bench, kind, _):
    with bench.fresh(kind) as server:
        return bench.tools.load("crowd", *server.target, "--clients", bench.clients, "--watch", bench.seconds)


def unread(bench, kind, _):
    with bench.fresh(kind) as server:
        return bench.tools.load("unread", *server.target, "--clients", 50, "--seconds", 4 * bench.seconds)


def abuse(bench, kind, _):
    """More clients than are let in, saying what no client says."""
    with bench.fresh(kind, connections=20) as server:
        before = server.log.stat().st_size
        started = time.monotonic()
        bench.tools.load("abuse", "--port", server.port, "--clients", 40, "--seconds", 3 * bench.seconds)
        seconds = time.monotonic() - started
        with open(server.log, "rb") as log:
            log.seek(before)
            text = log.read()
    return {"lines_s": text.count(b"\n") / seconds, "log_kb_s": len(text) / 1024 / seconds}


def tls(key):
    def measure(bench, kind, _):
        if kind is NUT:
            # Debian's upsd is built with NSS and has no CERTFILE.
            return {}
        server = bench.server(kind, certificate=bench.certificate(key))
        return bench.tools.load("tls", *server.target, "--seconds", bench.seconds)
    return measure

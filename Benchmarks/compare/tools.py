"""The programs that are run: the load generator, the two servers, strace and callgrind."""

import dataclasses
import json
import pathlib
import re
import shutil
import signal
import subprocess
import time


@dataclasses.dataclass
class Tools:
    ours: str
    nutload: str
    upsd: str = "/lib/nut/upsd"

    def __post_init__(self):
        self.ours, self.nutload = (str(pathlib.Path(path).resolve()) for path in (self.ours, self.nutload))
        self.has_upsd = pathlib.Path(self.upsd).exists()
        words = subprocess.run([self.ours, "--help"], capture_output=True, text=True).stdout
        self.compatible = "--nut-compat" in words

    def load(self, *words, environment=None):
        """Runs the load generator and returns what it found."""
        done = subprocess.run(
            [self.nutload, *map(str, words)], capture_output=True, text=True, timeout=320, env=environment)
        if done.returncode != 0:
            raise RuntimeError(f"nutload {' '.join(map(str, words))}: {done.stderr.strip()}")
        return json.loads(done.stdout)


def syscalls(tools, server, counts, *words):
    """System calls of a server for each request, as the slope between two counts; None without strace."""
    if not shutil.which("strace"):
        return None
    few, many = counts
    return (traced(tools, server, many, words) - traced(tools, server, few, words)) / (many - few)


def traced(tools, server, count, words):
    result = server.folder / f"strace.{count}"
    tracer = subprocess.Popen(
        ["strace", "-c", "-f", "-o", result, "-p", str(server.pid)], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    # It says so for each thread as soon as it is attached.
    tracer.stderr.readline()
    time.sleep(0.2)
    tools.load("requests", "--port", server.port, "--count", count, *words)
    tracer.send_signal(signal.SIGINT)
    tracer.communicate(timeout=20)
    total = [line for line in result.read_text().splitlines() if line.endswith(" total")]
    # Percent, seconds, microseconds a call, calls.
    return int(total[0].split()[3]) if total else 0


def instructions(tools, server, counts, *words):
    """User instructions of a server for each request, by callgrind, as the slope between two counts."""
    if not shutil.which("valgrind"):
        return None
    few, many = counts
    slope = (simulated(tools, server, many, words) - simulated(tools, server, few, words)) / (many - few)
    server.start()
    return slope


def simulated(tools, server, count, words):
    result = server.folder / f"callgrind.{count}"
    server.stop()
    # Valgrind gives up on the debugging information of Swift, so it is shown a program without.
    program = server.folder / "program"
    subprocess.run(["strip", "--strip-debug", "-o", program, server.command()[0]], check=True)
    server.start(["valgrind", "--tool=callgrind", f"--callgrind-out-file={result}", program])
    tools.load("requests", "--port", server.port, "--count", count, *words)
    server.stop()
    found = re.search(r"^(?:summary|totals): (\d+)", result.read_text(), re.M)
    return int(found.group(1)) if found else 0

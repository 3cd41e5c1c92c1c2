"""Compares upsd-swift with NUT's upsd in interleaved rounds. Called by run.sh."""

import argparse
import datetime
import json
import platform
import signal
import subprocess
import sys
import time

from bench import Bench
from place import NUT, Ours
from rows import GROUPS
from table import Line, text
from tools import Tools

# Without --nut-compat the configuration has a limit of its own.
MOST_WITHOUT_COMPATIBILITY = 128


def arguments():
    names = ", ".join(row.name for group in GROUPS for row in group)
    parser = argparse.ArgumentParser(prog="Benchmarks/run.sh", description=__doc__, epilog=f"rows: {names}")
    parser.add_argument("--ours", help=argparse.SUPPRESS)
    parser.add_argument("--nutload", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", type=lambda value: value.split(","), metavar="ROW,...")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--smoke", action="store_true", help="three rows of a debug build, to see that it works")
    parser.add_argument("--counts", action="store_true", help="user instructions too, by callgrind")
    parser.add_argument("--json", metavar="FILE", help="write a line for each measurement")
    chosen = parser.parse_args()
    if chosen.smoke:
        chosen.only, chosen.quick = ["list-ack", "mixed", "start"], True
    if chosen.quick:
        chosen.rounds = 1
    known = {row.name for group in GROUPS for row in group}
    for name in chosen.only or []:
        if name not in known:
            parser.error(f"--only {name}: no such row; there are {names}")
    return chosen


def measured(bench, row, number, out):
    """One round of a row: both servers, in turns the one or the other first."""
    found = {}
    kinds = [NUT, Ours] if bench.tools.has_upsd else [Ours]
    for kind in kinds if number % 2 == 0 else reversed(kinds):
        try:
            found[kind.name] = row.measure(bench, kind, number == 0)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            print(f"{row.name}, {kind.name}: {error}", file=sys.stderr)
            found[kind.name] = {}
        line = {"row": row.name, "server": kind.name, "round": number, **found[kind.name]}
        if out:
            print(json.dumps(line), file=out, flush=True)
    return found


def run(chosen, bench, out):
    lines = []
    for group in GROUPS:
        rows = [row for row in group if not chosen.only or row.name in chosen.only]
        rounds = {row.name: [] for row in rows}
        try:
            for number in range(chosen.rounds):
                for row in rows:
                    if number < row.rounds:
                        rounds[row.name].append(measured(bench, row, number, out))
        finally:
            bench.end_group()
        for row in rows:
            new = [Line(figure, rounds[row.name]) for figure in row.figures]
            lines += [line for line in new if line.ours is not None or line.goal]
    return lines


def machine(tools):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    asked = [(tools.ours, "--version")]
    if tools.has_upsd:
        asked.insert(0, (tools.upsd, "-V"))
    versions = [subprocess.run(words, capture_output=True, text=True).stdout.split("\n") for words in asked]
    said = "; ".join(next((line for line in version if line.strip()), "?") for version in versions)
    load = open("/proc/loadavg").read().split()[0]
    return f"{datetime.date.today()}, {cpu}, Linux {platform.release()}, load {load} at the start: {said}"


def main():
    chosen = arguments()
    # So that everything that was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    tools = Tools(chosen.ours, chosen.nutload)
    bench = Bench(
        tools, seconds=0.4 if chosen.quick else 0.8, clients=10_000,
        most=1000 if tools.compatible else MOST_WITHOUT_COMPATIBILITY, counts=chosen.counts)
    print(machine(tools), flush=True)
    if not tools.has_upsd:
        print(f"there is no {tools.upsd} (Debian: nut-server): only our own figures are measured", flush=True)
    started = time.monotonic()
    out = open(chosen.json, "a", encoding="utf-8") if chosen.json else None
    try:
        lines = run(chosen, bench, out)
    finally:
        bench.close()
    print(text(lines))
    print(f"{chosen.rounds} rounds, {time.monotonic() - started:.0f} s. * stands for a measurement made elsewhere.")


main()

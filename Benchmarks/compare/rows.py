"""What is measured: each row with its figures, and the goals that they have."""

import dataclasses
import typing

import measures as m


@dataclasses.dataclass
class Figure:
    """One line of the table. Goals are (comparison, bound): of ours over upsd's, or of ours alone."""

    key: str
    title: str
    unit: str
    ratio: tuple = None
    own: tuple = None
    # What upsd reaches where Debian's build of it cannot be asked: see README.md.
    reference: float = None


@dataclasses.dataclass
class Row:
    name: str
    measure: typing.Callable
    figures: list
    # Rounds beyond these would cost more time than they are worth.
    rounds: int = 99


GROUPS = [
    [
        Row("list", m.requests("--kind", "list", counts=(200, 600)), [
            Figure("rate", "LIST VAR of 62 variables, kept connection", "/s", ratio=(">=", 400)),
            Figure("p50_us", "- p50", "us", own=("<=", 120)),
            Figure("syscalls", "- system calls a request", "", own=("<=", 3.05)),
            Figure("cpu_us", "- CPU a request", "us", ratio=("<=", 0.12)),
            Figure("instructions", "- user instructions a request", ""),
        ]),
        Row("list-ack", m.requests("--kind", "list", "--quickack"), [
            Figure("rate", "LIST VAR, client that acknowledges at once", "/s", ratio=(">=", 9)),
            Figure("cpu_us", "- CPU a request", "us"),
        ]),
        Row("get", m.requests("--kind", "get", counts=(500, 1500)), [
            Figure("p50_us", "GET VAR, one at a time: p50", "us", ratio=("<=", 1.15)),
            Figure("cpu_us", "- CPU a request", "us", ratio=("<=", 1.15)),
            Figure("syscalls", "- system calls a request", ""),
            Figure("instructions", "- user instructions a request", ""),
        ]),
        Row("pipeline", m.requests("--kind", "get", "--clients", 10, "--depth", 64, counts=(6400, 19200)), [
            Figure("rate", "GET VAR, 10 clients, 64 deep", "/s"),
            Figure("cpu_us", "- CPU a request", "us", ratio=("<=", 0.15)),
            Figure("syscalls", "- system calls a request", ""),
            Figure("instructions", "- user instructions a request", ""),
        ]),
        Row("pollers", m.requests("--kind", "pollers", "--clients", 10), [
            Figure("rate", "10 pollers, 2 status : 1 LIST VAR", "/s", ratio=(">=", 140)),
            Figure("cpu_us", "- CPU a request", "us"),
        ]),
        Row("mixed", m.requests("--kind", "mixed", "--clients", 12), [
            Figure("rate", "upsmon, Home Assistant and exporters, 12 clients", "/s"),
            Figure("cpu_us", "- CPU a request", "us"),
        ]),
        Row("connect", m.storm("--at-once", 1, "--question", "LIST VAR ups0"), [
            Figure("p50_us", "connect, LIST VAR, LOGOUT: p50", "us", ratio=("<=", 0.5)),
            Figure("cpu_us", "- CPU a session", "us"),
        ]),
        Row("storm", m.storm("--at-once", 100, "--question", "VER"), [
            Figure("p999_us", "storm, 100 connections at a time: p99.9", "us", ratio=("<=", 1 / 60)),
            Figure("cpu_us", "- CPU a session", "us", ratio=("<=", 1.9)),
        ], rounds=3),
        Row("busy", m.busy, [
            Figure("p99_us_1", "GET VAR, p99 with 1 busy client", "us"),
            Figure("p99_us_100", "- with 100", "us"),
            Figure("p99_us_1000", "- with 1,000", "us"),
        ], rounds=3),
    ],
    [
        Row("thousand", m.thousand, [
            Figure("cpu_us", "1,000 UPSes: GET VAR of any, CPU", "us"),
            Figure("cpu_ratio", "- CPU over that with one UPS", "x", own=("<=", 1.1)),
            Figure("ups_cpu_us", "LIST UPS with 1,000 UPSes: CPU", "us", ratio=("<=", 1 / 50)),
        ]),
    ],
    [
        Row("change", m.change, [
            Figure("p50_us", "change in the driver to a client that polls: p50", "us", own=("<=", 1000)),
            Figure("p99_us", "- p99", "us"),
        ], rounds=2),
    ],
    [
        Row("start", m.start(1), [
            Figure("all_ms", "start to first answer, 1 UPS", "ms", own=("<=", 60)),
            Figure("stop_ms", "- to stop", "ms"),
            Figure("rss_kb", "memory, 1 UPS", "KB"),
            Figure("private_kb", "- not shared, written", "KB"),
        ]),
        Row("start2", m.start(2), [
            Figure("rss_kb", "memory, 2 UPSes", "KB", own=("<=", 30 * 1024)),
        ], rounds=1),
        Row("start100", m.start(100), [
            Figure("rss_kb", "memory, 100 UPSes", "KB"),
        ], rounds=1),
        Row("start1000", m.start(1000), [
            Figure("all_ms", "start until 1,000 UPSes have data", "ms", own=("<=", 100)),
            Figure("first_ms", "- until the first has", "ms"),
            Figure("rss_kb", "memory, 1,000 UPSes", "KB"),
        ], rounds=3),
        Row("idle", m.idle, [
            Figure("idle_us_s", "idle, 1,000 UPSes: CPU each second", "us", own=("<=", 100)),
        ], rounds=1),
    ],
    [
        Row("crowd", m.crowd, [
            Figure("seconds", "10,000 clients connect and ask once", "s", own=("<=", 1)),
            Figure("unanswered", "- unanswered", "", own=("<=", 0)),
            Figure("present", "- present in the end", ""),
            Figure("p50_us", "one active among 10,000 idle: p50", "us", ratio=("<=", 1 / 300)),
            Figure("idle_us_s", "- CPU each second while all are idle", "us"),
            Figure("kb_per_client", "- memory for each idle client", "KB"),
        ], rounds=1),
        Row("unread", m.unread, [
            Figure("max_us", "50 that never read: longest wait of another", "us", own=("<=", 50_000)),
            Figure("kb_per_blocker", "- memory for each of them", "KB", own=("<=", 256)),
        ], rounds=2),
        Row("abuse", m.abuse, [
            Figure("lines_s", "log lines each second under abuse", "", own=("<=", 10)),
            Figure("log_kb_s", "- log each second", "KB"),
        ], rounds=1),
    ],
    [
        Row("tls-rsa", m.tls("rsa"), [
            Figure("rate", "TLS 1.3 sessions, RSA-2048", "/s", ratio=(">=", 30), reference=22),
            Figure("p50_us", "- p50", "us"),
            Figure("cpu_us", "- CPU a session", "us"),
        ], rounds=3),
        Row("tls-p256", m.tls("p256"), [
            Figure("rate", "TLS 1.3 sessions, P-256", "/s", ratio=(">=", 60), reference=22),
            Figure("p50_us", "- p50", "us"),
            Figure("cpu_us", "- CPU a session", "us"),
        ], rounds=3),
    ],
]

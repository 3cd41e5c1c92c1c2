"""A crowd before a running daemon: many clients that say nothing, some that mean harm, and a few that just ask.

crowd.py PORT PID IDLE HOSTILE prints what came of it as one line of JSON. The hostile ones run in a process of their own,
so that what the asking ones wait is the daemon's time, and until each of those that do not read has been thrown out.
"""

import errno
import json
import os
import random
import resource
import select
import socket
import struct
import sys
import time

LONGEST_ANSWER = 15.0
LEAST_HARM = 5.0
MOST_HARM = 60.0


def raise_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def connect(port, receive=None):
    connection = socket.socket()
    if receive:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    connection.setblocking(False)
    if connection.connect_ex(("127.0.0.1", port)) not in (0, errno.EINPROGRESS):
        raise OSError("no connection")
    return connection


class Idle:
    """Clients that ask once, and keep their connection."""

    def __init__(self, port):
        self.port = port
        self.poll = select.epoll()
        self.open = {}
        self.answers = {}
        self.closed = 0

    def ask(self, count):
        begin = time.monotonic()
        while len(self.open) < count and time.monotonic() < begin + 60:
            # At most so many at a time as the kernel keeps for a server.
            for _ in range(min(1000, count - len(self.open))):
                connection = connect(self.port)
                self.open[connection.fileno()] = connection
                self.poll.register(connection.fileno(), select.EPOLLOUT)
            while len(self.answers) < len(self.open) and time.monotonic() < begin + 60:
                self.step(1)
        return time.monotonic() - begin

    def step(self, wait):
        for number, event in self.poll.poll(wait):
            connection = self.open[number]
            if event & select.EPOLLOUT:
                connection.send(b"GET VAR ups ups.status\n")
                self.poll.modify(number, select.EPOLLIN)
                continue
            try:
                heard = connection.recv(65536)
            except OSError:
                heard = b""
            if not heard:
                self.poll.unregister(number)
                self.closed += 1
            elif heard.startswith(b"VAR ups ups.status "):
                self.answers[number] = True


class Asking:
    """A client as it should be: asks, hears the answer, rests, asks again."""

    questions = [
        (b"GET VAR ups ups.status\n", b"VAR ups ups.status ", b"\n"),
        (b"LIST VAR ups\n", b"BEGIN LIST VAR ups\n", b"END LIST VAR ups\n"),
        (b"GET VAR ups battery.charge\n", b"VAR ups battery.charge ", b"\n"),
    ]

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), LONGEST_ANSWER)
        self.connection.setblocking(False)
        self.rounds = 0
        self.heard = b""
        self.since = None
        self.next = time.monotonic() + random.random() / 10
        self.waits = []

    def step(self, now):
        if self.since is None:
            if now >= self.next:
                self.connection.send(self.questions[self.rounds % 3][0])
                self.since = time.monotonic()
            return
        try:
            self.heard += self.connection.recv(65536)
        except BlockingIOError:
            return
        _, begin, end = self.questions[self.rounds % 3]
        if self.heard.startswith(begin) and self.heard.endswith(end):
            self.waits.append(time.monotonic() - self.since)
            self.rounds += 1
            self.heard, self.since, self.next = b"", None, time.monotonic() + 0.1


class Hostile:
    """One client that means harm, in one of these ways; when it is thrown out it comes again."""

    kinds = ["deaf", "dribble", "nuls", "quotes", "long", "silent-tls", "tls-garbage", "reset", "password", "empty"]

    def __init__(self, port, kind, poll, table):
        self.port, self.kind, self.poll, self.table = port, kind, poll, table
        self.ended = 0
        self.begin()

    def begin(self):
        self.connection = connect(self.port, 4096 if self.kind == "deaf" else None)
        self.number = self.connection.fileno()
        self.table[self.number] = self
        self.poll.register(self.number, select.EPOLLOUT)
        self.sent = 0
        self.at = 0.0

    def end(self):
        self.poll.unregister(self.number)
        del self.table[self.number]
        if self.kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.ended += 1
        self.at = time.monotonic() + 0.02

    def bytes(self):
        if self.kind == "deaf":
            return b"LIST VAR ups\n" * 64
        if self.kind == "dribble":
            return b"x"
        if self.kind == "nuls":
            return bytes(8192)
        if self.kind == "quotes":
            return b'VER "' + b"\n" * 8192
        if self.kind == "long":
            return b"x " * 18000 + b"\n"
        if self.kind == "silent-tls":
            return b"STARTTLS\n" if self.sent == 0 else b""
        if self.kind == "tls-garbage":
            return b"STARTTLS\n" if self.sent == 0 else random.randbytes(300)
        if self.kind == "password":
            return b"USERNAME admin\nPASSWORD %d\nLOGIN ups\n" % random.randrange(1000) if self.sent == 0 else b""
        return b"\n" * 8192 if self.kind == "empty" else b""

    def step(self, event):
        try:
            if event & (select.EPOLLERR | select.EPOLLHUP):
                return self.end()
            if event & select.EPOLLIN and self.kind != "deaf":
                heard = self.connection.recv(65536)
                if not heard or self.kind == "password" and b"DENIED" in heard:
                    return self.end()
            if event & select.EPOLLOUT:
                words = self.bytes()
                if self.kind == "reset":
                    return self.end()
                self.sent += self.connection.send(words) if words else 0
                listening = 0 if self.kind == "deaf" else select.EPOLLIN
                # Floods go on; the others wait for an answer, or for their next byte.
                more = self.kind in ("deaf", "nuls", "quotes", "long", "empty")
                self.poll.modify(self.number, listening | (select.EPOLLOUT if more else 0))
                self.at = time.monotonic() + 0.02
        except BlockingIOError:
            pass
        except OSError:
            self.end()

    def rest(self, now):
        if self.number not in self.table or self.table[self.number] is not self:
            if now >= self.at:
                self.begin()
        elif self.kind in ("dribble", "tls-garbage") and now >= self.at:
            self.step(select.EPOLLOUT)


def harm(port, count):
    """Does harm until none is left that does not read; returns how often each kind was thrown out or went."""
    poll, table = select.epoll(), {}
    all_of_them = [Hostile(port, Hostile.kinds[i % len(Hostile.kinds)], poll, table) for i in range(count)]
    deaf = [one for one in all_of_them if one.kind == "deaf"]
    begin = time.monotonic()
    while (now := time.monotonic()) < begin + MOST_HARM:
        if now > begin + LEAST_HARM and all(one.ended for one in deaf):
            break
        for number, event in poll.poll(0.01):
            if number in table:
                table[number].step(event)
        for one in all_of_them:
            one.rest(now)
    return {kind: sum(one.ended for one in all_of_them if one.kind == kind) for kind in Hostile.kinds}


def main():
    port, pid, idle_count, hostile_count = map(int, sys.argv[1:5])
    raise_limit()
    before = resident(pid)
    reader, writer = os.pipe()
    idle = Idle(port)
    took = idle.ask(idle_count)
    quiet = peak = resident(pid)
    child = os.fork()
    if child == 0:
        os.close(reader)
        idle.poll.close()
        for connection in idle.open.values():
            connection.close()
        try:
            os.write(writer, json.dumps(harm(port, hostile_count)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    asking = [Asking(port) for _ in range(20)]
    sampled, end = time.monotonic(), None
    # Whoever has asked is waited for.
    while end is None or any(one.since for one in asking):
        now = time.monotonic()
        if end is None and select.select([reader], [], [], 0)[0]:
            end = now
        if end is not None and now > end + LONGEST_ANSWER:
            break
        for one in asking:
            if end is None or one.since:
                one.step(now)
        if now > sampled + 0.25:
            sampled, peak = now, max(peak, resident(pid))
        time.sleep(0.001)
    idle.step(0)
    waits = sorted(wait for one in asking for wait in one.waits)
    with os.fdopen(reader) as pipe:
        ended = json.loads(pipe.read())
    os.waitpid(child, 0)
    print(json.dumps({
        "idleAnswered": len(idle.answers), "idleClosed": idle.closed, "idleSeconds": round(took, 2),
        "asked": len(waits), "unanswered": sum(1 for one in asking if one.since), "fewest": min(one.rounds for one in asking),
        "longestWait": round(waits[-1], 3), "medianWait": round(waits[len(waits) // 2], 4),
        "before": before, "quiet": quiet, "peak": peak, "after": resident(pid), "ended": ended,
    }))


main()

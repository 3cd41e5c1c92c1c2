"""More connections at once than a daemon has descriptors for.

full.py PORT PID COUNT opens COUNT connections, each with a question, and prints as one line of JSON how many were
answered, told that there is no room, closed without a word, and left waiting; whether there was room again after that;
and how much of the time the daemon was at work.
"""

import errno
import json
import os
import select
import socket
import sys
import time

LIMIT = 30


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(port):
    try:
        with socket.create_connection(("127.0.0.1", port), LIMIT) as connection:
            connection.sendall(b"NETVER\n")
            return connection.recv(4096)
    except OSError:
        return b""


def main():
    port, pid, count = map(int, sys.argv[1:4])
    begin, worked = time.monotonic(), processor_seconds(pid)
    poll, waiting, heard = select.epoll(), {}, {}
    for _ in range(count):
        connection = socket.socket()
        connection.setblocking(False)
        if connection.connect_ex(("127.0.0.1", port)) not in (0, errno.EINPROGRESS):
            raise OSError("no connection")
        waiting[connection.fileno()] = connection
        heard[connection.fileno()] = b""
        poll.register(connection.fileno(), select.EPOLLOUT)
    kept = []
    while waiting and time.monotonic() < begin + LIMIT:
        for number, event in poll.poll(1):
            connection = waiting[number]
            try:
                if event & select.EPOLLOUT:
                    connection.send(b"NETVER\n")
                    poll.modify(number, select.EPOLLIN)
                    continue
                part = connection.recv(4096)
            except OSError:
                part = b""
            heard[number] += part
            # Whoever is served stays; whoever is told that there is no room stays until it is closed.
            if not part or heard[number] == b"1.3\n":
                poll.unregister(number)
                kept.append(waiting.pop(number))
    took, worked = time.monotonic() - begin, processor_seconds(pid) - worked
    answers = list(heard.values())
    for connection in kept:
        connection.close()
    again = b""
    while again != b"1.3\n" and time.monotonic() < begin + 2 * LIMIT:
        again = ask(port)
    print(json.dumps({
        "served": answers.count(b"1.3\n"), "told": sum(1 for text in answers if text.startswith(b"ERR TOO-MANY")),
        "silent": answers.count(b"") - len(waiting), "waiting": len(waiting), "hasRoomAgain": again == b"1.3\n",
        "workedShare": round(worked / took, 3), "seconds": round(took, 2),
    }))


main()

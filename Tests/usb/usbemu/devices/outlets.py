"""Devices with outlets that are switched by feature reports, and what can be wrong with an outlet.

    set N=0|1 ...          as by a button, at once
    wrong N stuck          takes orders, moves no relay
    wrong N slow [MS]      moves it after some time (4000 ms)
    wrong N refuses        refuses orders
    wrong N reboots [MS]   obeys the next order, and leaves the bus for some time (3000 ms)
    wrong N ok
    ident WORD             what the device says of itself in a report
    ac lost | restored     mains at the device, where it tells
    heal                   all outlets on, nothing wrong, mains there
"""
from __future__ import annotations

from ..device import HidDevice


class Outlets(HidDevice):
    outlets = 4
    #: milliseconds until a slow relay moves, and until a device that reboots is back
    DELAYS = {"slow": 4000, "reboots": 3000}
    #: milliseconds in which the order is still answered
    LAST_WORDS = 20

    def __init__(self, clock) -> None:
        self.switched = [0] * self.outlets
        self.wrong: dict[int, tuple[str, int]] = {}
        self.mains = 1
        super().__init__(clock)

    def order(self, outlet: int, on: int) -> bool:
        """The host's order for an outlet, 1 and up; False stalls it."""
        what, delay = self.wrong.get(outlet, ("ok", 0))
        if what == "refuses":
            return False
        if what == "slow":
            self.clock.call_later(delay / 1000, lambda: self.put(outlet, on))
        elif what != "stuck":
            self.put(outlet, on)
        if what == "reboots":
            del self.wrong[outlet]
            self.clock.call_later(self.LAST_WORDS / 1000, self.on_unplug)
            self.clock.call_later((self.LAST_WORDS + delay) / 1000, self.on_plug)
        return True

    def put(self, outlet: int, on: int) -> None:
        self.switched[outlet - 1] = on

    def state(self) -> dict:
        return {"outlets": self.switched, "mains": self.mains,
                "wrong": {n: what for n, (what, _) in self.wrong.items()}}

    def command(self, words: list[str]) -> object:
        verb, *args = words
        if verb == "set":
            for number, on in (w.split("=") for w in args):
                self.put(int(number), int(on))
        elif verb == "wrong":
            if args[1] not in ("stuck", "slow", "refuses", "reboots", "ok"):
                raise ValueError(f"nothing called {args[1]!r} is wrong with outlets")
            delay = int(args[2]) if len(args) > 2 else self.DELAYS.get(args[1], 0)
            self.wrong[int(args[0])] = (args[1], delay)
        elif verb == "ident":
            self.ident = args[0]
        elif verb == "ac":
            self.mains = 0 if args[0] in ("lost", "off", "0") else 1
        elif verb == "heal":
            self.wrong.clear()
            self.mains = 1
            self.switched = [1] * self.outlets
        else:
            return super().command(words)
        return "ok"

"""The table, from what was measured."""

import operator
import statistics

COMPARISONS = {"<=": operator.le, ">=": operator.ge}


def median(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


class Line:
    """One figure, with the median of each server and of the ratios of each round."""

    def __init__(self, figure, rounds):
        self.figure = figure
        ours = [found.get("ours", {}).get(figure.key) for found in rounds]
        theirs = [found.get("upsd", {}).get(figure.key, figure.reference) for found in rounds]
        self.ours, self.theirs = median(ours), median(theirs)
        self.ratio = median([a / b for a, b in zip(ours, theirs) if a is not None and b])

    @property
    def goal(self):
        if self.figure.ratio:
            return f"x{self.figure.ratio[0]}{short(self.figure.ratio[1])}"
        if self.figure.own:
            return f"{self.figure.own[0]}{short(self.figure.own[1])}"
        return ""

    @property
    def verdict(self):
        if self.figure.ratio:
            goal, value = self.figure.ratio, self.ratio
        else:
            goal, value = self.figure.own, self.ours
        if not goal:
            return ""
        if value is None:
            return "not measured"
        return "reached" if COMPARISONS[goal[0]](value, goal[1]) else "NOT reached"

    @property
    def cells(self):
        mark = "*" if self.figure.reference is not None else ""
        ratio = f"x{short(self.ratio)}" if self.ratio is not None else "-"
        return [self.figure.title, self.figure.unit, short(self.theirs) + mark, short(self.ours), ratio,
                self.goal, self.verdict]


def short(value):
    if value is None:
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


HEAD = ["work", "unit", "upsd", "ours", "ratio", "goal", ""]


def text(lines):
    rows = [HEAD, ["---"] * len(HEAD)] + [line.cells for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    out = []
    for row in rows:
        cells = [cell.ljust(width) if cell != "---" else "-" * width for cell, width in zip(row, widths)]
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out)

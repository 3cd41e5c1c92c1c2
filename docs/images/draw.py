#!/usr/bin/env python3
"""Draws a captured terminal session as an SVG picture.

    draw.py TITLE < session.txt > demo.svg

The session is what the terminal showed, colours (SGR) included; lines that begin with "$ " are what was typed.
Colours are kept where a program prints to a terminal: script -qec "pductl status" /dev/null
"""
import re
import sys
from xml.sax.saxutils import escape

COLUMNS, ADVANCE, LINE, FONT, PAD, BAR = 110, 7.83, 19, 13, 22, 34
COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "2": "#8b949e"}
PLAIN, PROMPT, TYPED = "#d1d7e0", "#7ee787", "#ffffff"


def spans(line):
    """The line as (text, colour), wrapped into rows of COLUMNS as a terminal wraps."""
    if line.startswith("$ "):
        parts = [("$ ", PROMPT), (line[2:], TYPED)]
    else:
        parts, colour = [], PLAIN
        for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
            code = re.fullmatch(r"\x1b\[([0-9;]*)m", piece)
            if code:
                colour = COLOURS.get(code.group(1), PLAIN)
            elif piece:
                parts.append((piece, colour))
    rows, row, used = [], [], 0
    for text, colour in parts:
        while text:
            room = COLUMNS - used
            row.append((text[:room], colour))
            used += len(text[:room])
            text = text[room:]
            if text:
                rows.append(row)
                row, used = [], 0
    return rows + [row]


rows = [row for line in sys.stdin.read().splitlines() for row in spans(line.rstrip("\r"))]
width, height = round(COLUMNS * ADVANCE + 2 * PAD), BAR + len(rows) * LINE + PAD + 4
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">')
print(f"<title>{escape(sys.argv[1])}</title>")
print(f'<rect width="{width}" height="{height}" rx="9" fill="#0d1117"/>')
print(f'<path d="M0 9a9 9 0 0 1 9-9h{width - 18}a9 9 0 0 1 9 9v{BAR - 9}h-{width}z" fill="#21262d"/>')
for index, colour in enumerate(["#ff5f57", "#febc2e", "#28c840"]):
    print(f'<circle cx="{20 + 20 * index}" cy="{BAR / 2}" r="6" fill="{colour}"/>')
family = "ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
print(f'<g font-family="{family}" font-size="{FONT}" xml:space="preserve">')
print(f'<text x="{width / 2}" y="{BAR / 2 + 4.5}" fill="#8b949e" text-anchor="middle">{escape(sys.argv[1])}</text>')
for index, row in enumerate(rows):
    if row:
        text = "".join(f'<tspan fill="{colour}">{escape(part)}</tspan>' for part, colour in row)
        print(f'<text x="{PAD}" y="{BAR + 22 + index * LINE}" xml:space="preserve">{text}</text>')
print("</g>\n</svg>")

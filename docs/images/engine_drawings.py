#!/usr/bin/env python3
"""Draws the figures of docs/engine.md: docs/images/engine-*.svg. Run it after changing one of them."""

import pathlib

INK, FAINT, PAPER = "#24292f", "#8c959f", "#ffffff"
BLUE, BLUE_FILL = "#0b62b0", "#cfe3f7"  # input, left rows
GREEN, GREEN_FILL = "#1a7f37", "#d3efd9"  # weights
AMBER, AMBER_FILL = "#9a6700", "#fbeac2"  # results
RED = "#b3261e"


class Drawing:
    def __init__(self, name, width, height, title):
        self.name = name
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="sans-serif" font-size="13" role="img">',
            f"<title>{title}</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{INK}"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        ]

    def rect(self, x, y, w, h, fill="none", stroke=INK, width=1.0, dash=None):
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{width:g}"{dashed}/>'
        )

    def grid(self, x, y, columns, rows, size, fill="none", stroke=FAINT, height=None):
        height = height or size
        for row in range(rows):
            for column in range(columns):
                self.rect(x + column * size, y + row * height, size, height, fill, stroke, 0.7)

    def text(self, x, y, text, anchor="start", color=INK, size=13, bold=False):
        weight = ' font-weight="bold"' if bold else ""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{color}" font-size="{size}"{weight}>'
            f"{escaped}</text>"
        )

    def line(self, x1, y1, x2, y2, color=INK, tip=False, dash=None, width=1.2):
        end = ' marker-end="url(#tip)"' if tip else ""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{color}" '
            f'stroke-width="{width:g}"{dashed}{end}/>'
        )

    def arrow(self, x1, y1, x2, y2, dash=None):
        self.line(x1, y1, x2, y2, INK, True, dash)

    def save(self):
        target = pathlib.Path(__file__).parent / f"engine-{self.name}.svg"
        target.write_text("\n".join(self.parts) + "\n</svg>\n", encoding="utf-8")


def naive():
    d = Drawing("naive", 720, 210, "The naive loop: one window, one kernel, one output value")
    d.text(20, 24, "input", bold=True)
    for shift in (12, 6, 0):
        d.rect(20 + shift, 42 + 12 - shift, 128, 128, PAPER, FAINT)
    d.grid(20, 54, 8, 8, 16)
    d.grid(52, 86, 3, 3, 16, BLUE_FILL, BLUE)
    d.text(20, 202, "height × width, all channels of a cell side by side", size=11, color=FAINT)
    d.text(190, 124, "×", size=18)
    d.text(220, 24, "kernel of output channel o", bold=True)
    for shift in (12, 6, 0):
        d.rect(262 + shift, 82 + 12 - shift, 54, 54, PAPER, FAINT)
    d.grid(262, 94, 3, 3, 18, GREEN_FILL, GREEN)
    d.text(218, 172, "3 × 3, one slice for each input channel", size=11, color=FAINT)
    d.arrow(360, 121, 468, 121)
    d.text(414, 108, "sum of", "middle", size=11)
    d.text(414, 140, "9 × channels products", "middle", size=11)
    d.text(500, 24, "output", bold=True)
    for shift in (12, 6, 0):
        d.rect(500 + shift, 42 + 12 - shift, 128, 128, PAPER, FAINT)
    d.grid(500, 54, 8, 8, 16)
    d.rect(548, 102, 16, 16, AMBER_FILL, AMBER, 1.4)
    d.text(500, 202, "one value of channel o at cell (y, x)", size=11, color=FAINT)
    d.save()


def rows():
    d = Drawing("rows", 760, 250, "Gathered rows: every window becomes one row of a matrix")
    d.text(20, 24, "input", bold=True)
    d.grid(20, 40, 7, 7, 18)
    d.grid(38, 58, 3, 3, 18, BLUE_FILL, BLUE)
    d.rect(56, 58, 54, 54, "none", RED, 1.4, "4 3")
    d.text(20, 190, "two windows that overlap", size=11, color=FAINT)
    d.arrow(158, 96, 212, 96)
    d.text(185, 86, "copy", "middle", size=11)
    d.text(222, 24, "left matrix", bold=True)
    for row in range(6):
        d.rect(222, 40 + row * 22, 210, 20, BLUE_FILL if row == 2 else "none", BLUE if row == 2 else FAINT)
    d.rect(222, 40 + 3 * 22, 210, 20, "none", RED, 1.2, "4 3")
    for part in range(1, 9):
        d.line(222 + part * 210 / 9, 84, 222 + part * 210 / 9, 104, BLUE, width=0.7)
    d.text(327, 190, "depth = kernel² × channels: (ky, kx, channel)", "middle", size=11, color=FAINT)
    d.text(327, 206, "a row for each output cell", "middle", size=11, color=FAINT)
    d.text(448, 110, "×", size=18)
    d.text(470, 24, "weights", bold=True)
    d.rect(470, 40, 78, 132, GREEN_FILL, GREEN)
    d.text(509, 190, "depth ×", "middle", size=11, color=FAINT)
    d.text(509, 206, "output channels", "middle", size=11, color=FAINT)
    d.text(564, 110, "=", size=18)
    d.text(592, 24, "product", bold=True)
    for row in range(6):
        d.rect(592, 40 + row * 22, 78, 20, AMBER_FILL if row == 2 else "none", AMBER if row == 2 else FAINT)
    d.text(631, 190, "cells ×", "middle", size=11, color=FAINT)
    d.text(631, 206, "output channels", "middle", size=11, color=FAINT)
    d.text(20, 238, "The product is the output itself: channels-last maps are a cells × channels matrix.", size=12)
    d.save()


def panels():
    d = Drawing("panels", 760, 236, "Packed panels: the weights in the order the micro-kernel reads them")
    d.text(20, 24, "weights, depth × output channels", bold=True)
    for panel in range(4):
        fill = GREEN_FILL if panel != 3 else "#eef7f0"
        d.rect(20 + panel * 66, 40, 64, 110, fill, GREEN)
        d.text(52 + panel * 66 - (12 if panel == 3 else 0), 100, f"panel {panel}", "middle", GREEN, 10 if panel == 3 else 12)
    d.rect(258, 40, 24, 110, PAPER, GREEN, 1, "3 3")
    d.text(270, 99, "0", "middle", GREEN, 12)
    d.text(20, 168, "panel = 2 vectors wide: 32, 16 or 8 channels;", size=11, color=FAINT)
    d.text(20, 184, "the last one is filled up with 0", size=11, color=FAINT)
    d.arrow(302, 95, 352, 95)
    d.text(370, 24, "in memory", bold=True)
    for row in range(3):
        y = 40 + row * 40
        d.grid(370, y, 16, 1, 22, GREEN_FILL, GREEN, 24)
        d.rect(370, y, 176, 24, "none", GREEN, 1.6)
        d.rect(546, y, 176, 24, "none", GREEN, 1.6)
    for row, label in enumerate(("panel 0, depth 0", "panel 0, depth 1", "panel 0, depth 2")):
        d.text(372, 76 + row * 40, label, size=10, color=FAINT)
    d.text(370, 184, "... then panel 0 to its last depth, then panel 1 from depth 0", size=11, color=FAINT)
    d.text(458, 36, "vector 0", "middle", GREEN, 11)
    d.text(634, 36, "vector 1", "middle", GREEN, 11)
    d.text(20, 226, "One product reads a panel from its first float to its last: no stride, no gap, every line used whole.", size=12)
    d.save()


def micro_kernel():
    d = Drawing("micro-kernel", 760, 290, "The micro-kernel: all sums of a tile stay in registers")
    d.text(270, 24, "one depth of the panel (2 loads)", bold=True)
    d.rect(270, 36, 200, 24, GREEN_FILL, GREEN)
    d.rect(474, 36, 200, 24, GREEN_FILL, GREEN)
    d.text(370, 53, "vector 0", "middle", GREEN)
    d.text(574, 53, "vector 1", "middle", GREEN)
    d.text(20, 92, "one value of each row,", bold=True)
    d.text(20, 108, "spread over a vector", bold=True)
    for row in range(6):
        y = 82 + row * 24
        d.rect(206, y, 30, 22, BLUE_FILL, BLUE)
        d.arrow(238, y + 11, 266, y + 11)
        d.rect(270, y, 200, 22, AMBER_FILL, AMBER)
        d.rect(474, y, 200, 22, AMBER_FILL, AMBER)
    d.text(370, 98, "sum += value × vector 0", "middle", AMBER, 11)
    d.text(574, 98, "sum += value × vector 1", "middle", AMBER, 11)
    d.text(472, 246, "14 × 2 = 28 registers with AVX-512 (of 32), 6 × 2 = 12 with AVX2 (of 16), 4 × 2 = 8 else", "middle", size=11, color=FAINT)
    d.arrow(700, 82, 700, 222)
    d.text(712, 150, "rows", size=11)
    d.text(20, 274, "Repeated for every depth, in one order; the sums are stored once, at the end. Meanwhile the next panel is fetched.", size=12)
    d.save()


def epilogue():
    d = Drawing("epilogue", 760, 190, "The epilogue: batch norm, shortcut and ReLU on a value in a register")
    boxes = [("sum", "v"), ("× scale + shift", "n"), ("+ shortcut", "s"), ("max(., 0)", "r")]
    kept = ["convolved", "normalised", "summed", "rectified"]
    for i, (label, symbol) in enumerate(boxes):
        x = 30 + i * 180
        d.rect(x, 50, 120, 40, AMBER_FILL if i == 0 else PAPER, AMBER)
        d.text(x + 60, 75, label, "middle")
        if i < 3:
            d.arrow(x + 120, 70, x + 178, 70)
        d.text(x + 66, 112, symbol, size=12, color=AMBER)
        d.arrow(x + 60, 90, x + 60, 126, "4 3")
        d.rect(x, 128, 120, 26, PAPER, FAINT)
        d.text(x + 60, 146, kept[i], "middle", size=12)
    d.text(30, 30, "in registers", bold=True)
    d.text(30, 178, "to memory, where that result is asked for: all four in the observed pass, only the last in the fused pass", size=12)
    d.save()


def winograd():
    d = Drawing("winograd", 760, 300, "Winograd F(4×4, 3×3): 36 products for 16 cells in place of 144")
    d.text(20, 24, "input tile d", bold=True)
    d.grid(20, 40, 6, 6, 20, BLUE_FILL, BLUE)
    d.text(20, 178, "6 × 6, tiles overlap by 2", size=11, color=FAINT)
    d.arrow(148, 100, 206, 100)
    d.text(177, 90, "B' d B", "middle", size=12)
    d.text(214, 24, "V: 36 positions", bold=True)
    d.grid(214, 40, 6, 6, 20, "none", BLUE)
    d.rect(254, 60, 20, 20, BLUE_FILL, BLUE, 1.6)
    d.text(20, 212, "kernel g", bold=True)
    d.grid(20, 222, 3, 3, 20, GREEN_FILL, GREEN)
    d.arrow(88, 252, 206, 252)
    d.text(147, 242, "G g G', packed once", "middle", size=12)
    d.text(214, 190, "U: 36 positions", bold=True)
    d.grid(214, 200, 6, 6, 15, "none", GREEN)
    d.rect(244, 215, 15, 15, GREEN_FILL, GREEN, 1.6)
    d.arrow(340, 100, 396, 128)
    d.arrow(310, 245, 396, 162)
    d.text(402, 60, "for each position k", bold=True)
    for row in range(4):
        d.rect(402, 112 + row * 17, 60, 15, BLUE_FILL, BLUE)
    d.text(432, 96, "tiles × channels", "middle", size=11, color=FAINT)
    d.text(468, 150, "×", size=16)
    d.rect(486, 112, 40, 66, GREEN_FILL, GREEN)
    d.text(402, 200, "one product of rows and panels,", size=11, color=FAINT)
    d.text(402, 216, "36 of them, each `channels` deep", size=11, color=FAINT)
    d.arrow(536, 145, 626, 145)
    d.text(581, 135, "A' M A", "middle", size=12)
    d.text(634, 90, "output tile", bold=True)
    d.grid(634, 104, 4, 4, 20, AMBER_FILL, AMBER)
    d.text(634, 202, "4 × 4 cells,", size=11, color=FAINT)
    d.text(634, 218, "to the epilogue", size=11, color=FAINT)
    d.save()


def region():
    d = Drawing("region", 760, 330, "RegionPass: of each map only a window is computed again")
    tops = [("input", 0, 26, 26), ("part 1", 190, 42, 50), ("part 2", 380, 58, 66), ("part 3", 570, 82, 82)]
    for i, (name, left, changed, window) in enumerate(tops):
        x, y = 20 + left, 60
        d.text(x, 24, name, bold=True)
        d.rect(x, y, 120, 120, "#f6f8fa", FAINT)
        if i:
            d.rect(x + 30, y + 24, window, window, AMBER_FILL, AMBER, 1.2)
        d.rect(x + 30 + (window - changed) / 2, y + 24 + (window - changed) / 2, changed, changed, "none", RED, 1.4, "4 3")
        if i < 3:
            d.arrow(x + 124, y + 60, x + 184, y + 60)
    for i, share in enumerate(("17 %", "30 %", "47 %")):
        d.text(210 + i * 190, 46, f"window {share} of the map", size=11, color=FAINT)
    y = 214
    d.rect(20, y - 11, 14, 14, "none", RED, 1.4, "4 3")
    d.text(42, y, "changed: what the patch reaches. It grows by the kernel at every step.", size=12)
    d.rect(20, y + 11, 14, 14, AMBER_FILL, AMBER)
    d.text(42, y + 22, "window: widened to one size for every patch, so that a part packs its convolution and its buffers once.", size=12)
    d.rect(20, y + 33, 14, 14, "#f6f8fa", FAINT)
    d.text(42, y + 44, "the rest is the pass before. A Source reads a cell from the window if it lies there, else from that pass.", size=12)
    d.rect(570 - 8 + 20, 34, 148, 154, "none", FAINT, 1.2, "6 4")
    d.text(20, y + 76, "paying: parts are added while the window is at most 45 % of the map (part 3 is not), and cut back", size=12)
    d.text(20, y + 94, "to the end of a residual unit, where one map is all that later steps read.", size=12)
    d.save()


if __name__ == "__main__":
    for draw in (naive, rows, panels, micro_kernel, epilogue, winograd, region):
        draw()

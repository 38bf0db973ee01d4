"""What stands in a landscape: stones, cliffs, trees, boats. All measures are in pixels."""

from __future__ import annotations

from math import sin

from .canvas import BLACK, WHITE, Canvas, Colour, H, W, mix

CHALK: Colour = (250, 247, 238)
SAIL: Colour = (255, 253, 247)


def stone(canvas: Canvas, x: float, y: float, half: float) -> None:
    """A flat stone: its shadow on the water, its side, its lit top."""
    near, ground = canvas.palette.near, canvas.palette.ground
    flat = half * 0.34
    for across, above, below, colour in (
        (1.1, 0.7, 1.75, ground(0.12)),
        (1.0, 0.7, 1.35, near),
        (1.0, 1.0, 1.0, ground(0.58)),
        (0.74, 0.78, 0.42, ground(0.4)),
    ):
        canvas.draw.ellipse(
            [x - half * across, y - flat * above, x + half * across, y + flat * below],
            fill=colour,
        )


def cliff(canvas: Canvas, *, left: float, top: float, fade: float) -> None:
    """A chalk cliff from the share `left` of the width to the right edge.

    `fade`, from 0 to 1, is how much the air veils it.
    """
    palette, draw = canvas.palette, canvas.draw
    chalk = mix(CHALK, palette.sky, fade)
    foot, crest = H * (0.63 - 0.07 * fade), H * top
    edge = [
        (W * (left + 0.006 * sin(share * 11) + 0.02 * share), crest + (foot - crest) * share)
        for share in (number / 20 for number in range(21))
    ]
    crestline = [
        (x, crest - H * 0.012 * sin(x / W * 17) - H * 0.05 * (x / W - left))
        for x in range(int(edge[0][0]), W + 20, 20)
    ]
    draw.polygon([*reversed(edge), *crestline, (W, foot + H * 0.02)], fill=chalk)
    flint = mix(chalk, palette.far, 0.32)
    for layer in range(1, 6):
        y = crest + (foot - crest) * layer / 6
        x = W * (left + 0.05)
        while x < W:
            length = W * canvas.random.uniform(0.02, 0.07)
            draw.line([(x, y), (x + length, y - H * 0.004)], fill=flint, width=5)
            x += length + W * canvas.random.uniform(0.01, 0.05)
    # Thin at the edge, so that the turf does not hang over the void.
    turf = [
        (x, y + H * (0.02 + 0.005 * sin(x / 90)) * min(1.0, (x - crestline[0][0]) / (0.04 * W)))
        for x, y in crestline
    ]
    draw.polygon([*crestline, *reversed(turf)], fill=palette.ground(0.75 - 0.45 * fade))


def sailing_boat(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A small boat with two sails, `size` high, afloat at `(x, y)`."""

    def shape(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + across * size, y + down * size) for across, down in points]

    canvas.draw.polygon(shape((0, -1), (0, -0.12), (0.48, -0.12)), fill=SAIL)
    canvas.draw.polygon(
        shape((-0.05, -0.86), (-0.05, -0.12), (-0.34, -0.12)),
        fill=mix(SAIL, canvas.palette.light, 0.6),
    )
    canvas.draw.polygon(
        shape((-0.4, -0.08), (0.5, -0.08), (0.36, 0.05), (-0.28, 0.05)),
        fill=mix(canvas.palette.near, BLACK, 0.25),
    )


def flat_boat(canvas: Canvas, x: float, y: float, length: float) -> None:
    """A gardener's flat boat with a raised bow, and its shadow."""
    palette, half, deep = canvas.palette, length / 2, length * 0.1
    canvas.draw.ellipse(
        [x - half * 0.95, y + deep * 0.4, x + half * 0.95, y + deep * 1.5],
        fill=palette.ground(0.25),
    )
    canvas.draw.polygon(
        [
            (x - half, y),
            (x + half * 0.8, y),
            (x + half * 1.08, y - deep * 0.8),
            (x + half * 0.72, y + deep),
            (x - half * 0.82, y + deep),
        ],
        fill=mix(palette.near, BLACK, 0.3),
    )
    rim = mix(palette.light, palette.near, 0.3)
    canvas.draw.line([(x - half, y), (x + half * 0.8, y)], fill=rim, width=9)


def garden(
    canvas: Canvas, colour: Colour, *, rows: tuple[float, float], span: tuple[float, float]
) -> None:
    """A strip of garden on the water, from the height `rows[0]` to `rows[1]`."""
    (top, bottom), (left, right) = rows, span
    deep = bottom - top
    canvas.draw.rounded_rectangle([left - deep, top, right + deep, bottom], deep / 2, fill=colour)
    for number in (1, 2):
        y = top + deep * number / 3
        tone = mix(colour, WHITE, 0.16)
        canvas.draw.line([(left, y), (right, y)], fill=tone, width=max(3, int(deep / 18)))


def poplar(canvas: Canvas, colour: Colour, x: float, foot: float, height: float) -> None:
    """A tall narrow tree."""
    half = height * 0.1
    canvas.draw.rectangle([x - half * 0.12, foot - height * 0.2, x + half * 0.12, foot], colour)
    canvas.draw.ellipse([x - half, foot - height, x + half, foot - height * 0.1], fill=colour)


def round_tree(canvas: Canvas, colour: Colour, x: float, foot: float, height: float) -> None:
    """A round tree, to be half hidden by the crest that it stands behind."""
    half = height * 0.6
    canvas.draw.ellipse([x - half, foot - height, x + half, foot + height * 0.4], fill=colour)

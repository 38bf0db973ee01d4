"""The sheet a poster is drawn on: twice as fine as the poster, then reduced to be smooth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot

from PIL import Image, ImageColor, ImageDraw

from demo.pictures.canvas import mix

WIDTH, HEIGHT = 1984, 2806
"""A3 upright at about 170 dots an inch: a side is to the other as 1 to the square root of 2."""

FINE = 2
"""How many dots of the sheet stand for one of the poster, in each direction."""

Colour = str
"""A colour as "#rrggbb"."""

Tone = str | int
"""A colour on a sheet of colours, or from 0 (nothing) to 255 on a mask."""

Point = tuple[float, float]
"""A place, in pixels of the finished poster from its top left corner."""

CLEAR = 0
FULL = 255


def between(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` in it."""
    share = min(1.0, max(0.0, share))
    red, green, blue = mix(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3], share)
    return f"#{red:02x}{green:02x}{blue:02x}"


class Sheet:
    """Shapes in flat tones. All places and lengths are in pixels of the finished poster."""

    def __init__(
        self, ground: Tone, *, size: tuple[int, int] = (WIDTH, HEIGHT), fine: int = FINE
    ) -> None:
        """A sheet of colours when `ground` is a colour, a mask when it is a number."""
        self._fine = fine
        mode = "RGB" if isinstance(ground, str) else "L"
        self.image = Image.new(mode, (size[0] * fine, size[1] * fine), ground)
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """The sheet at the poster’s size, its edges smooth."""
        return self.image.reduce(self._fine) if self._fine > 1 else self.image

    def polygon(self, points: Iterable[Point], tone: Tone) -> None:
        """Fill the shape that `points` go round."""
        self._draw.polygon(self._placed(points), fill=tone)

    def line(self, points: Sequence[Point], tone: Tone, width: float) -> None:
        """A line through `points`, `width` thick, with round ends."""
        placed = self._placed(points)
        thick = max(1, round(width * self._fine))
        self._draw.line(placed, fill=tone, width=thick, joint="curve")
        if thick > 2:
            radius = width / 2
            # At each point: Pillow’s own joints leave hairlines in the bends of thick lines.
            for x, y in points:
                self.disc(x, y, radius, tone)

    def cut(self, start: Point, end: Point, tone: Tone, widths: tuple[float, float]) -> None:
        """A straight stroke that is `widths[0]` thick at its start and `widths[1]` at its end."""
        (x0, y0), (x1, y1) = start, end
        length = hypot(x1 - x0, y1 - y0) or 1.0
        across, along = -(y1 - y0) / length / 2, (x1 - x0) / length / 2
        first, last = widths
        self.polygon(
            [
                (x0 + across * first, y0 + along * first),
                (x1 + across * last, y1 + along * last),
                (x1 - across * last, y1 - along * last),
                (x0 - across * first, y0 - along * first),
            ],
            tone,
        )

    def limb(self, start: Point, end: Point, tone: Tone, widths: tuple[float, float]) -> None:
        """As `cut`, with round ends."""
        self.cut(start, end, tone, widths)
        self.disc(*start, widths[0] / 2, tone)
        self.disc(*end, widths[1] / 2, tone)

    def disc(self, x: float, y: float, radius: float, tone: Tone) -> None:
        """A full circle around (x, y)."""
        self.oval(x, y, radius, radius, tone)

    def oval(self, x: float, y: float, across: float, down: float, tone: Tone) -> None:
        """A full ellipse around (x, y), with half-axes `across` and `down`."""
        self._draw.ellipse(self._box(x - across, y - down, x + across, y + down), fill=tone)

    def ring(self, x: float, y: float, radius: float, tone: Tone, width: float) -> None:
        """A circle around (x, y) whose line, `width` thick, lies within `radius`."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(box, outline=tone, width=round(width * self._fine))

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        tone: Tone,
        *,
        width: float,
        span: tuple[float, float],
    ) -> None:
        """The part of a ring between two angles, in degrees clockwise from the right."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.arc(box, *span, fill=tone, width=round(width * self._fine))

    def slice(
        self, x: float, y: float, radius: float, tone: Tone, span: tuple[float, float]
    ) -> None:
        """The part of a disc between two angles, in degrees clockwise from the right."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.pieslice(box, *span, fill=tone)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        tone: Tone,
        *,
        round_by: float = 0,
    ) -> None:
        """A rectangle; `round_by` is the radius of its corners."""
        box = self._box(left, top, right, bottom)
        if round_by:
            self._draw.rounded_rectangle(box, round_by * self._fine, fill=tone)
        else:
            self._draw.rectangle(box, fill=tone)

    def _placed(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self._fine, y * self._fine) for x, y in points]

    def _box(self, left: float, top: float, right: float, bottom: float) -> list[float]:
        return [side * self._fine for side in (left, top, right, bottom)]


def fading(top: Colour, bottom: Colour, *, power: float = 1.0) -> Image.Image:
    """A poster that goes from one colour to the other, downwards."""
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        share = (y / (HEIGHT - 1)) ** power
        column.putpixel((0, y), ImageColor.getrgb(between(top, bottom, share)))
    return column.resize((WIDTH, HEIGHT))

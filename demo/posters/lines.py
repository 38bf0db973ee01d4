"""Posters made of lines: a marker, chalk, thread."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageFilter

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Colour, Point, Sheet
from .handwriting import fitting
from .lettering import Face, fitted, stamp, word
from .shapes import around, placed, smooth, star
from .textures import SIZE, grain, ink, noise, scaled, worn


def one_line() -> Image.Image:
    """A single line: a tangle that unwinds into steps."""
    random = Random(17)  # noqa: S311
    blue, orange = "#1b2fd1", "#ff6a13"
    knots = [
        around(740, 820, random.uniform(190, 560), number * 137 + random.uniform(-30, 30))
        for number in range(46)
    ]
    unwinding = [(1130, 1290), (1420, 1400), (1420, 1600), (1120, 1580), (1130, 1390), (1480, 1480),
                 (1500, 1720), (1180, 1800), (700, 1730), (240, 1790)]  # fmt: skip
    path = smooth([(-40, 380), (240, 430), *knots, *unwinding], steps=16)
    steps: list[Point] = [(240, 1790), (150, 1850), (146, 2330)]
    x, y = 146.0, 2330.0
    for _ in range(6):
        steps += [(x + 232, y + 4), (x + 232, y - 70)]
        x, y = x + 232, y - 70
    sheet = Sheet("#fbfaf6")
    sheet.line(path, blue, 20)
    sheet.line([*steps, (x + 260, y)], blue, 20)
    sheet.line([(x + 150, y), (x + 150, y - 330)], blue, 20)
    sheet.polygon([(x + 150, y - 330), (x + 345, y - 262), (x + 150, y - 190)], orange)
    for stroke in fitting("CONTINUE.", 1660, seed=4, shake=3).at(150, 2690):
        sheet.line(stroke, orange, 54)
    image = sheet.finished()
    for text, baseline in (("Au début,", 300), ("c’est un nœud.", 440)):
        stamp(image, word(text, Face.BOLD, 112), (1864, baseline), "#14141c", align=1)
    return image


def blackboard() -> Image.Image:
    """Doubts wiped from a blackboard; what remains is written large."""
    board = Image.new("RGB", SIZE, "#1f3d36")
    board.paste("#9fc4b4", (0, 0), scaled(noise(5, cell=260), 0.16))
    ghosts, smears = Sheet(CLEAR, fine=1), Sheet(CLEAR, fine=1)
    for text, width, x, y in (
        ("trop dur", 620, 190, 410),
        ("pas pour moi", 800, 990, 350),
        ("à quoi bon ?", 800, 470, 690),
    ):
        for stroke in fitting(text, width, shake=3).at(x, y):
            ghosts.line(stroke, FULL, 15)
        for number in range(4):
            top = y - 150 + number * 48
            smears.line(
                [(x - 60, top + 30), (x + width + 60, top - 30)], 120 + 20 * (number % 2), 34
            )
    soft = smears.finished().reduce(8).filter(ImageFilter.BoxBlur(3)).resize(SIZE)
    board.paste("#b9d6c8", (0, 0), scaled(soft, 0.45))
    board.paste("#e8f3ec", (0, 0), scaled(ghosts.finished().filter(ImageFilter.BoxBlur(5)), 0.6))
    tooth = worn(worn(Image.new("L", SIZE, FULL), 1, cell=2.6, share=0.22), 2, cell=9, share=0.12)
    white, yellow, pink = (Sheet(CLEAR, fine=1) for _ in range(3))
    for sheet, text, width, y, thick in (
        (white, "Efface", 940, 1180, 42), (white, "tes doutes,", 1330, 1540, 42),
        (white, "garde", 800, 1930, 42), (yellow, "l’élan !", 1010, 2330, 56),
    ):  # fmt: skip
        for stroke in fitting(text, width, seed=y, shake=2).at(190, y):
            sheet.line(stroke, FULL, thick)
    _rocket(pink, yellow, (1640, 860))
    trail = smooth([(1640, 1480), (1700, 1640), (1630, 1840), (1710, 2040), (1640, 2300)])
    for number in range(0, len(trail) - 5, 9):
        white.line(trail[number : number + 6], FULL, 16)
    for x, y, size in ((1330, 990, 56), (1800, 1330, 40), (1780, 640, 40)):
        points = star(x, y, size, 5)
        white.line([*points, points[0]], FULL, 13)
    for sheet, colour in ((white, "#f4f7f2"), (yellow, "#ffd84d"), (pink, "#ff9fb8")):
        ink(board, ImageChops.multiply(sheet.finished(), tooth), colour)
    return _framed(board)


def _rocket(body: Sheet, flames: Sheet, nose: Point) -> None:
    """A rocket that climbs to the right, in outline."""
    hull = smooth([(-85, 300), (-100, 130), (0, -60), (100, 130), (85, 300)])
    window = smooth([(0, 85), (44, 130), (0, 175), (-44, 130)], closed=True)
    fins = ([(-98, 180), (-190, 360), (-85, 300)], [(98, 180), (190, 360), (85, 300)])
    for outline in (hull, window, *fins, [(-85, 300), (85, 300)]):
        body.line(placed(outline, nose, turn=14), FULL, 18)
    for side in (-1, 0, 1):
        flame = [(side * 40.0, 330.0), (side * 62.0, 500.0 if side == 0 else 440.0)]
        flames.line(placed(flame, nose, turn=14), FULL, 20)


def _framed(board: Image.Image) -> Image.Image:
    """`board` in a wooden frame, with a ledge for the sponge and the chalks."""
    wood, dark = "#b98a56", "#8a6238"
    for box in ((0, 0, WIDTH, 64), (0, 0, 64, HEIGHT), (WIDTH - 64, 0, WIDTH, HEIGHT),
                (0, HEIGHT - 210, WIDTH, HEIGHT)):  # fmt: skip
        board.paste(wood, box)
    board.paste(dark, (64, 64, WIDTH - 64, 74))
    board.paste(dark, (64, HEIGHT - 224, WIDTH - 64, HEIGHT - 206))
    for left, top, right, bottom, colour in (
        (300, 2510, 660, 2586, "#3c3c44"), (300, 2586, 660, 2618, "#d9c7a8"),
        (900, 2586, 1090, 2618, "#ffffff"), (1130, 2590, 1280, 2618, "#ffd84d"),
        (1320, 2588, 1450, 2618, "#ff9fb8"),
    ):  # fmt: skip
        thing = Sheet(CLEAR, size=(right - left, bottom - top))
        thing.box(0, 0, right - left, bottom - top, FULL, round_by=8)
        board.paste(colour, (left, top), thing.finished())
    return grain(board, 3, cell=3, strength=0.08)


def _between(one: tuple[Point, Point], share: float) -> Point:
    (x0, y0), (x1, y1) = one
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _strung(
    sheet: Sheet, one: tuple[Point, Point], other: tuple[Point, Point], colour: Colour, count: int
) -> None:
    """Threads from nails along one line to nails along the other: together they curve."""
    for number in range(count + 1):
        start, end = _between(one, number / count), _between(other, number / count)
        sheet.line([start, end], colour, 3)
    for rail in (one, other):
        for number in range(count + 1):
            x, y = _between(rail, number / count)
            sheet.disc(x + 2, y + 3, 8, "#060d22")
            sheet.disc(x, y, 7, "#dfe6f2")


def threads() -> Image.Image:
    """A boat of stretched threads under a sun of threads."""
    sheet = Sheet("#0d1d45")
    random = Random(3)  # noqa: S311
    for _ in range(240):
        x, y = random.uniform(-200, WIDTH), random.uniform(0, HEIGHT)
        sheet.line(
            [(x, y), (x + random.uniform(200, 700), y + random.uniform(-6, 6))], "#102250", 4
        )
    nails = [around(1500, 470, 300, number * 3) for number in range(120)]
    for number in range(120):
        sheet.line([nails[number], nails[number * 2 % 120]], "#ffc53d", 3)
    for x, y in nails:
        sheet.disc(x, y, 6, "#fff1cf")
    mast = 930.0
    _strung(sheet, ((mast, 330), (mast, 1660)), ((mast + 20, 1690), (1740, 1740)), "#ffffff", 34)
    _strung(
        sheet,
        ((mast - 60, 520), (mast - 60, 1660)),
        ((mast - 80, 1690), (230, 1740)),
        "#ff6f61",
        30,
    )
    sheet.line([(mast - 30, 260), (mast - 30, 1800)], "#d9a066", 16)
    for shift in (0, 90):
        rails = ((220 + shift, 1810), (1640 + shift, 1810)), ((480, 2020), (1440, 2020))
        _strung(sheet, *rails, "#ffb37a", 36)
    for row, colour in ((0, "#35d0ba"), (1, "#1f9fb5"), (2, "#166f9c")):
        for number in range(-1, 5):
            left, top = number * 480 - row * 170, 2060 + row * 62
            _strung(sheet, ((left, top), (left + 240, top + 130)),
                    ((left + 240, top + 130), (left + 480, top)), colour, 16)  # fmt: skip
    image = sheet.finished()
    stamp(image, fitted("Fil après fil,", Face.HEAVY_SERIF, 1000), (130, 2490), "#ffc53d")
    stamp(image, fitted("on prend le large.", Face.HEAVY_SERIF, 1724), (130, 2700), "#ffffff")
    return image

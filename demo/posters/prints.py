"""Posters from a press or a spray can: linocut, screen print, two-drum print, stencil."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageFilter

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Sheet, Tone
from .figures import open_hand, runner
from .lettering import Face, Word, centres, fitted, stamp, word
from .shapes import around, placed, regular, smooth
from .textures import SIZE, grain, halftone, ink, levels, noise, overprint, rough, scaled, worn


def _key(sheet: Sheet, tone: Tone, *, grown: float = 0, hollow: Tone | None = None) -> None:
    """The great key of the linocut, `grown` pixels larger all round."""
    x = WIDTH / 2
    for angle in (-90, 30, 150):
        sheet.disc(*around(x, 640, 190, angle), 245 + grown, tone)
    sheet.box(x - 70 - grown, 900 - grown, x + 70 + grown, 2130 + grown, tone, round_by=30)
    for top in (985, 1090):
        sheet.box(
            x - 140 - grown, top - grown, x + 140 + grown, top + 62 + grown, tone, round_by=24
        )
    bit = [
        (x, 1800),
        (x - 400, 1800),
        (x - 400, 1890),
        (x - 310, 1890),
        (x - 310, 1950),
        (x - 400, 1950),
        (x - 400, 2075),
        (x - 210, 2075),
        (x - 210, 2010),
        (x - 130, 2010),
        (x - 130, 2075),
        (x, 2075),
    ]
    sheet.polygon(bit, tone)
    if grown:
        sheet.line([*bit, bit[0]], tone, grown * 2)
    if hollow is not None:
        for angle in (-90, 30, 150):
            sheet.disc(*around(x, 640, 190, angle), 118, hollow)


def hold_on() -> Image.Image:
    """A fist holds a great key: linocut in black over red."""
    random = Random(12)  # noqa: S311
    x = WIDTH / 2
    red, black = Sheet(CLEAR), Sheet(CLEAR)
    black.box(86, 86, WIDTH - 86, HEIGHT - 86, FULL)
    for angle in range(0, 360, 3):
        radius = 520 + random.uniform(0, 60)
        while radius < 1900:
            length = random.uniform(130, 330)
            start, end = (
                around(x, 640, at, angle + random.uniform(-0.7, 0.7))
                for at in (radius, radius + length)
            )
            if max(start[1], end[1]) < 2190 and min(start[0], end[0], WIDTH - start[0]) > 100:
                black.cut(start, end, CLEAR, (random.uniform(12, 20), 3))
            radius += length + random.uniform(30, 80)
    _key(black, FULL, grown=46)
    _key(black, CLEAR, hollow=FULL)
    for angle in (-90, 30, 150):
        centre = around(x, 640, 190, angle)
        black.disc(*centre, 84, CLEAR)
        black.polygon(regular(*centre, 60, 5), FULL)
    _key(red, FULL, hollow=CLEAR)
    for number in range(26):
        top = 1185 + number * 36
        black.cut((x + 66, top), (x + random.uniform(5, 25), top + 8), FULL, (9, 2))
    black.polygon([(x + 60, 1290), (WIDTH - 86, 1330), (WIDTH - 86, 1790), (x + 60, 1760)], FULL)
    black.polygon([(x + 150, 1350), (WIDTH - 86, 1372), (WIDTH - 86, 1748), (x + 150, 1715)], CLEAR)
    for _ in range(70):
        across, down = random.uniform(x + 330, WIDTH - 260), random.uniform(1400, 1715)
        black.cut((across, down), (across + random.uniform(60, 150), down + 7), FULL, (11, 2))
    black.box(x + 100, 1310, x + 330, 1760, CLEAR, round_by=120)
    black.line([(x + 330, 1480), (x + 270, 1590), (x + 320, 1700)], FULL, 13)
    for number in range(4):
        top = 1318 + number * 108
        left = x - 214 + (10, 0, 6, 26)[number]
        black.box(left - 16, top - 16, x + 216, top + 114, FULL, round_by=62)
        black.box(left, top, x + 200, top + 98, CLEAR, round_by=49)
        black.line([(left + 40, top + 28), (left + 96, top + 24)], FULL, 8)
        for fold in (0, 22):
            black.cut((x - 10 + fold, top + 12), (x + fold, top + 52), FULL, (9, 2))
    black.limb((x + 250, 1345), (x - 40, 1262), FULL, (170, 150))
    black.limb((x + 250, 1345), (x - 40, 1262), CLEAR, (138, 118))
    black.line([(x - 80, 1240), (x - 30, 1218), (x + 10, 1232)], FULL, 9)
    plate = black.finished()
    for text, baseline, width in (("TIENS BON :", 2420, 1250), ("TU TIENS LA CLÉ.", 2645, 1660)):
        stamp(plate, fitted(text, Face.BOLD, width, track=0.03), (x, baseline), CLEAR, align=0.5)
    image = Image.new("RGB", SIZE, "#f4ead5")
    print_red = ImageChops.offset(rough(red.finished(), 3, cell=7), 7, 9)
    image = overprint(image, worn(print_red, 5, share=0.1), "#e0452b")
    image = overprint(
        image, worn(rough(plate, 8, cell=7, soft=3), 6, cell=5, share=0.07), "#1d1a1b"
    )
    return grain(image, 2, cell=2.5, strength=0.08)


def dare() -> Image.Image:
    """A raised hand over one great word: screen print in three inks."""
    image = Image.new("RGB", SIZE, "#ffd91a")
    dots = halftone(lambda _, y: (y - 1250) / 1700, pitch=34, angle=15)
    image = overprint(image, dots, "#ff5d8f")
    title = Image.new("L", SIZE, CLEAR)
    stamp(title, fitted("OSE", Face.BOLD, 1740, tall=1.42), (WIDTH / 2, 1160), FULL, align=0.5)
    ink(image, worn(title, 3, cell=4, share=0.06), "#1f5fd6")
    flat, form = Sheet(CLEAR), Sheet(CLEAR)
    open_hand(flat, (1010, 1930), 1.36, FULL)
    open_hand(form, (990, 1918), 1.36, FULL)
    ink(image, flat.finished(), "#ff8fb0")
    shade = halftone(lambda x, y: 0.12 + (x - 620) / 900 + (y - 1500) / 5200, pitch=22, angle=45)
    image = overprint(image, ImageChops.multiply(shade, form.finished()), "#1f3fa8")
    lines = Sheet(CLEAR)
    for points in (
        [(770, 1620), (900, 1560), (1100, 1590), (1220, 1660)],
        [(800, 1740), (950, 1640), (1080, 1700), (1140, 1860)],
    ):
        lines.line(points, FULL, 12)
    image = overprint(image, lines.finished(), "#1f3fa8")
    band = Sheet(CLEAR)
    band.polygon([(0, 2300), (WIDTH, 2240), (WIDTH, 2710), (0, 2710)], FULL)
    ink(image, worn(band.finished(), 9, cell=4, share=0.06), "#14256e")
    stamp(image, fitted("Lever la main,", Face.BOLD, 1180), (120, 2465), "#ffd91a")
    stamp(image, fitted("c’est déjà s’engager.", Face.BOLD, 1740), (120, 2640), "#ffffff")
    return image


def crew() -> Image.Image:
    """Eight rowers seen from above, one course: three inks of a risograph."""
    turn, middle = -62, (1005.0, 1400.0)
    sea, coral, gold = Sheet(FULL), Sheet(CLEAR), Sheet(CLEAR)
    random = Random(8)  # noqa: S311
    for _ in range(190):
        x, y = random.uniform(-100, WIDTH), random.uniform(0, HEIGHT)
        if (x < 1000 and y < 640) or (x > 1080 and y > 2180):
            continue
        half = random.uniform(40, 110)
        crests = enumerate((-1, -0.5, 0, 0.5, 1))
        wave = [(x + half * share, y + 13 * (1 if n % 2 else -1)) for n, share in crests]
        sea.line(smooth(wave), 135, 8)
    hull = [
        (-1510, 0),
        (-1000, -72),
        (0, -96),
        (1000, -72),
        (1510, 0),
        (1000, 72),
        (0, 96),
        (-1000, 72),
    ]
    for sheet, tone in ((sea, CLEAR), (gold, FULL)):
        sheet.polygon(smooth(placed(hull, middle, turn=turn), closed=True), tone)
    for number in range(8):
        along, side = -980 + number * 268, 1 if number % 2 else -1
        grip, end = placed([(along + 96, side * 10), (along + 10, side * 480)], middle, turn=turn)
        blade = [
            (along + 36, side * 400),
            (along + 50, side * 560),
            (along - 36, side * 570),
            (along - 20, side * 400),
        ]
        for sheet in (sea, coral):
            tone = CLEAR if sheet is sea else FULL
            sheet.line([grip, end], tone, 17)
            sheet.polygon(placed(blade, middle, turn=turn), tone)
        for radius in (66, 104) if number != 6 else ():
            sea.ring(*placed([(along + 96, side * 520)], middle, turn=turn)[0], radius, 120, 8)
        body = [(along - 36, -94), (along + 34, -94), (along + 44, 94), (along - 36, 94)]
        coral.polygon(placed(body, middle, turn=turn), FULL)
        sea.polygon(placed(body, middle, turn=turn), CLEAR)
        for hand in (-1, 1):
            shoulder, fist = placed(
                [(along, hand * 86), (along + 92, side * 30 + hand * 22)], middle, turn=turn
            )
            coral.limb(shoulder, fist, FULL, (40, 30))
            sea.limb(shoulder, fist, CLEAR, (40, 30))
        head = placed([(along + 6, 0)], middle, turn=turn)[0]
        coral.disc(*head, 52, CLEAR)
        sea.disc(*head, 44, 190)
    water = sea.finished()
    for text, baseline, width, align in (
        ("HUIT", 330, 700, 0),
        ("VOLONTÉS,", 520, 800, 0),
        ("UN SEUL", 2440, 660, 1),
        ("CAP.", 2690, 660, 1),
    ):
        across = WIDTH - 120 if align else 120
        stamp(water, fitted(text, Face.BOLD, width), (across, baseline), CLEAR, align=align)
    image = Image.new("RGB", SIZE, "#f7f3e8")
    image = overprint(image, worn(gold.finished(), 4, cell=3, share=0.08), "#ffc845")
    image = overprint(image, worn(water, 6, cell=3, share=0.1), "#1769aa")
    shifted = ImageChops.offset(coral.finished(), 8, -5)
    return overprint(image, worn(shifted, 7, cell=3, share=0.1), "#ff5b4a")


def _stencilled(text: str, size: float) -> Word:
    """`text` with bridges where a stencil needs them to hold the inside of letters."""
    letters = word(text, Face.BOLD, size, track=0.06)
    mask = letters.mask.copy()
    bridge = max(4, round(size * 0.045))
    for sign, middle in zip(text, centres(text, Face.BOLD, size, track=0.06), strict=True):
        if sign in "ABDOPQR":
            left = round(middle - bridge / 2)
            mask.paste(CLEAR, (left, 0, left + bridge, mask.height))
    return letters.altered(mask)


def pass_it_on() -> Image.Image:
    """Two runners and a baton, sprayed through a stencil on a wall."""
    random = Random(31)  # noqa: S311
    wall = Sheet("#b4ada2")
    for row in range(24):
        for brick in range(-1, 8):
            left, top = brick * 284 + (142 if row % 2 else 0), row * 120
            shade = random.randrange(-12, 13)
            tone = f"#{214 + shade:02x}{208 + shade:02x}{198 + shade:02x}"
            wall.box(left + 5, top + 5, left + 279, top + 115, tone, round_by=5)
    image = grain(wall.finished(), 3, cell=5, strength=0.16)
    cloud = Sheet(CLEAR)
    cloud.disc(1000, 1660, 640, FULL)
    soft = cloud.finished().reduce(8).filter(ImageFilter.GaussianBlur(13)).resize(SIZE)
    ink(image, worn(soft, 5, cell=2.2, share=0.2), "#ff7a1a")
    black = Sheet(CLEAR)
    runner(black, (600, 1800), 1.08, FULL, gives=True)
    runner(black, (1395, 1745), 1.08, FULL, gives=False)
    for start, end in (((568, 1652), (780, 1700)), ((1315, 1580), (1570, 1640))):
        black.line([start, end], CLEAR, 13)
    for text, baseline, width in (("PASSE", 500, 1500), ("LE RELAIS,", 840, 1740)):
        _press(black, text, baseline, width)
    _press(black, "PAS TON TOUR.", 2560, 1740)
    plate = black.finished()
    mist = plate.reduce(8).filter(ImageFilter.GaussianBlur(4)).resize(SIZE)
    specks = levels(noise(77, cell=3), 150, 215)
    ink(image, scaled(ImageChops.multiply(mist, specks), 0.8), "#1b1b1d")
    for x, top, length in (
        (170, 840, 150),
        (890, 840, 210),
        (1462, 840, 120),
        (700, 2560, 150),
        (1306, 2560, 90),
    ):
        drip = Sheet(CLEAR, size=(40, length + 40))
        drip.line([(20, 0), (20, length)], FULL, 11)
        drip.disc(20, length, 9, FULL)
        image.paste("#1b1b1d", (x, top - 20), drip.finished())
    ink(image, worn(plate, 9, cell=3, share=0.12), "#1b1b1d")
    baton = Sheet(CLEAR)
    baton.limb((1120, 1490), (1290, 1420), FULL, (46, 46))
    ink(image, baton.finished(), "#d9112b")
    return image


def _press(sheet: Sheet, text: str, baseline: float, width: float) -> None:
    probe = _stencilled(text, 300)
    letters = _stencilled(text, 300 * width / probe.width)
    double = letters.stretched(2, 2)
    stamp(sheet.image, double, (WIDTH, baseline * 2), FULL, align=0.5)

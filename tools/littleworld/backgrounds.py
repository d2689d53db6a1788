"""What figures stand before: bands of colour from top to bottom, and props that have no label."""

from dataclasses import dataclass, field

import numpy as np

from .canvas import Light
from .colours import GLASS, INK, NAMED, WOOD, Colour, darker, lighter, mix, named, pick
from .figure import Figure
from .shapes import blob, box, cloud, ellipse, limb, polygon

GRASS, SAND, SNOW, ASPHALT = (134, 184, 92), (236, 214, 160), (238, 242, 250), (148, 148, 156)


@dataclass
class Background:
    # Where the ground begins, 0 at the top.
    horizon: float
    # Passages of colour: top, bottom, colour there and there.
    bands: list[tuple[float, float, Colour, Colour]] = field(default_factory=list)
    props: list[Figure] = field(default_factory=list)

    def prop(self, figure: Figure, x: float = 0, foot: float = 0, size: float = 1) -> None:
        self.props.append(figure.placed(x, foot, size))


@dataclass(frozen=True)
class Weather:
    words: tuple[str, ...]
    zenith: Colour
    haze: Colour
    tint: tuple[float, float, float]
    shadow: float


WEATHERS = {
    "noon": Weather(("on a sunny day", "in the sunshine"), (104, 172, 228), (214, 236, 246), (1, 1, 1), 0.42),
    "evening": Weather(("in the evening", "at sunset"), (122, 112, 172), (254, 196, 136), (1.02, 0.91, 0.82), 0.36),
    "overcast": Weather(("on a grey day", "under grey clouds"), (158, 172, 186), (216, 222, 226), (0.93, 0.95, 0.98), 0.22),
}


def light(weather: Weather, rng: np.random.Generator) -> Light:
    across = rng.choice([-0.7, 0.7])
    return Light((across, 0.7), weather.tint, weather.shadow)


def heaven(ground: Background, weather: Weather, rng: np.random.Generator, clouds: int) -> None:
    ground.bands.append((0, ground.horizon, weather.zenith, weather.haze))
    if weather.shadow > 0.3 and rng.random() < 0.6:
        sun = (255, 240, 170) if weather.tint[2] == 1 else (255, 214, 130)
        ground.prop(Figure().add(ellipse(0, 0, 0.07), sun, shade=0), rng.uniform(0.1, 0.9), rng.uniform(0.08, 0.7) * ground.horizon)
    white = mix(weather.haze, (255, 255, 255), 0.7 if weather.shadow > 0.3 else 0.1)
    for _ in range(rng.integers(0, clouds + 1)):
        puff = Figure()
        for x, y, r in ((-0.1, 0.01, 0.06), (0.1, 0.0, 0.065), (0.0, 0.035, 0.085)):
            puff.add(ellipse(x, y, r * 1.25, r), white, shade=0.03, contour=False)
        puff.add(box(-0.18, -0.06, 0.19, 0.02, 0.038), white, shade=0, contour=False)
        ground.prop(puff, rng.uniform(0, 1), rng.uniform(0.12, 0.75) * ground.horizon, rng.uniform(0.6, 1.1))


def hills(ground: Background, rng: np.random.Generator, colour: Colour) -> None:
    for back in (1, 0):
        crest = [(x, ground.horizon - (0.03 + 0.05 * back + rng.uniform(0, 0.06))) for x in (-0.1, 0.2, 0.5, 0.8, 1.1)]
        low = ground.horizon + 0.02
        tone = lighter(colour, 0.35) if back else colour
        ground.props.append(Figure().add(blob((-0.3, low), *crest, (1.3, low)), tone, shade=0.05))


def tree(rng: np.random.Generator, leaves: Colour) -> Figure:
    figure = Figure().add(limb([(0, 0), (0, 0.5)], 0.14, 0.1), WOOD[1])
    if rng.random() < 0.35:
        for y, r in ((0.25, 0.32), (0.5, 0.26), (0.74, 0.2)):
            figure.add(polygon((-r, y), (r, y), (0, y + 0.42)), darker(leaves, 0.2))
        return figure
    figure.add(cloud(0, 0.72, 0.36, 0.34, 9), leaves, shade=0.16)
    for x, y in ((-0.12, 0.8), (0.14, 0.68), (-0.06, 0.58)):
        figure.detail(ellipse(x, y, 0.08, 0.05), lighter(leaves, 0.2))
    return figure


def house(rng: np.random.Generator) -> Figure:
    wall, roof = named(rng, "white beige yellow pink")[1], named(rng, "red brown grey")[1]
    figure = Figure().add(box(-0.4, 0, 0.4, 0.5), lighter(wall, 0.2), shade=0.06)
    figure.add(box(0.18, 0.6, 0.28, 0.95), darker(roof, 0.3)).add(polygon((-0.5, 0.48), (0.5, 0.48), (0.3, 0.86), (-0.3, 0.86)), roof)
    for y in (0.58, 0.68, 0.78):
        figure.detail(box(-0.5, y, 0.5, y + 0.02), darker(roof, 0.2))
    figure.add(box(-0.06, 0, 0.1, 0.34), pick(rng, WOOD))
    for x in (-0.3, 0.2):
        figure.add(box(x, 0.18, x + 0.14, 0.36), GLASS)
        figure.stroke([(x + 0.07, 0.18), (x + 0.07, 0.36)], (255, 255, 255), 0.02)
    return figure


def trees(ground: Background, rng: np.random.Generator, most: int, leaves: Colour) -> None:
    for _ in range(rng.integers(0, most + 1)):
        foot = ground.horizon + rng.uniform(0.0, 0.06)
        ground.prop(tree(rng, mix(leaves, NAMED["yellow"], rng.uniform(0, 0.3))), rng.uniform(0.02, 0.98), foot, rng.uniform(0.28, 0.46))


def meadow(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    hills(ground, rng, (124, 168, 120))
    ground.bands.append((ground.horizon, 1, lighter(GRASS, 0.2), darker(GRASS, 0.12)))
    trees(ground, rng, 2, (92, 150, 78))
    if rng.random() < 0.2:
        ground.prop(house(rng), rng.uniform(0.15, 0.85), ground.horizon + 0.03, 0.34)
    petal = named(rng, "white yellow pink red")[1]
    for _ in range(rng.integers(0, 9)):
        x, y = rng.uniform(0, 1), rng.uniform(ground.horizon + 0.08, 0.98)
        ground.prop(Figure().add(ellipse(0, 0, 0.013), petal, shade=0, contour=False), x, y)


def garden(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 2)
    ground.bands.append((ground.horizon, 1, lighter(GRASS, 0.1), darker(GRASS, 0.15)))
    trees(ground, rng, 2, (92, 150, 78))
    ground.prop(house(rng), rng.uniform(0.2, 0.8), ground.horizon + 0.04, rng.uniform(0.55, 0.7))
    for x in np.arange(-0.03, 1, 0.085):
        if rng.random() < 0.97:
            ground.prop(Figure().add(polygon((-0.022, 0), (0.022, 0), (0.022, 0.1), (0, 0.125), (-0.022, 0.1)), (250, 248, 240)), x, ground.horizon + 0.08)


def street(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 2)
    x = rng.uniform(-0.15, 0.05)
    while x < 1:
        width, height = rng.uniform(0.2, 0.34), rng.uniform(0.24, 0.44)
        ground.prop(front(rng, width, height), x + width / 2, ground.horizon + 0.02)
        x += width
    ground.bands.append((ground.horizon, 1, (196, 190, 184), (196, 190, 184)))
    kerb = ground.horizon + 0.1
    ground.bands.append((kerb, 1, lighter(ASPHALT, 0.12), darker(ASPHALT, 0.15)))
    for x in (0.02, 0.38, 0.74):
        ground.props.append(Figure().add(polygon((x, 0.8), (x + 0.2, 0.8), (x + 0.19, 0.83), (x - 0.02, 0.83)), (244, 240, 226), shade=0))


def front(rng: np.random.Generator, width: float, height: float) -> Figure:
    """A house front of bricks or plaster, with windows and a door."""
    wall = lighter(named(rng, "red beige yellow pink blue grey")[1], rng.uniform(0.25, 0.5))
    figure = Figure().add(box(-width / 2, 0, width / 2, height), wall, shade=0.05)
    if rng.random() < 0.5:
        for y in np.arange(0.03, height, 0.05):
            figure.detail(box(-width / 2, y, width / 2, y + 0.008), darker(wall, 0.12))
    for y in np.arange(0.12, height - 0.08, 0.12):
        for x in (-width / 4, width / 4):
            figure.add(box(x - 0.032, y, x + 0.032, y + 0.075), mix(GLASS, (90, 110, 140), 0.35), shade=0.1)
    return figure.add(box(-0.03, 0, 0.03, 0.1), pick(rng, WOOD))


def waves(ground: Background, rng: np.random.Generator, top: float, bottom: float, water: Colour) -> None:
    for y in np.arange(top + 0.03, bottom, 0.055):
        for _ in range(2):
            x, reach = rng.uniform(0, 1), rng.uniform(0.06, 0.12)
            wave = [(x - reach, y), (x - reach / 2, y - 0.012), (x, y), (x + reach / 2, y - 0.012), (x + reach, y)]
            ground.props.append(Figure().stroke(wave, lighter(water, 0.35), 0.011, ink=False))


def lake(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    water = pick(rng, [(74, 138, 190), (84, 160, 180), (60, 116, 168)])
    if rng.random() < 0.6:
        hills(ground, rng, (116, 156, 128))
        trees(ground, rng, 1, (92, 150, 78))
    ground.bands.append((ground.horizon, 1, mix(water, weather.haze, 0.4), water))
    waves(ground, rng, ground.horizon, 1, water)


def beach(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 2)
    water, shore = (72, 152, 190), ground.horizon + 0.16
    ground.bands.append((ground.horizon, shore, mix(water, weather.haze, 0.2), lighter(water, 0.15)))
    waves(ground, rng, ground.horizon, shore - 0.03, water)
    ground.bands.append((shore, 1, lighter(SAND, 0.15), darker(SAND, 0.12)))
    ground.props.append(Figure().stroke([(-0.1, shore), (0.25, shore + 0.012), (0.6, shore - 0.004), (1.1, shore + 0.01)], (252, 252, 250), 0.02))
    if rng.random() < 0.45:
        ground.prop(parasol(rng), rng.uniform(0.1, 0.9), shore + 0.08, 0.4)


def parasol(rng: np.random.Generator) -> Figure:
    colour = named(rng, "red yellow blue orange")[1]
    figure = Figure().stroke([(0, 0), (0.03, 0.8)], WOOD[1], 0.04)
    figure.add(blob((-0.5, 0.62), (-0.3, 0.86), (0.03, 0.95), (0.36, 0.84), (0.55, 0.58), (0.2, 0.66), (-0.16, 0.68)), colour)
    return figure.detail(polygon((0.03, 1), (-0.16, 0.6), (0.2, 0.6)), NAMED["white"])


def winter(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    hills(ground, rng, (206, 216, 232))
    ground.bands.append((ground.horizon, 1, SNOW, (214, 224, 240)))
    for _ in range(rng.integers(1, 4)):
        foot = ground.horizon + rng.uniform(0, 0.06)
        fir = Figure().add(box(-0.05, 0, 0.05, 0.25), WOOD[3])
        for y, r in ((0.2, 0.3), (0.45, 0.24), (0.7, 0.17)):
            fir.add(polygon((-r, y), (r, y), (0, y + 0.4)), (84, 128, 112)).detail(polygon((-r * 0.5, y + 0.2), (r * 0.5, y + 0.2), (0, y + 0.4)), SNOW)
        ground.prop(fir, rng.uniform(0.02, 0.98), foot, rng.uniform(0.26, 0.42))


def sky(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 5)
    hills(ground, rng, (122, 164, 124))
    ground.bands.append((ground.horizon, 1, GRASS, darker(GRASS, 0.15)))


def railway(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    meadow(ground, weather, rng)
    for x in np.arange(-0.04, 1.04, 0.09):
        ground.props.append(Figure().add(box(x, TRACK - 0.012, x + 0.045, TRACK + 0.035), WOOD[1], shade=0))
    ground.props.append(Figure().add(box(-0.1, TRACK - 0.012, 1.1, TRACK + 0.01), (120, 122, 130), shade=0))


def airfield(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    hills(ground, rng, (124, 168, 120))
    ground.bands.append((ground.horizon, 1, GRASS, GRASS))
    ground.bands.append((ground.horizon + 0.1, 1, lighter(ASPHALT, 0.2), ASPHALT))
    for x in (0.05, 0.45, 0.85):
        ground.props.append(Figure().add(polygon((x, 0.88), (x + 0.2, 0.88), (x + 0.2, 0.905), (x - 0.01, 0.905)), (244, 240, 226), shade=0))


def room(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    wall = lighter(named(rng, "yellow green blue pink beige orange")[1], rng.uniform(0.55, 0.75))
    ground.bands.append((0, ground.horizon, wall, darker(wall, 0.06)))
    if rng.random() < 0.4:
        for x in np.arange(0.02, 1, 0.12):
            ground.props.append(Figure().add(box(x, 0, x + 0.05, ground.horizon), darker(wall, 0.07), shade=0, contour=False))
    wood = pick(rng, WOOD[:3])
    ground.bands.append((ground.horizon, 1, lighter(wood, 0.15), wood))
    for y in np.linspace(ground.horizon, 1.05, 5)[1:]:
        ground.props.append(Figure().stroke([(-0.1, y), (1.1, y)], darker(wood, 0.18), 0.007, ink=False))
    ground.props.append(Figure().add(box(-0.1, ground.horizon - 0.025, 1.1, ground.horizon + 0.005), (250, 246, 236), shade=0))
    x = rng.uniform(0.2, 0.8)
    window(ground, weather, x) if rng.random() < 0.6 else painting(ground, rng, x)
    if rng.random() < 0.5:
        rug = named(rng, "red blue green purple orange")[1]
        ground.props.append(Figure().add(ellipse(0.5, 0.86, 0.42, 0.09), rug, shade=0.04).add(ellipse(0.5, 0.86, 0.34, 0.065), lighter(rug, 0.35), shade=0))


def window(ground: Background, weather: Weather, x: float) -> None:
    figure = Figure().add(box(-0.15, -0.15, 0.15, 0.15), (252, 250, 244)).add(box(-0.125, -0.125, 0.125, 0.125), mix(weather.zenith, weather.haze, 0.5), shade=0.05)
    figure.detail(ellipse(0.02, -0.15, 0.2, 0.09), (140, 184, 112))
    figure.stroke([(0, -0.13), (0, 0.13)], (252, 250, 244), 0.02).stroke([(-0.13, 0), (0.13, 0)], (252, 250, 244), 0.02)
    ground.prop(figure, x, 0.24)


def painting(ground: Background, rng: np.random.Generator, x: float) -> None:
    sea = named(rng, "blue green purple orange")[1]
    figure = Figure().add(box(-0.14, -0.1, 0.14, 0.1), WOOD[1]).add(box(-0.115, -0.075, 0.115, 0.075), lighter(sea, 0.6), shade=0.05)
    figure.detail(blob((-0.2, -0.2), (-0.08, 0.03), (0.0, -0.04), (0.07, 0.05), (0.2, -0.2)), sea)
    ground.prop(figure, x, 0.22)


# Where the train's wheels stand.
TRACK = 0.82

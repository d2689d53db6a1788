"""Settings under the sky."""

import numpy as np

from .background import Background, Weather
from .colours import WOOD, darker, lighter, mix, named, pick
from .figure import Figure
from .landscape import front, heaven, hills, house, parasol, snowy_fir, street_tree, trees, water_below, waves
from .shapes import box, ellipse, polygon

GRASS, SAND, SNOW, ASPHALT = (134, 184, 92), (236, 214, 160), (238, 242, 250), (148, 148, 156)
# Where a train's wheels stand.
TRACK = 0.82


def meadow(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    hills(ground, rng, (124, 168, 120))
    ground.bands.append((ground.horizon, 1, lighter(GRASS, 0.2), darker(GRASS, 0.12)))
    trees(ground, rng, 2)
    if rng.random() < 0.2:
        ground.prop(house(rng), rng.uniform(0.15, 0.85), ground.horizon + 0.03, 0.34)
    petal = named(rng, "white yellow pink red")[1]
    for _ in range(rng.integers(0, 9)):
        x, y = rng.uniform(0, 1), rng.uniform(ground.horizon + 0.08, 0.98)
        ground.prop(Figure().add(ellipse(0, 0, 0.013), petal, shade=0, contour=False), x, y)


def garden(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 2)
    ground.bands.append((ground.horizon, 1, lighter(GRASS, 0.1), darker(GRASS, 0.15)))
    trees(ground, rng, 2)
    ground.prop(house(rng), rng.uniform(0.2, 0.8), ground.horizon + 0.04, rng.uniform(0.55, 0.7))
    for x in np.arange(-0.03, 1, 0.085):
        slat = polygon((-0.022, 0), (0.022, 0), (0.022, 0.1), (0, 0.125), (-0.022, 0.1))
        ground.prop(Figure().add(slat, (250, 248, 240)), x, ground.horizon + 0.08)


def street(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 2)
    x = rng.uniform(-0.15, 0.05)
    while x < 1:
        width, height = rng.uniform(0.2, 0.34), rng.uniform(0.24, 0.44)
        ground.prop(front(rng, width, height), x + width / 2, ground.horizon + 0.02)
        x += width
    ground.bands.append((ground.horizon, 1, (196, 190, 184), (196, 190, 184)))
    for x in np.arange(rng.uniform(0, 0.3), 1, 0.42)[: rng.integers(0, 3)]:
        ground.prop(street_tree(rng), x, ground.horizon + 0.08, 0.34)
    kerb = ground.horizon + 0.1
    ground.bands.append((kerb, 1, lighter(ASPHALT, 0.12), darker(ASPHALT, 0.15)))
    dashes(ground, 0.8)


def dashes(ground: Background, y: float) -> None:
    """Marks along the middle of a road."""
    for x in (0.02, 0.38, 0.74):
        mark = polygon((x, y), (x + 0.2, y), (x + 0.19, y + 0.03), (x - 0.02, y + 0.03))
        ground.props.append(Figure().add(mark, (244, 240, 226), shade=0))


def lake(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    water = water_below(weather, pick(rng, [(74, 138, 190), (84, 160, 180), (60, 116, 168)]))
    if rng.random() < 0.6:
        hills(ground, rng, (116, 156, 128))
        trees(ground, rng, 1)
    ground.bands.append((ground.horizon, 1, mix(water, weather.haze, 0.4), water))
    waves(ground, rng, ground.horizon, 1, water)


def beach(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 2)
    water, shore = water_below(weather, (72, 152, 190)), ground.horizon + 0.16
    ground.bands.append((ground.horizon, shore, mix(water, weather.haze, 0.2), lighter(water, 0.15)))
    waves(ground, rng, ground.horizon, shore - 0.03, water)
    ground.bands.append((shore, 1, lighter(SAND, 0.15), darker(SAND, 0.12)))
    surf = [(-0.1, shore), (0.25, shore + 0.012), (0.6, shore - 0.004), (1.1, shore + 0.01)]
    ground.props.append(Figure().stroke(surf, (252, 252, 250), 0.02))
    if rng.random() < 0.45:
        ground.prop(parasol(rng), rng.uniform(0.1, 0.9), shore + 0.08, 0.4)


def winter(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    hills(ground, rng, (206, 216, 232))
    ground.bands.append((ground.horizon, 1, SNOW, (214, 224, 240)))
    for _ in range(rng.integers(1, 4)):
        foot = ground.horizon + rng.uniform(0, 0.06)
        ground.prop(snowy_fir(), rng.uniform(0.02, 0.98), foot, rng.uniform(0.26, 0.42))


def sky(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 5)
    hills(ground, rng, (122, 164, 124))
    ground.bands.append((ground.horizon, 1, GRASS, darker(GRASS, 0.15)))


def railway(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    meadow(ground, weather, rng)
    for x in np.arange(-0.04, 1.04, 0.09):
        sleeper = box(x, TRACK - 0.012, x + 0.045, TRACK + 0.035)
        ground.props.append(Figure().add(sleeper, WOOD[1], shade=0))
    ground.props.append(Figure().add(box(-0.1, TRACK - 0.012, 1.1, TRACK + 0.01), (120, 122, 130), shade=0))


def airfield(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    heaven(ground, weather, rng, 3)
    hills(ground, rng, (124, 168, 120))
    ground.bands.append((ground.horizon, 1, GRASS, GRASS))
    ground.bands.append((ground.horizon + 0.1, 1, lighter(ASPHALT, 0.2), ASPHALT))
    dashes(ground, 0.88)

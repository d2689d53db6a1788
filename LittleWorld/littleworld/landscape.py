"""Pieces of landscapes: sky, hills, water, and what grows or stands there."""

import numpy as np

from .background import Background, Weather
from .colours import GLASS, NAMED, WOOD, Colour, darker, lighter, mix, named, pick
from .figure import Figure
from .shapes import blob, box, cloud, ellipse, limb, polygon

LEAVES: Colour = (92, 150, 78)
CLOUD = blob(
    *[(-0.19, -0.06), (-0.23, -0.01), (-0.18, 0.04), (-0.11, 0.035), (-0.06, 0.1), (0.03, 0.11)],
    *[(0.08, 0.055), (0.16, 0.06), (0.21, 0.01), (0.19, -0.055), (0.0, -0.065)],
)


def heaven(ground: Background, weather: Weather, rng: np.random.Generator, clouds: int) -> None:
    """Sky, often a sun, and at most some clouds."""
    ground.bands.append((0, ground.horizon, weather.zenith, weather.haze))
    if weather.sun and rng.random() < 0.6:
        sun = Figure().add(ellipse(0, 0, 0.07), weather.sun, shade=0)
        ground.prop(sun, rng.uniform(0.1, 0.9), rng.uniform(0.08, 0.7) * ground.horizon)
    white = mix(weather.haze, (255, 255, 255), 0.7 if weather.sun else 0.1)
    for _ in range(rng.integers(0, clouds + 1)):
        puff = Figure().add(CLOUD, white, shade=0.04)
        ground.prop(puff, rng.uniform(0, 1), rng.uniform(0.12, 0.75) * ground.horizon, rng.uniform(0.6, 1.1))


def hills(ground: Background, rng: np.random.Generator, colour: Colour) -> None:
    for back in (1, 0):
        crest = [(x, ground.horizon - (0.03 + 0.05 * back + rng.uniform(0, 0.06))) for x in (-0.1, 0.2, 0.5, 0.8, 1.1)]
        low = ground.horizon + 0.02
        tone = lighter(colour, 0.35) if back else colour
        ground.props.append(Figure().add(blob((-0.3, low), *crest, (1.3, low)), tone, shade=0.05))


def waves(ground: Background, rng: np.random.Generator, top: float, bottom: float, water: Colour) -> None:
    for y in np.arange(top + 0.04, bottom, 0.055):
        for _ in range(2):
            x, reach = rng.uniform(0, 1), rng.uniform(0.06, 0.12)
            wave = [(x - reach, y), (x - reach / 2, y - 0.012), (x, y), (x + reach / 2, y - 0.012), (x + reach, y)]
            ground.props.append(Figure().stroke(wave, lighter(water, 0.35), 0.011, ink=False))


def water_below(weather: Weather, water: Colour) -> Colour:
    """Water takes on the colour of the sky."""
    return mix(water, weather.zenith, weather.mirror)


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


def snowy_fir() -> Figure:
    figure = Figure().add(box(-0.05, 0, 0.05, 0.25), WOOD[3])
    for y, reach in ((0.2, 0.3), (0.45, 0.24), (0.7, 0.17)):
        figure.add(polygon((-reach, y), (reach, y), (0, y + 0.4)), (84, 128, 112))
        figure.detail(polygon((-reach * 0.5, y + 0.2), (reach * 0.5, y + 0.2), (0, y + 0.4)), (238, 242, 250))
    return figure


def trees(ground: Background, rng: np.random.Generator, most: int) -> None:
    for _ in range(rng.integers(0, most + 1)):
        foot = ground.horizon + rng.uniform(0.0, 0.06)
        ground.prop(
            tree(rng, mix(LEAVES, NAMED["yellow"], rng.uniform(0, 0.3))),
            rng.uniform(0.02, 0.98),
            foot,
            rng.uniform(0.28, 0.46),
        )


def street_tree(rng: np.random.Generator) -> Figure:
    figure = Figure().add(box(-0.04, 0, 0.04, 0.5), WOOD[1])
    return figure.add(cloud(0, 0.72, 0.26, 0.3, 8), mix(LEAVES, NAMED["yellow"], rng.uniform(0, 0.25)), shade=0.16)


def house(rng: np.random.Generator) -> Figure:
    wall, roof = named(rng, "white beige yellow pink")[1], named(rng, "red brown grey")[1]
    figure = Figure().add(box(-0.4, 0, 0.4, 0.5), lighter(wall, 0.2), shade=0.06)
    figure.add(box(0.18, 0.6, 0.28, 0.95), darker(roof, 0.3)).add(
        polygon((-0.5, 0.48), (0.5, 0.48), (0.3, 0.86), (-0.3, 0.86)), roof
    )
    for y in (0.58, 0.68, 0.78):
        figure.detail(box(-0.5, y, 0.5, y + 0.02), darker(roof, 0.2))
    figure.add(box(-0.06, 0, 0.1, 0.34), pick(rng, WOOD))
    for x in (-0.3, 0.2):
        figure.add(box(x, 0.18, x + 0.14, 0.36), GLASS)
        figure.stroke([(x + 0.07, 0.18), (x + 0.07, 0.36)], (255, 255, 255), 0.02)
    return figure


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


def parasol(rng: np.random.Generator) -> Figure:
    colour = named(rng, "red yellow blue orange")[1]
    figure = Figure().stroke([(0, 0), (0.03, 0.8)], WOOD[1], 0.04)
    figure.add(
        blob((-0.5, 0.62), (-0.3, 0.86), (0.03, 0.95), (0.36, 0.84), (0.55, 0.58), (0.2, 0.66), (-0.16, 0.68)), colour
    )
    return figure.detail(polygon((0.03, 1), (-0.16, 0.6), (0.2, 0.6)), NAMED["white"])

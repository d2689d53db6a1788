"""Rooms and what stands or hangs at their walls."""

import numpy as np

from .background import Background, Weather
from .colours import INK, WOOD, darker, lighter, mix, named, pick
from .figure import Figure
from .shapes import blob, box, ellipse, polygon


def room(ground: Background, weather: Weather, rng: np.random.Generator) -> None:
    wall = lighter(named(rng, "yellow green blue pink beige orange")[1], rng.uniform(0.55, 0.75))
    ground.bands.append((0, ground.horizon, wall, darker(wall, 0.06)))
    if rng.random() < 0.4:
        for x in np.arange(0.02, 1, 0.12):
            ground.props.append(
                Figure().add(box(x, 0, x + 0.05, ground.horizon), darker(wall, 0.07), shade=0, contour=False)
            )
    wood = pick(rng, WOOD[:3])
    ground.bands.append((ground.horizon, 1, lighter(wood, 0.15), wood))
    for y in np.linspace(ground.horizon, 1.05, 5)[1:]:
        ground.props.append(Figure().stroke([(-0.1, y), (1.1, y)], darker(wood, 0.18), 0.007, ink=False))
    ground.props.append(
        Figure().add(box(-0.1, ground.horizon - 0.025, 1.1, ground.horizon + 0.005), (250, 246, 236), shade=0)
    )
    if rng.random() < 0.45:
        wall_side = [bookcase, floor_lamp][rng.integers(2)](rng)
        side = rng.choice([rng.uniform(0.06, 0.2), rng.uniform(0.8, 0.94)])
        ground.prop(wall_side, side, ground.horizon + 0.03, rng.uniform(0.44, 0.52))
    x = rng.uniform(0.3, 0.7)
    if rng.random() < 0.6:
        window(ground, weather, x)
    else:
        painting(ground, rng, x)
    if rng.random() < 0.5:
        rug = named(rng, "red blue green purple orange")[1]
        oval = Figure().add(ellipse(0.5, 0.86, 0.42, 0.09), rug, shade=0.04)
        ground.props.append(oval.add(ellipse(0.5, 0.86, 0.34, 0.065), lighter(rug, 0.35), shade=0))


def bookcase(rng: np.random.Generator) -> Figure:
    wood = pick(rng, WOOD)
    figure = Figure().add(box(-0.28, 0, 0.28, 1), wood)
    for y in (0.06, 0.38, 0.7):
        figure.add(box(-0.23, y, 0.23, y + 0.26), darker(wood, 0.4))
        for x in np.arange(-0.21, 0.16, 0.085):
            figure.add(
                box(x, y, x + 0.07, y + rng.uniform(0.15, 0.22)),
                named(rng, "red blue green yellow beige orange")[1],
                contour=False,
            )
    return figure


def floor_lamp(rng: np.random.Generator) -> Figure:
    figure = Figure().add(ellipse(0, 0.02, 0.13, 0.03), INK).add(box(-0.015, 0, 0.015, 0.75), INK)
    return figure.add(
        polygon((-0.22, 0.68), (0.22, 0.68), (0.12, 1), (-0.12, 1)),
        lighter(named(rng, "yellow orange red beige")[1], 0.35),
    )


def window(ground: Background, weather: Weather, x: float) -> None:
    """Its frame, the sky and a bush."""
    frame = (252, 250, 244)
    figure = Figure().add(box(-0.15, -0.15, 0.15, 0.15), frame)
    figure.add(box(-0.125, -0.125, 0.125, 0.125), mix(weather.zenith, weather.haze, 0.5), shade=0.05)
    figure.detail(ellipse(0.02, -0.15, 0.2, 0.09), (140, 184, 112))
    figure.stroke([(0, -0.13), (0, 0.13)], frame, 0.02).stroke([(-0.13, 0), (0.13, 0)], frame, 0.02)
    ground.prop(figure, x, 0.24)


def painting(ground: Background, rng: np.random.Generator, x: float) -> None:
    sea = named(rng, "blue green purple orange")[1]
    figure = Figure().add(box(-0.14, -0.1, 0.14, 0.1), WOOD[1])
    figure.add(box(-0.115, -0.075, 0.115, 0.075), lighter(sea, 0.6), shade=0.05)
    figure.detail(blob((-0.2, -0.2), (-0.08, 0.03), (0.0, -0.04), (0.07, 0.05), (0.2, -0.2)), sea)
    ground.prop(figure, x, 0.22)

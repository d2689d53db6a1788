"""Potted plants: leaves, flowers, a cactus; 1 is the height."""

import numpy as np

from .colours import INK, NAMED, Colour, darker, lighter, named, with_article
from .figure import Figure
from .shapes import blob, box, ellipse, limb, polygon, rotated

LEAF: Colour = (82, 146, 78)


def pottedplant(rng: np.random.Generator) -> Figure:
    name, clay = named(rng, "orange blue white red yellow")
    figure = Figure("pottedplant", f"plant in {with_article(name + ' pot')}")
    [leafy, flowering, cactus][rng.integers(3)](figure, rng)
    figure.add(polygon((-0.17, 0.3), (0.17, 0.3), (0.12, 0.0), (-0.12, 0.0)), clay, shade=0.22)
    figure.add(box(-0.2, 0.27, 0.2, 0.36, 0.02), darker(clay, 0.1), shade=0.2)
    return figure


def leaf(figure: Figure, length: float, width: float, turn: float, colour: Colour) -> None:
    """A pointed leaf from the pot's rim; 0 degrees points straight up."""
    blade = blob((0, 0), (1, 0.35), (0.7, 0.75), (0, 1), (-0.7, 0.75), (-1, 0.35)) * (width, length)
    figure.add(rotated(blade, turn) + (0, 0.32), colour, shade=0.2)
    rib = rotated(np.array([(0, 0.05), (0, length * 0.85)]), turn) + (0, 0.32)
    figure.stroke(rib, lighter(colour, 0.3), 0.014)


def leafy(figure: Figure, rng: np.random.Generator) -> None:
    for turn in (-75, 75, -45, 45, -18, 20, 0):
        green = lighter(LEAF, rng.uniform(0, 0.3)) if abs(turn) < 30 else darker(LEAF, rng.uniform(0, 0.25))
        leaf(figure, rng.uniform(0.5, 0.68) - abs(turn) * 0.0018, 0.1, turn + rng.uniform(-6, 6), green)


def flowering(figure: Figure, rng: np.random.Generator) -> None:
    petals = named(rng, "red pink yellow purple white")[1]
    for turn in (-70, 70, -35, 35):
        leaf(figure, 0.34, 0.08, turn, darker(LEAF, rng.uniform(0, 0.2)))
    for x, y in ((-0.2, 0.7), (0.21, 0.72), (0, 0.88)):
        figure.stroke([(0, 0.32), (x * 0.7, y * 0.7), (x, y)], darker(LEAF, 0.15), 0.03)
        for angle in np.arange(0, 360, 72):
            figure.add(ellipse(*(np.array([x, y]) + rotated(np.array([[0.0, 0.08]]), angle)[0]), 0.062), petals)
        figure.add(ellipse(x, y, 0.05), NAMED["yellow"] if petals[2] > 110 else INK)


def cactus(figure: Figure, rng: np.random.Generator) -> None:
    green = darker(LEAF, 0.05)
    figure.add(limb([(-0.08, 0.52), (-0.24, 0.54), (-0.26, 0.74)], 0.12), green)
    figure.add(limb([(0.08, 0.6), (0.24, 0.62), (0.26, 0.84)], 0.12), green)
    figure.add(limb([(0, 0.32), (0, 0.9)], 0.22), green, shade=0.25)
    for x in (-0.05, 0.05):
        figure.stroke([(x, 0.38), (x, 0.92)], lighter(green, 0.3), 0.014, inside=True)
    figure.add(ellipse(0, 0.99, 0.06, 0.05), NAMED["pink"])

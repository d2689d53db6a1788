"""Boats; 1 is the length, the water is at y = 0."""

import numpy as np

from .colours import GLASS, NAMED, WOOD, Colour, darker, named
from .figure import Figure
from .shapes import blob, box, ellipse, limb, polygon


def boat(rng: np.random.Generator) -> Figure:
    name, paint = named(rng, "red blue green white yellow orange brown")
    kind = rng.choice(["sailing", "steamer", "fishing"], p=[0.5, 0.25, 0.25])
    words = {"sailing": "sailing boat", "steamer": "boat", "fishing": "fishing boat"}[str(kind)]
    figure = Figure("boat", f"{name} {words}" if rng.random() < 0.5 else f"{name} boat")
    {"sailing": sailing, "steamer": steamer, "fishing": fishing}[str(kind)](figure, rng, paint)
    return figure


def hull(figure: Figure, paint: Colour, high: float = 0.16) -> None:
    figure.add(polygon((-0.48, high), (0.52, high + 0.03), (0.4, 0.0), (-0.4, 0.0)), paint, shade=0.2)
    stripe = NAMED["white"] if np.mean(paint) < 200 else NAMED["blue"]
    figure.detail(polygon((-0.6, high - 0.06), (0.6, high - 0.03), (0.6, high - 0.005), (-0.6, high - 0.03)), stripe)
    for x in (-0.28, 0.16):
        ripple = [(x - 0.12, 0.0), (x, 0.016), (x + 0.12, 0.0)]
        figure.stroke(ripple, (226, 238, 244), 0.02, ink=False, labelled=False)
    figure.add(limb([(-0.49, high), (0.53, high + 0.03)], 0.035), darker(paint, 0.4))


def sailing(figure: Figure, rng: np.random.Generator, paint: Colour) -> None:
    sail = named(rng, "white white red yellow orange")[1]
    figure.add(box(-0.02, 0.14, 0.02, 0.96), WOOD[1])
    mainsail = [(-0.04, 0.92), (-0.12, 0.6), (-0.4, 0.26), (-0.34, 0.24), (-0.04, 0.24), (-0.035, 0.6)]
    figure.add(blob(*mainsail), sail, shade=0.16)
    figure.detail(polygon((-0.5, 0.42), (0, 0.46), (0, 0.55), (-0.5, 0.5)), darker(sail, 0.22))
    jib = [(0.04, 0.84), (0.14, 0.55), (0.38, 0.28), (0.3, 0.25), (0.05, 0.26), (0.045, 0.5)]
    figure.add(blob(*jib), NAMED["white"], shade=0.16)
    figure.add(polygon((0.0, 0.95), (0.0, 1.03), (0.12, 0.99)), NAMED["red"])
    hull(figure, paint)


def steamer(figure: Figure, rng: np.random.Generator, paint: Colour) -> None:
    funnel = named(rng, "red yellow black blue")[1]
    for x, y, r in ((-0.16, 0.7, 0.06), (-0.26, 0.77, 0.075)):
        figure.add(ellipse(x, y, r * 1.2, r), (232, 232, 236), shade=0.08, labelled=False)
    for x in (-0.12, 0.1):
        figure.add(box(x, 0.42, x + 0.12, 0.64), funnel, shade=0.2)
        figure.detail(box(x, 0.56, x + 0.12, 0.64), darker(funnel, 0.6))
    figure.add(box(-0.32, 0.18, 0.34, 0.34), NAMED["white"]).add(box(-0.24, 0.33, 0.28, 0.45), NAMED["white"])
    for x in (-0.24, -0.1, 0.04, 0.18):
        figure.add(ellipse(x + 0.03, 0.27, 0.034), (96, 138, 168))
    for x in (-0.17, -0.03, 0.11):
        figure.add(box(x, 0.36, x + 0.09, 0.42), (96, 138, 168), contour=False)
    hull(figure, paint, 0.2)


def fishing(figure: Figure, rng: np.random.Generator, paint: Colour) -> None:
    cabin = named(rng, "white yellow red beige")[1]
    figure.stroke([(0.2, 0.14), (0.2, 0.72)], WOOD[1], 0.035)
    figure.stroke([(0.2, 0.7), (0.48, 0.2)], WOOD[3], 0.014).stroke([(0.2, 0.7), (-0.2, 0.48)], WOOD[3], 0.014)
    figure.add(box(-0.3, 0.14, 0.04, 0.46), cabin, shade=0.16)
    figure.add(box(-0.35, 0.45, 0.09, 0.5, 0.02), darker(cabin, 0.45))
    for x in (-0.25, -0.1):
        figure.add(box(x, 0.28, x + 0.1, 0.4), GLASS)
    hull(figure, paint, 0.18)
    figure.add(ellipse(0.28, 0.12, 0.05), (232, 120, 60)).add(ellipse(0.28, 0.12, 0.022), NAMED["white"], contour=False)

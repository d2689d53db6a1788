"""Birds: perched, flying, and ducks on the water."""

import numpy as np

from .colours import INK, Colour, darker, lighter, named
from .figure import Figure
from .shapes import blob, ellipse, limb, polygon

BEAK = (240, 160, 50)


def bird(rng: np.random.Generator, pose: str) -> Figure:
    name, plumage = named(rng, "white brown yellow grey" if pose == "swimming" else "red blue yellow black white brown")
    figure = Figure("bird", f"{name} bird")
    return {"perched": perched, "flying": flying, "swimming": swimming}[pose](figure, plumage)


def head(figure: Figure, x: float, y: float, radius: float, plumage: Colour) -> None:
    figure.add(radius * polygon((0.7, 0.45), (1.9, -0.1), (0.7, -0.5)) + (x, y), BEAK)
    figure.add(ellipse(x, y, radius), plumage)
    figure.add(ellipse(x + radius * 0.38, y + radius * 0.2, radius * 0.3), (252, 250, 244), shade=0, contour=False)
    figure.add(ellipse(x + radius * 0.45, y + radius * 0.2, radius * 0.2), INK, shade=0, contour=False, ink=True)


def perched(figure: Figure, plumage: Colour) -> Figure:
    for x in (-0.02, 0.12):
        figure.add(limb([(x, 0.28), (x + 0.02, 0.03), (x + 0.1, 0.02)], 0.04), darker(BEAK, 0.1))
    figure.add(polygon((-0.24, 0.5), (-0.64, 0.3), (-0.6, 0.2), (-0.18, 0.3)), darker(plumage, 0.3))
    breast = [(0.26, 0.72), (0.34, 0.46), (0.2, 0.24), (-0.06, 0.2), (-0.3, 0.34), (-0.2, 0.54), (0.02, 0.7)]
    figure.add(blob(*breast), plumage, shade=0.18)
    figure.detail(ellipse(0.22, 0.36, 0.17, 0.2), lighter(plumage, 0.55))
    head(figure, 0.18, 0.78, 0.19, plumage)
    figure.add(blob((0.08, 0.58), (0.06, 0.36), (-0.18, 0.28), (-0.46, 0.28), (-0.26, 0.5)), darker(plumage, 0.22))
    return figure


def flying(figure: Figure, plumage: Colour) -> Figure:
    """Wings up; 1 is about the span."""
    far, near = darker(plumage, 0.35), darker(plumage, 0.12)
    figure.add(blob((0.08, 0.46), (0.2, 0.74), (0.42, 0.96), (0.34, 0.66), (0.24, 0.42)), far)
    figure.add(polygon((-0.26, 0.44), (-0.62, 0.5), (-0.6, 0.34), (-0.24, 0.32)), far)
    breast = [(0.36, 0.5), (0.32, 0.3), (0.02, 0.24), (-0.36, 0.36), (-0.1, 0.5), (0.16, 0.56)]
    figure.add(blob(*breast), plumage, shade=0.18)
    figure.detail(ellipse(0.1, 0.26, 0.28, 0.1), lighter(plumage, 0.55))
    head(figure, 0.38, 0.48, 0.14, plumage)
    figure.add(blob((0.12, 0.46), (0.02, 0.72), (-0.2, 1.0), (-0.3, 0.8), (-0.3, 0.6), (-0.16, 0.42)), near)
    for x, y in ((-0.2, 0.78), (-0.22, 0.62)):
        figure.stroke([(x - 0.06, y + 0.02), (x + 0.1, y - 0.12)], darker(plumage, 0.4), 0.018, inside=True)
    return figure


def swimming(figure: Figure, plumage: Colour) -> Figure:
    """A duck; the water is at y = 0."""
    figure.add(blob((0.28, 0.5), (0.18, 0.34), (0.2, 0.14), (0.4, 0.14), (0.44, 0.4), (0.4, 0.6)), plumage)
    breast = [(0.46, 0.22), (0.34, 0.0), (-0.3, 0.0), (-0.5, 0.18)]
    breast += [(-0.62, 0.42), (-0.36, 0.34), (0, 0.38), (0.28, 0.36)]
    figure.add(blob(*breast), plumage, shade=0.2)
    head(figure, 0.36, 0.62, 0.16, plumage)
    figure.add(blob((0.16, 0.32), (0.02, 0.12), (-0.26, 0.12), (-0.44, 0.28), (-0.1, 0.34)), darker(plumage, 0.22))
    return figure

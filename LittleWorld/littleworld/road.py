"""Cars and buses, from the side and from the front; 1 is the length, or the height of those from the front."""

import numpy as np

from .colours import GLASS, INK, Colour, darker, lighter, named
from .figure import Figure
from .shapes import blob, box, ellipse, limb, polygon

LAMP, TAIL_LAMP = (255, 240, 190), (220, 50, 44)
# From the boot over the roof to the bonnet.
ROOFS = {
    "saloon": [(-0.46, 0.24), (-0.28, 0.27), (-0.17, 0.4), (0.1, 0.41), (0.24, 0.27), (0.46, 0.22)],
    "small": [(-0.4, 0.25), (-0.35, 0.42), (-0.1, 0.47), (0.1, 0.44), (0.24, 0.28), (0.42, 0.22)],
    "van": [(-0.47, 0.25), (-0.46, 0.47), (0, 0.49), (0.2, 0.46), (0.33, 0.28), (0.46, 0.22)],
}
# Where the panes begin and end along the car.
WINDOWS = {
    "saloon": [(-0.2, -0.01), (0.02, 0.18)],
    "small": [(-0.31, -0.05), (-0.01, 0.17)],
    "van": [(-0.02, 0.1), (0.13, 0.27)],
}


def wheel(figure: Figure, x: float, radius: float, y: float | None = None) -> None:
    y = radius if y is None else y
    figure.add(ellipse(x, y, radius), INK, shade=0.3)
    figure.add(ellipse(x, y, radius * 0.55), (200, 202, 206))
    figure.add(ellipse(x, y, radius * 0.18), (110, 112, 118), contour=False)


def glare(figure: Figure, x: float, y: float, width: float, height: float) -> None:
    """A slanting reflection on the pane painted last."""
    lean = height / 2
    band = polygon((x, y), (x + width, y), (x + width + lean, y + height), (x + lean, y + height))
    figure.detail(band, (255, 255, 255), opacity=0.5)


def car(rng: np.random.Generator) -> Figure:
    name, paint = named(rng, "red orange yellow green blue purple white black grey")
    figure = Figure("car", f"{name} car")
    kind = rng.choice(["saloon", "small", "van", "front"], p=[0.35, 0.25, 0.15, 0.25])
    if kind == "front":
        return car_front(figure, paint)
    roof, windows = ROOFS[str(kind)], WINDOWS[str(kind)]
    end = 0.4 if kind == "small" else 0.46
    figure.add(box(-end - 0.015, 0.09, end + 0.02, 0.15, 0.02), darker(paint, 0.55))
    shell = blob((end + 0.01, 0.1), (0, 0.085), (-end, 0.1), *roof)
    figure.add(shell, paint, shade=0.2)
    figure.detail(box(-0.6, 0.0, 0.6, 0.15), darker(paint, 0.2))
    low, high = 0.265, max(y for _, y in roof) - 0.045
    for index, (x0, x1) in enumerate(windows):
        rear, front = (0.07 if index == 0 and kind != "van" else 0.0), (0.09 if index == 1 else 0.0)
        figure.add(polygon((x0, low), (x1, low), (x1 - front, high), (x0 + rear, high)), GLASS)
        glare(figure, x0 + 0.05, low, 0.04, high - low)
    seam = windows[1][0] - 0.018
    figure.stroke([(seam, low - 0.02), (seam, 0.12)], darker(paint, 0.35), 0.012)
    figure.add(limb([(seam - 0.1, 0.225), (seam - 0.04, 0.225)], 0.018), darker(paint, 0.5), contour=False)
    figure.add(ellipse(end - 0.03, 0.205, 0.03, 0.026), LAMP).add(ellipse(-end + 0.015, 0.21, 0.02, 0.03), TAIL_LAMP)
    for x in (-0.27, 0.27):
        figure.add(ellipse(x, 0.105, 0.115), darker(paint, 0.6), contour=False)
        wheel(figure, x, 0.095)
    return figure


def car_front(figure: Figure, paint: Colour) -> Figure:
    figure.scale = 0.82
    for side in (-1, 1):
        figure.add(box(side * 0.36 - 0.09, 0.0, side * 0.36 + 0.09, 0.26, 0.04), INK)
        figure.add(ellipse(side * 0.52, 0.54, 0.07, 0.05), darker(paint, 0.2))
    figure.add(blob((-0.44, 0.5), (-0.3, 0.82), (0, 0.87), (0.3, 0.82), (0.44, 0.5), (0, 0.45)), paint, shade=0.1)
    figure.add(polygon((-0.37, 0.52), (-0.27, 0.77), (0.27, 0.77), (0.37, 0.52)), GLASS)
    glare(figure, -0.14, 0.5, 0.1, 0.3)
    figure.add(box(-0.5, 0.12, 0.5, 0.54, 0.11), paint, shade=0.2)
    for side in (-1, 1):
        figure.add(ellipse(side * 0.37, 0.38, 0.09, 0.08), LAMP)
    figure.add(box(-0.22, 0.31, 0.22, 0.42, 0.04), darker(paint, 0.65))
    figure.add(box(-0.52, 0.14, 0.52, 0.22, 0.03), (206, 208, 212))
    figure.add(box(-0.13, 0.14, 0.13, 0.22), (250, 250, 244))
    return figure


def bus(rng: np.random.Generator) -> Figure:
    name, paint = named(rng, "red yellow green blue orange")
    figure = Figure("bus", f"{name} bus")
    stripe = lighter(paint, 0.75)
    if rng.random() < 0.3:
        return bus_front(figure, paint, stripe)
    decks = 2 if rng.random() < 0.3 else 1
    top = 0.44 if decks == 1 else 0.62
    figure.add(box(-0.5, 0.07, 0.5, top, 0.05), paint, shade=0.16)
    figure.detail(box(-0.6, 0.17, 0.6, 0.205), stripe)
    figure.detail(box(-0.6, 0.0, 0.6, 0.11), darker(paint, 0.3))
    figure.detail(box(-0.6, top - 0.035, 0.6, top), lighter(paint, 0.45))
    for deck in range(decks):
        y = 0.25 + 0.185 * deck
        # The door takes the lower deck's last place.
        for x in (-0.455, -0.305, -0.155, -0.005, 0.145, 0.295)[: 5 + deck]:
            figure.add(box(x, y, x + 0.125, y + 0.13, 0.015), GLASS)
            glare(figure, x + 0.02, y, 0.03, 0.14)
    figure.add(box(0.3, 0.09, 0.39, 0.38, 0.015), lighter(GLASS, 0.2))
    figure.stroke([(0.345, 0.1), (0.345, 0.37)], darker(paint, 0.5), 0.012)
    figure.add(box(0.42, 0.23, 0.505, 0.39, 0.02), GLASS)
    figure.add(ellipse(0.48, 0.15, 0.024), LAMP).add(box(-0.5, 0.13, -0.475, 0.18), TAIL_LAMP)
    for x in (-0.3, 0.22):
        figure.add(ellipse(x, 0.085, 0.095), darker(paint, 0.65), contour=False)
        wheel(figure, x, 0.078)
    return figure


def bus_front(figure: Figure, paint: Colour, stripe: Colour) -> Figure:
    figure.scale = 0.85
    for side in (-1, 1):
        figure.add(box(side * 0.25 - 0.07, 0, side * 0.25 + 0.07, 0.2, 0.03), INK)
        figure.add(ellipse(side * 0.42, 0.66, 0.035, 0.08), darker(paint, 0.5))
    figure.add(box(-0.37, 0.08, 0.37, 1, 0.08), paint, shade=0.16)
    figure.add(box(-0.24, 0.86, 0.24, 0.95, 0.02), INK)
    figure.detail(box(-0.18, 0.89, 0.18, 0.92), (250, 190, 70))
    for x0, x1 in ((-0.32, -0.012), (0.012, 0.32)):
        figure.add(box(x0, 0.44, x1, 0.83, 0.03), GLASS)
        glare(figure, x0 + 0.03, 0.42, 0.07, 0.42)
    figure.add(box(-0.37, 0.33, 0.37, 0.39), stripe, contour=False)
    for side in (-1, 1):
        figure.add(ellipse(side * 0.27, 0.25, 0.06), LAMP)
    figure.add(box(-0.16, 0.2, 0.16, 0.29, 0.02), darker(paint, 0.5))
    figure.add(box(-0.4, 0.08, 0.4, 0.15, 0.03), (96, 98, 106))
    return figure

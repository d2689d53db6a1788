"""Chairs, tables, sofas and television sets; 1 is the height, or the width of tables and sofas."""

import numpy as np

from .colours import INK, NAMED, WOOD, Colour, darker, lighter, named, pick
from .figure import Figure
from .shapes import blob, box, ellipse, limb, polygon


def chair(rng: np.random.Generator) -> Figure:
    name, paint = named(rng, "red yellow green blue white brown")
    figure = Figure("chair", f"{name} chair")
    return (chair_oblique if rng.random() < 0.5 else chair_front)(figure, rng, paint)


def chair_front(figure: Figure, rng: np.random.Generator, paint: Colour) -> Figure:
    for side in (-1, 1):
        figure.add(box(side * 0.2 - 0.03, 0.1, side * 0.2 + 0.03, 0.45), darker(paint, 0.4))
        figure.add(limb([(side * 0.22, 0.45), (side * 0.22, 0.97)], 0.065), paint)
    for x in (-0.11, 0, 0.11):
        figure.add(box(x - 0.028, 0.5, x + 0.028, 0.86), lighter(paint, 0.12))
    figure.add(box(-0.25, 0.82, 0.25, 0.97, 0.05), paint)
    for side in (-1, 1):
        figure.add(box(side * 0.25 - 0.035, 0, side * 0.25 + 0.035, 0.46), darker(paint, 0.15))
    figure.add(polygon((-0.32, 0.42), (0.32, 0.42), (0.26, 0.54), (-0.26, 0.54)), lighter(paint, 0.25))
    figure.add(box(-0.32, 0.36, 0.32, 0.43, 0.02), paint)
    return figure


def chair_oblique(figure: Figure, rng: np.random.Generator, paint: Colour) -> Figure:
    """From the side and a little above: back, seat, four legs."""
    cushion = named(rng, "red blue green yellow beige")[1]
    for x0, x1 in ((0.12, 0.14), (-0.12, -0.12)):
        figure.add(limb([(x0, 0.48), (x1, 0.08)], 0.055), darker(paint, 0.4))
    figure.add(polygon((-0.29, 0.44), (-0.16, 0.56), (-0.22, 1.0), (-0.36, 0.94)), paint, shade=0.15)
    figure.detail(polygon((-0.29, 0.6), (-0.2, 0.68), (-0.235, 0.9), (-0.325, 0.86)), darker(paint, 0.25))
    for x0, x1 in ((-0.26, -0.28), (0.27, 0.29)):
        figure.add(limb([(x0, 0.45), (x1, 0.02)], 0.065), darker(paint, 0.15))
    figure.add(polygon((-0.32, 0.46), (0.3, 0.46), (0.3, 0.39), (-0.32, 0.39)), paint)
    figure.add(polygon((-0.32, 0.46), (0.3, 0.46), (0.2, 0.57), (-0.17, 0.57)), cushion)
    return figure


def diningtable(rng: np.random.Generator) -> Figure:
    wood = pick(rng, WOOD)
    figure = Figure("diningtable", "table")
    if rng.random() < 0.45:
        name, cloth = named(rng, "red blue white green yellow")
        figure.words = f"table with a {name} cloth"
        for x in (-0.36, 0.36):
            figure.add(box(x - 0.03, 0, x + 0.03, 0.3), darker(wood, 0.2))
        figure.add(polygon((-0.5, 0.46), (0.5, 0.46), (0.46, 0.22), (-0.46, 0.22)), darker(cloth, 0.12))
        for x in np.arange(-0.42, 0.5, 0.12):
            figure.detail(box(x, 0.2, x + 0.05, 0.46), lighter(cloth, 0.55) if np.mean(cloth) < 200 else NAMED["red"])
        figure.add(polygon((-0.5, 0.46), (0.5, 0.46), (0.38, 0.6), (-0.38, 0.6)), lighter(cloth, 0.12), shade=0.06)
    else:
        for x in (-0.34, 0.34):
            figure.add(box(x - 0.028, 0.1, x + 0.028, 0.5), darker(wood, 0.35))
        for x in (-0.45, 0.45):
            figure.add(box(x - 0.035, 0, x + 0.035, 0.46), darker(wood, 0.12))
        figure.add(polygon((-0.52, 0.47), (0.52, 0.47), (0.38, 0.6), (-0.38, 0.6)), lighter(wood, 0.22), shade=0.06)
        figure.add(box(-0.52, 0.41, 0.52, 0.475, 0.01), wood)
    on_table(figure, rng)
    return figure


def on_table(figure: Figure, rng: np.random.Generator) -> None:
    """A plate and a mug; what lies on a table counts as part of it."""
    figure.add(ellipse(-0.2, 0.54, 0.12, 0.035), NAMED["white"])
    if rng.random() < 0.5:
        for x, y in ((-0.24, 0.58), (-0.16, 0.58), (-0.2, 0.61)):
            figure.add(ellipse(x, y, 0.045), NAMED["red"])
    else:
        figure.add(blob((-0.29, 0.55), (-0.27, 0.62), (-0.2, 0.65), (-0.13, 0.62), (-0.11, 0.55)), (206, 150, 90))
    paint = named(rng, "blue red yellow white green")[1]
    figure.add(box(0.12, 0.53, 0.24, 0.66, 0.025), paint)
    figure.add(limb([(0.25, 0.63), (0.29, 0.6), (0.25, 0.56)], 0.02), paint, contour=False)


def sofa(rng: np.random.Generator) -> Figure:
    name, cloth = named(rng, "red green blue purple grey beige orange brown")
    figure = Figure("sofa", f"{name} sofa")
    for x in (-0.42, 0.42):
        figure.add(box(x - 0.03, 0, x + 0.03, 0.1), WOOD[3])
    figure.add(box(-0.42, 0.2, 0.42, 0.56, 0.09), darker(cloth, 0.12), shade=0.14)
    figure.stroke([(0, 0.28), (0, 0.55)], darker(cloth, 0.35), 0.012)
    for x0, x1 in ((-0.38, 0.0), (0.0, 0.38)):
        figure.add(box(x0, 0.18, x1, 0.32, 0.05), lighter(cloth, 0.12))
    figure.add(box(-0.42, 0.08, 0.42, 0.2, 0.03), darker(cloth, 0.08))
    for side in (-1, 1):
        figure.add(box(side * 0.44 - 0.08, 0.07, side * 0.44 + 0.08, 0.4, 0.07), cloth, shade=0.2)
    for side in (-1, 1)[: rng.integers(0, 3)]:
        pillow = named(rng, "yellow pink white red blue")[1]
        figure.add(blob((-0.1, -0.09), (0.09, -0.1), (0.1, 0.09), (-0.09, 0.1)) + (side * 0.22, 0.38), pillow)
    return figure


def tvmonitor(rng: np.random.Generator) -> Figure:
    """A television set on a cabinet, showing a landscape."""
    figure = Figure("tvmonitor", "television")
    wood = pick(rng, WOOD)
    for x in (-0.42, 0.34):
        figure.add(box(x, 0.0, x + 0.08, 0.06), darker(wood, 0.4), labelled=False)
    figure.add(box(-0.48, 0.05, 0.48, 0.36, 0.02), wood, labelled=False)
    for x0, x1 in ((-0.44, -0.02), (0.02, 0.44)):
        figure.add(box(x0, 0.09, x1, 0.31, 0.01), lighter(wood, 0.15), labelled=False)
        figure.add(ellipse((x0 + x1) / 2, 0.2, 0.025), darker(wood, 0.5), labelled=False, contour=False)
    figure.add(box(-0.2, 0.355, 0.2, 0.4, 0.02), INK).add(box(-0.04, 0.38, 0.04, 0.5), INK)
    figure.add(box(-0.5, 0.47, 0.5, 1.12, 0.04), (58, 58, 66), shade=0.2)
    sky = named(rng, "blue orange pink")[1]
    figure.add(box(-0.45, 0.53, 0.45, 1.07), lighter(sky, 0.35), shade=0)
    figure.detail(ellipse(0.2, 0.92, 0.08), (255, 236, 150))
    figure.detail(blob((-0.6, 0.44), (-0.5, 0.7), (-0.2, 0.8), (0.1, 0.64), (0.4, 0.72), (0.6, 0.44)), NAMED["green"])
    figure.detail(polygon((-0.45, 1.07), (-0.2, 1.07), (-0.36, 0.53), (-0.45, 0.53)), (255, 255, 255), opacity=0.18)
    return figure

"""Trains: a steam engine with its waggon, and a railcar; 1 is the length."""

import numpy as np

from .colours import GLASS, INK, darker, lighter, named
from .figure import Figure
from .road import LAMP, glare, wheel
from .shapes import blob, box, ellipse, polygon

BRASS = (232, 186, 84)


def train(rng: np.random.Generator) -> Figure:
    name, paint = named(rng, "red green blue black orange")
    figure = Figure("train", f"{name} train")
    return steam_engine(figure, rng, paint) if rng.random() < 0.6 else railcar(figure, paint)


def steam_engine(figure: Figure, rng: np.random.Generator, paint: tuple) -> Figure:
    waggon = named(rng, "brown yellow blue red")[1]
    figure.add(box(-0.1, 0.09, 0.0, 0.12), INK)
    figure.add(box(-0.5, 0.1, -0.07, 0.38, 0.02), waggon, shade=0.16)
    figure.add(box(-0.52, 0.37, -0.05, 0.42, 0.025), darker(waggon, 0.45))
    for x in (-0.455, -0.32, -0.185):
        figure.add(box(x, 0.22, x + 0.085, 0.33), GLASS)
        glare(figure, x + 0.01, 0.22, 0.03, 0.11)
    for x in (-0.42, -0.17):
        wheel(figure, x, 0.065)
    for x, y, r in ((0.3, 0.68, 0.055), (0.21, 0.74, 0.07), (0.08, 0.79, 0.085)):
        figure.add(ellipse(x, y, r * 1.2, r), (240, 240, 244), shade=0.08, labelled=False)
    figure.add(polygon((0.3, 0.36), (0.37, 0.36), (0.39, 0.56), (0.28, 0.56)), INK, shade=0.3)
    figure.add(box(0.15, 0.38, 0.22, 0.46, 0.03), BRASS)
    figure.add(box(0.08, 0.14, 0.44, 0.4, 0.06), paint, shade=0.25)
    for x in (0.19, 0.3):
        figure.add(box(x, 0.14, x + 0.02, 0.4), BRASS, contour=False)
    figure.add(box(-0.02, 0.12, 0.14, 0.5), darker(paint, 0.1))
    figure.add(box(0.01, 0.32, 0.1, 0.45), GLASS)
    figure.add(box(-0.05, 0.49, 0.17, 0.54, 0.02), darker(paint, 0.5))
    figure.add(ellipse(0.45, 0.34, 0.04), LAMP)
    figure.add(box(-0.03, 0.1, 0.46, 0.15), darker(paint, 0.5))
    figure.add(polygon((0.43, 0.15), (0.54, 0.02), (0.4, 0.02)), (176, 60, 50))
    for x, r in ((0.06, 0.085), (0.22, 0.085), (0.37, 0.06)):
        wheel(figure, x, r)
    figure.stroke([(0.06, 0.07), (0.22, 0.07)], BRASS, 0.025)
    return figure


def railcar(figure: Figure, paint: tuple) -> Figure:
    """A streamlined nose, a row of windows."""
    for x in (-0.4, -0.26, 0.14, 0.28):
        wheel(figure, x, 0.05)
    figure.add(box(-0.52, 0.05, 0.4, 0.1, 0.02), INK)
    shell = [(-0.53, 0.09), (-0.53, 0.39), (-0.45, 0.42), (0.18, 0.42), (0.36, 0.36)]
    shell += [(0.5, 0.2), (0.52, 0.09), (0.3, 0.07), (-0.4, 0.07)]
    figure.add(blob(*shell), (240, 238, 232), shade=0.12)
    figure.detail(box(-0.6, 0.0, 0.6, 0.19), paint)
    figure.detail(box(-0.6, 0.375, 0.6, 0.5), paint)
    figure.add(polygon((0.27, 0.25), (0.45, 0.25), (0.36, 0.34), (0.27, 0.35)), (90, 120, 150))
    glare(figure, 0.3, 0.24, 0.04, 0.12)
    for x in (-0.49, -0.365, -0.1, 0.025, 0.15):
        figure.add(box(x, 0.24, x + 0.095, 0.345, 0.015), (110, 150, 180))
        glare(figure, x + 0.01, 0.24, 0.03, 0.11)
    figure.add(box(-0.235, 0.1, -0.135, 0.36), lighter(paint, 0.15))
    figure.stroke([(-0.185, 0.11), (-0.185, 0.35)], darker(paint, 0.4), 0.012)
    figure.add(ellipse(0.465, 0.15, 0.026, 0.02), LAMP)
    return figure

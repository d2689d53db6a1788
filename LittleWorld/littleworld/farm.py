"""Horses, cows and sheep, from the side; 1 is about their height or length."""

import numpy as np

from .colours import INK, NAMED, Colour, darker, lighter, mix, named
from .figure import Figure
from .shapes import blob, cloud, ellipse, limb, polygon

MUZZLE = (238, 178, 170)


def eye(figure: Figure, x: float, y: float, size: float = 0.024) -> None:
    figure.add(ellipse(x, y, size, size * 1.2), INK, shade=0, contour=False, ink=True)


def leg(figure: Figure, x: float, top: float, lean: float, width: float, fur: Colour, hoof: Colour) -> None:
    figure.add(limb([(x, top), (x + lean / 2, top / 2), (x + lean, 0.04)], width, width * 0.62), fur)
    figure.add(ellipse(x + lean + 0.01, 0.03, width * 0.45, 0.032), hoof, contour=False)


def horse(rng: np.random.Generator) -> Figure:
    name, coat = named(rng, "brown white black grey beige")
    mane = {"black": (110, 104, 112), "beige": (250, 240, 216)}.get(name, (64, 44, 40))
    figure = Figure("horse", f"{name} horse")
    trot = rng.choice([0.0, 0.12])
    figure.add(limb([(-0.38, 0.6), (-0.52, 0.5), (-0.54, 0.2)], 0.06, 0.14, 0.04), mane)
    leg(figure, -0.22, 0.45, 0.06 + trot, 0.12, darker(coat, 0.28), INK)
    leg(figure, 0.18, 0.45, 0.04 - trot, 0.11, darker(coat, 0.28), INK)
    barrel = [(0.34, 0.6), (0.16, 0.68), (-0.08, 0.64), (-0.32, 0.68)]
    barrel += [(-0.43, 0.54), (-0.34, 0.38), (0, 0.36), (0.28, 0.38)]
    figure.add(blob(*barrel), coat, shade=0.2)
    leg(figure, -0.32, 0.5, -trot, 0.16, coat, INK)
    leg(figure, 0.26, 0.48, 0.02 + trot, 0.13, coat, INK)
    neck = [(0.06, 0.64), (0.2, 0.8), (0.32, 1.0), (0.46, 0.98), (0.46, 0.8), (0.37, 0.52), (0.24, 0.44)]
    figure.add(blob(*neck), coat, shade=0.1, contour=False)
    figure.stroke([(0.455, 0.82), (0.41, 0.65), (0.36, 0.52)], mix(coat, INK, 0.3), 0.014)
    figure.add(polygon((0.34, 0.98), (0.37, 1.13), (0.44, 1.0)), coat)
    skull = [(0.33, 0.98), (0.42, 1.04), (0.54, 0.95), (0.7, 0.79), (0.66, 0.69), (0.56, 0.71), (0.42, 0.82)]
    figure.add(blob(*skull), coat)
    figure.detail(ellipse(0.66, 0.73, 0.09, 0.08), lighter(coat, 0.35))
    figure.add(ellipse(0.665, 0.76, 0.014, 0.018), INK, shade=0, contour=False)
    figure.stroke([(0.6, 0.715), (0.66, 0.705)], mix(coat, INK, 0.6), 0.014)
    eye(figure, 0.5, 0.92, 0.026)
    crest = [(0.38, 1.07), (0.3, 1.0), (0.16, 0.82), (0.03, 0.64)]
    crest += [(0.14, 0.64), (0.26, 0.76), (0.36, 0.94), (0.46, 0.96)]
    figure.add(blob(*crest), mane)
    return figure


def cow(rng: np.random.Generator) -> Figure:
    name, coat = named(rng, "white brown black beige")
    spots = {"white": NAMED["black"], "brown": NAMED["white"], "black": NAMED["white"], "beige": NAMED["brown"]}[name]
    figure = Figure("cow", f"{name} cow")
    figure.add(limb([(-0.46, 0.62), (-0.56, 0.52), (-0.54, 0.26)], 0.045, 0.035), darker(coat, 0.15))
    figure.add(ellipse(-0.54, 0.25, 0.045, 0.08), darker(coat, 0.6))
    for x in (-0.28, 0.2):
        leg(figure, x, 0.36, 0.02, 0.12, darker(coat, 0.28), INK)
    figure.add(ellipse(-0.2, 0.3, 0.1, 0.07), MUZZLE)
    barrel = [(0.4, 0.66), (0.1, 0.69), (-0.4, 0.7), (-0.5, 0.54)]
    barrel += [(-0.42, 0.34), (-0.1, 0.31), (0.28, 0.31), (0.42, 0.44)]
    figure.add(blob(*barrel), coat, shade=0.2)
    for x, y, r in ((-0.34, 0.58, 0.15), (0.02, 0.62, 0.14), (-0.12, 0.38, 0.11), (0.3, 0.42, 0.09)):
        x, y = x + rng.uniform(-0.05, 0.05), y + rng.uniform(-0.03, 0.03)
        figure.detail(blob((x + r, y), (x + r * 0.2, y + r * 0.9), (x - r, y + r * 0.3), (x - r * 0.4, y - r)), spots)
    for x in (-0.38, 0.28):
        leg(figure, x, 0.38, 0.0, 0.14, coat, INK)
    for side in (-1, 1):
        horn = [(0.5 + side * 0.1, 0.8), (0.5 + side * 0.19, 0.86), (0.5 + side * 0.18, 0.95)]
        figure.add(limb(horn, 0.055, 0.03), (236, 222, 190))
        figure.add(ellipse(0.5 + side * 0.22, 0.74, 0.1, 0.05, side * -15), darker(coat, 0.15))
    skull = [(0.5, 0.86), (0.64, 0.8), (0.64, 0.64), (0.6, 0.5), (0.5, 0.46), (0.4, 0.5), (0.36, 0.64), (0.36, 0.8)]
    figure.add(blob(*skull), coat)
    figure.detail(blob((0.58, 0.88), (0.68, 0.78), (0.62, 0.62), (0.54, 0.72)), spots)
    figure.add(ellipse(0.5, 0.52, 0.13, 0.085), MUZZLE)
    for side in (-1, 1):
        figure.add(ellipse(0.5 + side * 0.05, 0.54, 0.018, 0.022), (150, 80, 84), shade=0, contour=False, ink=True)
        figure.add(ellipse(0.5 + side * 0.075, 0.7, 0.034, 0.04), (250, 246, 240), shade=0, contour=False)
        eye(figure, 0.5 + side * 0.075, 0.7, 0.022)
    return figure


def sheep(rng: np.random.Generator) -> Figure:
    name, wool = named(rng, "white white beige grey black")
    skin = (70, 62, 66) if name != "black" else (150, 128, 112)
    figure = Figure("sheep", f"{name} sheep")
    for x in (-0.24, -0.1, 0.12, 0.26):
        figure.add(limb([(x, 0.26), (x, 0.04)], 0.085, 0.075), skin if x in (-0.24, 0.26) else darker(skin, 0.2))
    figure.add(cloud(-0.44, 0.5, 0.09, 0.09, 6), wool)
    figure.add(cloud(0, 0.46, 0.46, 0.29, 15), wool, shade=0.14)
    for x, y in ((-0.24, 0.56), (-0.04, 0.62), (-0.16, 0.38), (0.1, 0.46), (-0.32, 0.4)):
        figure.stroke([(x - 0.05, y), (x, y + 0.035), (x + 0.05, y)], darker(wool, 0.18), 0.02, inside=True)
    grazing = rng.random() < 0.35
    x, y = (0.5, 0.3) if grazing else (0.46, 0.62)
    for side in (-1, 1):
        figure.add(ellipse(x + side * 0.16, y + 0.06, 0.09, 0.045, side * -25), darker(skin, 0.1))
    skull = [(0, 0.16), (0.12, 0.08), (0.09, -0.1), (0, -0.16), (-0.09, -0.1), (-0.12, 0.08)]
    figure.add(blob(*skull) + (x, y), skin)
    for side in (-1, 1):
        figure.add(ellipse(x + side * 0.055, y + 0.01, 0.034, 0.04), (250, 246, 240), shade=0, contour=False)
        eye(figure, x + side * 0.05, y + 0.005, 0.02)
        nostril = ellipse(x + side * 0.03, y - 0.1, 0.012, 0.014)
        figure.add(nostril, mix(skin, (250, 200, 200), 0.6), shade=0, contour=False)
    figure.add(cloud(x, y + 0.15, 0.13, 0.085, 8), wool)
    return figure

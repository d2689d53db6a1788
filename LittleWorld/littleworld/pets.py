"""Cats and dogs, sitting and walking."""

import numpy as np

from .colours import INK, NAMED, Colour, darker, lighter, mix, named
from .figure import Figure
from .shapes import blob, ellipse, limb, polygon

NOSE = (226, 122, 130)


def cat(rng: np.random.Generator) -> Figure:
    name, fur = named(rng, "orange grey black white beige")
    figure = Figure("cat", f"{name} cat")
    tabby = name != "black" and rng.random() < 0.6
    return (cat_sitting if rng.random() < 0.55 else cat_walking)(figure, rng, fur, tabby)


def cat_sitting(figure: Figure, rng: np.random.Generator, fur: Colour, tabby: bool) -> Figure:
    """From the front; 1 is the height."""
    tail = [(0.2, 0.08), (0.44, 0.08), (0.5, 0.26), (0.42, 0.4)]
    figure.add(limb(tail, 0.11, 0.09), darker(fur, 0.12))
    body = [(0.13, 0.6), (0.27, 0.3), (0.28, 0.06), (0, 0.0), (-0.28, 0.06), (-0.27, 0.3), (-0.13, 0.6)]
    figure.add(blob(*body), fur, shade=0.16)
    if tabby:
        for y in (0.2, 0.32, 0.44):
            for side in (-1, 1):
                figure.detail(limb([(side * 0.32, y + 0.03), (side * 0.15, y)], 0.05, 0.02), darker(fur, 0.4))
    else:
        figure.detail(ellipse(0, 0.36, 0.12, 0.2), lighter(fur, 0.6))
    for side in (-1, 1):
        figure.add(limb([(side * 0.075, 0.38), (side * 0.08, 0.06)], 0.11, 0.1), lighter(fur, 0.12), contour=False)
        figure.add(ellipse(side * 0.085, 0.045, 0.075, 0.045), lighter(fur, 0.4))
    cat_head(figure, 0, 0.68, fur, tabby)
    return figure


def cat_walking(figure: Figure, rng: np.random.Generator, fur: Colour, tabby: bool) -> Figure:
    """From the side, head towards us; 1 is about the length."""
    figure.add(limb([(-0.34, 0.4), (-0.48, 0.5), (-0.48, 0.68), (-0.42, 0.78)], 0.1, 0.085), darker(fur, 0.12))
    for x, lean in ((-0.22, 0.07), (0.22, -0.06)):
        figure.add(limb([(x, 0.3), (x + lean, 0.03)], 0.11, 0.085), darker(fur, 0.28))
    body = [(0.34, 0.46), (0, 0.47), (-0.34, 0.47), (-0.42, 0.33), (-0.3, 0.22), (0, 0.2), (0.3, 0.22), (0.4, 0.34)]
    figure.add(blob(*body), fur, shade=0.18)
    if tabby:
        for x in (-0.28, -0.16, -0.04, 0.08):
            figure.detail(limb([(x, 0.5), (x + 0.02, 0.31)], 0.06, 0.02), darker(fur, 0.4))
    for x, lean in ((-0.31, -0.06), (0.29, 0.06)):
        figure.add(limb([(x, 0.32), (x + lean, 0.04)], 0.13, 0.095), fur)
        figure.add(ellipse(x + lean + 0.015, 0.035, 0.065, 0.038), lighter(fur, 0.4), contour=False)
    cat_head(figure, 0.42, 0.52, fur, tabby)
    return figure


def cat_head(figure: Figure, x: float, y: float, fur: Colour, tabby: bool) -> None:
    for side in (-1, 1):
        figure.add(polygon((x + side * 0.21, y + 0.05), (x + side * 0.2, y + 0.31), (x + side * 0.03, y + 0.17)), fur)
        inner = polygon((side * 0.175, 0.1), (side * 0.175, 0.24), (side * 0.08, 0.16))
        figure.detail(inner + (x, y), NOSE)
    skull = [(0, 0.19), (0.2, 0.1), (0.24, -0.05), (0, -0.17), (-0.24, -0.05), (-0.2, 0.1)]
    figure.add(blob(*skull) + (x, y), fur)
    if tabby:
        for shift in (-0.06, 0, 0.06):
            figure.detail(limb([(x + shift, y + 0.2), (x + shift * 0.8, y + 0.1)], 0.03), darker(fur, 0.4))
    figure.detail(ellipse(x, y - 0.08, 0.12, 0.075), lighter(fur, 0.7))
    eyes = (226, 206, 70) if np.mean(fur) < 120 else (98, 162, 84)
    for side in (-1, 1):
        figure.detail(ellipse(x + side * 0.1, y + 0.02, 0.046, 0.05), eyes, ink=False)
        figure.detail(ellipse(x + side * 0.1, y + 0.02, 0.02, 0.045), INK, ink=True)
        for lift in (0.0, -0.05):
            whisker = [(x + side * 0.1, y - 0.07 + lift * 0.4), (x + side * 0.3, y - 0.05 + lift)]
            figure.stroke(whisker, lighter(fur, 0.5), 0.01)
    figure.detail(polygon((x - 0.035, y - 0.03), (x + 0.035, y - 0.03), (x, y - 0.07)), NOSE, ink=True)
    figure.stroke([(x - 0.06, y - 0.095), (x, y - 0.115), (x + 0.06, y - 0.095)], mix(fur, INK, 0.7), 0.016)


def dog(rng: np.random.Generator) -> Figure:
    name, fur = named(rng, "brown white black beige grey")
    figure = Figure("dog", f"{name} dog")
    collar = named(rng, "red blue green yellow")[1]
    patch = (NAMED["brown"] if name in ("white", "grey") else lighter(fur, 0.7)) if rng.random() < 0.6 else None
    ears = patch if name == "white" and patch else darker(fur, 0.35)
    return (dog_sitting if rng.random() < 0.45 else dog_standing)(figure, fur, ears, patch, collar)


def dog_sitting(figure: Figure, fur: Colour, ears: Colour, patch: Colour | None, collar: Colour) -> Figure:
    """From the side, upright; 1 is the height."""
    figure.add(limb([(-0.26, 0.1), (-0.42, 0.12), (-0.5, 0.28)], 0.09, 0.05), fur)
    body = [(0.13, 0.62), (0.18, 0.36), (0.12, 0.1), (-0.08, 0.02), (-0.32, 0.04), (-0.3, 0.28), (-0.12, 0.58)]
    figure.add(blob(*body), fur, shade=0.18)
    if patch:
        # Light on the chest, dark on the back.
        spot = ellipse(0.16, 0.4, 0.08, 0.17) if np.mean(patch) > 170 else ellipse(-0.16, 0.38, 0.12, 0.14)
        figure.detail(spot, patch)
    figure.add(limb([(0.08, 0.42), (0.12, 0.04)], 0.13, 0.1), fur)
    figure.add(blob((-0.06, 0.22), (-0.02, 0.04), (-0.3, 0.03), (-0.32, 0.2), (-0.2, 0.28)), darker(fur, 0.08))
    for x in (0.15, -0.02):
        figure.add(ellipse(x, 0.035, 0.075, 0.04), lighter(fur, 0.2))
    figure.add(limb([(-0.09, 0.56), (0.17, 0.52)], 0.075), collar)
    dog_head(figure, 0.06, 0.76, fur, ears)
    return figure


def dog_standing(figure: Figure, fur: Colour, ears: Colour, patch: Colour | None, collar: Colour) -> Figure:
    """From the side; 1 is about the length."""
    figure.add(limb([(-0.36, 0.46), (-0.48, 0.54), (-0.52, 0.7)], 0.09, 0.05), fur)
    for x, lean in ((-0.2, 0.05), (0.2, 0.05)):
        figure.add(limb([(x, 0.32), (x + lean, 0.04)], 0.12, 0.085), darker(fur, 0.28))
    body = [(0.34, 0.56), (0.06, 0.51), (-0.34, 0.53), (-0.42, 0.38)]
    body += [(-0.3, 0.25), (0, 0.24), (0.26, 0.22), (0.38, 0.36)]
    figure.add(blob(*body), fur, shade=0.18)
    if patch:
        figure.detail(ellipse(-0.1, 0.5, 0.16, 0.13), patch)
    for x, lean in ((-0.32, -0.03), (0.27, 0.03)):
        figure.add(limb([(x, 0.36), (x + lean, 0.05)], 0.15, 0.095), fur)
        figure.add(ellipse(x + lean + 0.025, 0.038, 0.07, 0.038), lighter(fur, 0.2), contour=False)
    figure.add(limb([(0.2, 0.62), (0.42, 0.46)], 0.08), collar)
    dog_head(figure, 0.36, 0.7, fur, ears)
    return figure


def dog_head(figure: Figure, x: float, y: float, fur: Colour, ears: Colour) -> None:
    """In profile, with a long muzzle and hanging ears."""
    figure.add(limb([(x + 0.18, y - 0.1), (x + 0.22, y - 0.2)], 0.07), NOSE)
    skull = [(-0.14, 0.1), (0.02, 0.17), (0.14, 0.09), (0.32, 0.03)]
    skull += [(0.34, -0.07), (0.18, -0.13), (-0.06, -0.16), (-0.17, -0.04)]
    figure.add(blob(*skull) + (x, y), fur)
    figure.detail(ellipse(x + 0.27, y - 0.05, 0.13, 0.09), lighter(fur, 0.55))
    figure.stroke([(x + 0.14, y - 0.085), (x + 0.3, y - 0.07)], mix(fur, INK, 0.7), 0.016)
    figure.add(ellipse(x + 0.325, y + 0.02, 0.045, 0.038), INK, shade=0, contour=False, ink=True)
    figure.add(ellipse(x + 0.1, y + 0.055, 0.042, 0.042), (250, 246, 240), shade=0, contour=False)
    figure.add(ellipse(x + 0.108, y + 0.053, 0.026, 0.032), INK, shade=0, contour=False, ink=True)
    ear = [(-0.1, 0.15), (-0.01, 0.1), (-0.03, -0.1), (-0.1, -0.2), (-0.19, -0.12), (-0.18, 0.04)]
    figure.add(blob(*ear) + (x, y), ears)

"""Aeroplanes: an airliner and a propeller plane, from the side; 1 is the length."""

import numpy as np

from .colours import GLASS, INK, NAMED, Colour, darker, lighter, named
from .figure import Figure
from .road import glare
from .shapes import blob, box, ellipse, limb, polygon


def aeroplane(rng: np.random.Generator, landed: bool) -> Figure:
    """Wheels are out when it has landed."""
    name, paint = named(rng, "red blue yellow orange green white")
    figure = Figure("aeroplane", f"{name} aeroplane")
    (airliner if rng.random() < 0.55 else propeller_plane)(figure, paint, landed)
    return figure


def undercarriage(figure: Figure, places: tuple[float, ...]) -> None:
    for x in places:
        figure.add(box(x - 0.012, 0.04, x + 0.012, 0.16), (120, 122, 128))
        figure.add(ellipse(x, 0.042, 0.042), INK)


def airliner(figure: Figure, paint: Colour, landed: bool) -> None:
    body = NAMED["white"] if np.mean(paint) < 225 else (206, 216, 228)
    if landed:
        undercarriage(figure, (-0.08, 0.34))
    figure.add(polygon((0.1, 0.27), (-0.06, 0.44), (-0.16, 0.44), (-0.06, 0.27)), darker(paint, 0.25))
    figure.add(polygon((-0.28, 0.26), (-0.4, 0.53), (-0.52, 0.55), (-0.48, 0.26)), paint)
    hull = [(0.52, 0.18), (0.42, 0.27), (0.2, 0.3), (-0.3, 0.3), (-0.52, 0.29)]
    hull += [(-0.4, 0.2), (-0.2, 0.11), (0.2, 0.1), (0.42, 0.12)]
    figure.add(blob(*hull), body, shade=0.18)
    figure.detail(polygon((-0.6, 0.0), (0.6, 0.0), (0.6, 0.165), (-0.2, 0.165), (-0.6, 0.27)), paint)
    figure.add(polygon((0.37, 0.205), (0.475, 0.205), (0.43, 0.255), (0.37, 0.26)), (80, 116, 150))
    for x in np.arange(-0.26, 0.32, 0.085):
        figure.add(ellipse(x, 0.225, 0.02, 0.024), (80, 116, 150), shade=0, contour=False, ink=True)
    figure.add(polygon((-0.4, 0.25), (-0.56, 0.34), (-0.62, 0.34), (-0.54, 0.23)), darker(paint, 0.15))
    figure.add(limb([(-0.08, 0.06), (0.08, 0.06)], 0.085), (190, 194, 202))
    figure.add(polygon((0.12, 0.17), (-0.2, -0.05), (-0.32, -0.05), (-0.14, 0.17)), lighter(paint, 0.25), shade=0.2)


def propeller_plane(figure: Figure, paint: Colour, landed: bool) -> None:
    accent = NAMED["white"] if np.mean(paint) < 200 else NAMED["red"]
    if landed:
        undercarriage(figure, (0.12, 0.24))
        figure.add(ellipse(-0.44, 0.14, 0.025), INK)
    hull = [(0.48, 0.27), (0.4, 0.38), (0.14, 0.38), (-0.3, 0.32), (-0.5, 0.31)]
    hull += [(-0.5, 0.25), (-0.2, 0.17), (0.2, 0.14), (0.42, 0.17)]
    figure.add(blob(*hull), paint, shade=0.22)
    figure.detail(polygon((-0.6, 0.25), (0.3, 0.25), (0.3, 0.29), (-0.6, 0.29)), accent)
    fin = [(-0.34, 0.3), (-0.42, 0.5), (-0.52, 0.52), (-0.54, 0.3), (-0.44, 0.26)]
    figure.add(blob(*fin), accent if accent == NAMED["red"] else paint)
    figure.add(blob((-0.04, 0.35), (0.0, 0.45), (0.14, 0.46), (0.22, 0.36), (0.1, 0.34)), GLASS)
    glare(figure, 0.02, 0.33, 0.04, 0.14)
    figure.add(limb([(-0.54, 0.28), (-0.38, 0.28)], 0.05, 0.06), darker(paint, 0.2))
    figure.add(ellipse(0.45, 0.27, 0.04, 0.07), (90, 92, 100))
    for turn in (75, -105):
        figure.add(ellipse(0.49 + 0.03 * np.sign(turn), 0.27 + 0.12 * np.sign(turn), 0.13, 0.025, 80), (126, 92, 62))
    figure.add(ellipse(0.5, 0.27, 0.035), (250, 214, 90))
    figure.add(polygon((0.26, 0.24), (-0.02, 0.04), (-0.16, 0.04), (0.02, 0.25)), lighter(paint, 0.2), shade=0.2)
    figure.detail(polygon((0.02, 0.0), (0.1, 0.1), (0.0, 0.12), (-0.1, 0.0)), accent)

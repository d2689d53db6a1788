"""People: standing, waving, carrying something, walking, sitting on the ground; 1 is the height of one who stands."""

from dataclasses import dataclass

import numpy as np

from .colours import HAIR, INK, NAMED, SKINS, Colour, darker, lighter, mix, named, pick
from .figure import Figure
from .shapes import blob, box, ellipse, limb

SHOES, LIPS = (70, 52, 50), (150, 60, 60)


@dataclass(frozen=True)
class Looks:
    shirt: Colour
    trousers: Colour
    skin: Colour
    hair: Colour
    long_hair: bool
    dress: bool
    # Of the shirt: 0 stripes, 1 a hem, others plain.
    pattern: int
    hat: Colour | None


def person(rng: np.random.Generator) -> Figure:
    name, shirt = named(rng, "red orange yellow green blue purple pink white")
    long_hair, dress, hat = rng.random(3) < (0.45, 0.3, 0.25)
    looks = Looks(
        shirt,
        named(rng, "blue brown black grey beige")[1],
        pick(rng, SKINS),
        pick(rng, HAIR),
        bool(long_hair),
        bool(dress),
        int(rng.integers(4)),
        named(rng, "red blue yellow green brown")[1] if hat else None,
    )
    figure = Figure("person", f"person in {name}")
    pose = str(rng.choice(["standing", "waving", "carrying", "walking", "sitting"], p=[0.2, 0.2, 0.15, 0.3, 0.15]))
    if pose == "walking":
        return walking(figure, looks, named(rng, "red green yellow blue")[1] if rng.random() < 0.4 else None)
    return facing(figure, looks, pose, named(rng, "red yellow blue green")[1])


def facing(figure: Figure, looks: Looks, pose: str, thing: Colour) -> Figure:
    """From the front. Who sits is drawn with a body moved down."""
    lift = 0.0
    if pose == "sitting":
        figure.scale, lift = 0.74, -0.27
        for side in (-1, 1):
            leg = limb([(side * 0.07, 0.13), (side * 0.15, 0.1), (side * 0.22, 0.055)], 0.13, 0.1)
            figure.add(leg, looks.trousers).add(ellipse(side * 0.25, 0.05, 0.055, 0.05), SHOES)
    else:
        for side in (-1, 1):
            figure.add(ellipse(side * 0.08, 0.028, 0.06, 0.032), SHOES)
            leg = limb([(side * 0.062, 0.44), (side * 0.068, 0.06)], 0.125, 0.095)
            figure.add(leg, looks.skin if looks.dress else looks.trousers)
    y = 0.845 + lift
    if looks.long_hair:
        left = [(-0.15, y + 0.06), (-0.165, y - 0.1), (-0.1, y - 0.17)]
        figure.add(blob((0, y + 0.17), *left, *((-x, v) for x, v in reversed(left))), darker(looks.hair))
    body(figure, looks, lift, flared=looks.dress and pose != "sitting")
    arms(figure, looks, pose, lift, thing)
    head(figure, looks, y)
    return figure


def body(figure: Figure, looks: Looks, lift: float, flared: bool) -> None:
    if flared:
        left = [(-0.1, 0.71), (-0.11, 0.52), (-0.2, 0.25)]
        figure.add(blob((0, 0.73), *left, (0, 0.22), *((-x, y) for x, y in reversed(left))), looks.shirt, shade=0.16)
    else:
        figure.add(box(-0.12, 0.4 + lift, 0.12, 0.72 + lift, 0.055), looks.shirt, shade=0.16)
    pattern(figure, looks, lift)


def pattern(figure: Figure, looks: Looks, lift: float = 0) -> None:
    """Stripes or a dark hem on the shirt painted last."""
    if looks.pattern == 0:
        stripe = lighter(looks.shirt, 0.65) if np.mean(looks.shirt) < 190 else NAMED["blue"]
        for y in (0.45, 0.54, 0.63):
            figure.detail(box(-0.25, y + lift, 0.25, y + lift + 0.042), stripe)
    elif looks.pattern == 1:
        figure.detail(box(-0.16, 0.4 + lift, 0.16, 0.45 + lift), darker(looks.shirt, 0.5))


def arms(figure: Figure, looks: Looks, pose: str, lift: float, thing: Colour) -> None:
    for side in (-1, 1):
        path = [(side * 0.12, 0.675), (side * 0.17, 0.56), (side * 0.185, 0.44)]
        if side == 1 and pose == "waving":
            path = [(0.12, 0.66), (0.22, 0.7), (0.26, 0.86)]
        if pose == "carrying":
            path = [(side * 0.12, 0.675), (side * 0.19, 0.56), (side * 0.1, 0.5)]
        path = [(x, y + lift) for x, y in path]
        if pose != "carrying":
            figure.add(ellipse(*path[-1], 0.04), looks.skin)
        figure.add(limb(path, 0.08, 0.066), darker(looks.shirt, 0.1))
    if pose == "carrying":
        figure.add(ellipse(0, 0.5, 0.1), thing, shade=0.22)
        figure.detail(limb([(-0.12, 0.49), (0, 0.46), (0.12, 0.49)], 0.03), NAMED["white"])
        for side in (-1, 1):
            figure.add(ellipse(side * 0.095, 0.49, 0.036), looks.skin)


def head(figure: Figure, looks: Looks, y: float) -> None:
    figure.add(box(-0.04, y - 0.16, 0.04, y - 0.06), darker(looks.skin, 0.12), contour=False)
    figure.add(ellipse(0, y, 0.13, 0.135), looks.skin, shade=0.08)
    for side in (-1, 1):
        figure.detail(ellipse(side * 0.078, y - 0.05, 0.032, 0.022), mix(looks.skin, (230, 90, 90), 0.35))
        figure.detail(ellipse(side * 0.05, y + 0.0, 0.018, 0.024), INK, ink=True)
    figure.stroke([(-0.042, y - 0.06), (0, y - 0.078), (0.042, y - 0.06)], LIPS, 0.019)
    left = [(-0.06, y + 0.145), (-0.135, y + 0.08), (-0.138, y - 0.02), (-0.1, y + 0.065)]
    figure.add(blob((0, y + 0.16), *left, (0, y + 0.06), *((-x, v) for x, v in reversed(left))), looks.hair)
    if looks.hat:
        crown = [(-0.13, y + 0.07), (-0.12, y + 0.14), (0, y + 0.19), (0.12, y + 0.14), (0.13, y + 0.07)]
        figure.add(blob(*crown), looks.hat).add(box(-0.18, y + 0.05, 0.18, y + 0.088, 0.018), darker(looks.hat, 0.15))


def walking(figure: Figure, looks: Looks, bag: Colour | None) -> Figure:
    """From the side, in mid-stride."""
    stride, y = 0.15, 0.85
    figure.add(ellipse(-0.11, 0.51, 0.04), darker(looks.skin, 0.1))
    figure.add(limb([(0, 0.67), (-0.09, 0.58), (-0.11, 0.5)], 0.08, 0.065), darker(looks.shirt))
    figure.add(ellipse(-stride - 0.005, 0.045, 0.06, 0.032, -25), SHOES)
    figure.add(limb([(0, 0.44), (-0.05, 0.26), (-stride, 0.08)], 0.12, 0.085), darker(looks.trousers))
    figure.add(ellipse(stride + 0.03, 0.03, 0.062, 0.032), SHOES)
    figure.add(limb([(0, 0.44), (0.08, 0.27), (stride, 0.06)], 0.13, 0.09), looks.trousers)
    if looks.long_hair:
        figure.add(limb([(-0.08, y), (-0.14, y - 0.1), (-0.15, y - 0.2)], 0.12, 0.06), darker(looks.hair))
    figure.add(box(-0.1, 0.4, 0.1, 0.73, 0.07), looks.shirt, shade=0.16)
    pattern(figure, looks)
    figure.add(ellipse(0.17, 0.51, 0.04), looks.skin)
    figure.add(limb([(0, 0.67), (0.05, 0.55), (0.16, 0.515)], 0.085, 0.068), darker(looks.shirt, 0.1))
    figure.add(box(-0.035, y - 0.15, 0.04, y - 0.06), darker(looks.skin, 0.12), contour=False)
    figure.add(ellipse(0.01, y, 0.125, 0.133), looks.skin, shade=0.08)
    figure.add(ellipse(0.135, y - 0.015, 0.024, 0.02), looks.skin, contour=False)
    figure.add(ellipse(0.075, y + 0.008, 0.017, 0.024), INK, shade=0, contour=False, ink=True)
    figure.stroke([(0.06, y - 0.07), (0.085, y - 0.074), (0.11, y - 0.06)], LIPS, 0.018)
    fringe = [(0.115, y + 0.075), (0.08, y + 0.14), (-0.03, y + 0.16), (-0.14, y + 0.07)]
    figure.add(blob(*fringe, (-0.13, y - 0.07), (-0.06, y - 0.085), (-0.03, y + 0.03)), looks.hair)
    if looks.hat:
        figure.add(
            blob((0.13, y + 0.06), (0.1, y + 0.15), (0, y + 0.19), (-0.12, y + 0.14), (-0.14, y + 0.06)), looks.hat
        )
        figure.add(limb([(0.02, y + 0.065), (0.21, y + 0.055)], 0.035), darker(looks.hat, 0.15))
    if bag:
        figure.add(box(-0.21, 0.45, -0.08, 0.68, 0.04), bag)
    return figure

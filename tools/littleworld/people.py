"""People: standing, waving, walking, sitting on the ground."""

import numpy as np

from .colours import HAIR, INK, NAMED, SKINS, Colour, darker, lighter, mix, named, pick
from .figure import Figure
from .shapes import blob, box, ellipse, limb, polygon


def person(rng: np.random.Generator) -> Figure:
    shirt_name, shirt = named(rng, "red orange yellow green blue purple pink white")
    _, trousers = named(rng, "blue brown black grey beige")
    skin, hair = pick(rng, SKINS), pick(rng, HAIR)
    figure = Figure("person", f"person in {shirt_name}")
    pose = rng.choice(["standing", "waving", "walking", "sitting"], p=[0.3, 0.25, 0.3, 0.15])
    if pose == "walking":
        return walking(figure, rng, shirt, trousers, skin, hair)
    long_hair, dress = rng.random(2) < (0.45, 0.3)
    lift = 0.0
    if pose == "sitting":
        lift = -0.27
        for side in (-1, 1):
            shoe = ellipse(side * 0.25, 0.05, 0.055, 0.05)
            leg = limb([(side * 0.07, 0.13), (side * 0.15, 0.1), (side * 0.22, 0.055)], 0.13, 0.1)
            figure.add(leg, trousers).add(shoe, darker(trousers, 0.6))
    else:
        for side in (-1, 1):
            figure.add(ellipse(side * 0.082, 0.028, 0.06, 0.032), (70, 52, 50))
            figure.add(limb([(side * 0.06, 0.45), (side * 0.07, 0.06)], 0.12, 0.095), skin if dress else trousers)
    if long_hair:
        y = 0.8 + lift
        figure.add(blob((0, y + 0.17), (0.14, y + 0.08), (0.15, y - 0.1), (0, y - 0.14), (-0.15, y - 0.1), (-0.14, y + 0.08)), darker(hair))
    if dress and pose != "sitting":
        figure.add(blob((0.09, 0.72), (0.12, 0.5), (0.21, 0.24), (0, 0.21), (-0.21, 0.24), (-0.12, 0.5), (-0.09, 0.72), (0, 0.75)), shirt)
    else:
        figure.add(box(-0.125, 0.41 + lift, 0.125, 0.73 + lift, 0.06), shirt, shade=0.16)
    pattern(figure, rng, shirt, lift)
    arms(figure, str(pose), shirt, skin, lift)
    face(figure, skin, hair, 0.84 + lift)
    if rng.random() < 0.25:
        hat(figure, named(rng, "red blue yellow green brown")[1], 0.84 + lift)
    return figure


def pattern(figure: Figure, rng: np.random.Generator, shirt: Colour, lift: float) -> None:
    other = lighter(shirt, 0.65) if np.mean(shirt) < 190 else NAMED["blue"]
    kind = rng.integers(4)
    if kind == 0:
        for y in (0.46, 0.55, 0.64):
            figure.detail(box(-0.25, y + lift, 0.25, y + lift + 0.042), other)
    elif kind == 1:
        figure.detail(box(-0.16, 0.41 + lift, 0.16, 0.46 + lift), darker(shirt, 0.5))


def arms(figure: Figure, pose: str, shirt: Colour, skin: Colour, lift: float) -> None:
    for side in (-1, 1):
        path = [(side * 0.125, 0.69), (side * 0.185, 0.57), (side * 0.19, 0.44)]
        if pose == "waving" and side == 1:
            path = [(0.125, 0.68), (0.225, 0.72), (0.26, 0.88)]
        path = [(x, y + lift) for x, y in path]
        figure.add(ellipse(*path[-1], 0.042), skin)
        figure.add(limb(path, 0.085, 0.072), darker(shirt, 0.1))


def face(figure: Figure, skin: Colour, hair: Colour, y: float) -> None:
    """The head from the front."""
    figure.add(box(-0.04, y - 0.15, 0.04, y - 0.06), darker(skin, 0.12), contour=False)
    figure.add(ellipse(0, y, 0.12, 0.128), skin, shade=0.08)
    for side in (-1, 1):
        figure.detail(ellipse(side * 0.07, y - 0.05, 0.03, 0.02), mix(skin, (230, 90, 90), 0.35))
        figure.detail(ellipse(side * 0.045, y + 0.002, 0.016, 0.022), INK, ink=True)
    figure.stroke([(-0.04, y - 0.058), (0, y - 0.074), (0.04, y - 0.058)], (150, 60, 60), 0.017)
    figure.add(
        blob((-0.128, y - 0.01), (-0.13, y + 0.08), (0, y + 0.155), (0.13, y + 0.08), (0.128, y - 0.01), (0.09, y + 0.07), (0, y + 0.055), (-0.09, y + 0.07)),
        hair,
    )


def hat(figure: Figure, colour: Colour, y: float) -> None:
    figure.add(blob((-0.12, y + 0.07), (-0.11, y + 0.15), (0, y + 0.2), (0.11, y + 0.15), (0.12, y + 0.07)), colour)
    figure.add(box(-0.17, y + 0.055, 0.17, y + 0.09, 0.016), darker(colour, 0.15))


def walking(
    figure: Figure, rng: np.random.Generator, shirt: Colour, trousers: Colour, skin: Colour, hair: Colour
) -> Figure:
    """A person seen from the side, in mid-stride."""
    stride = rng.uniform(0.12, 0.18)
    shoes = (70, 52, 50)
    figure.add(ellipse(-0.11, 0.52, 0.04), darker(skin, 0.1)).add(limb([(0, 0.68), (-0.09, 0.58), (-0.11, 0.5)], 0.08, 0.065), darker(shirt))
    figure.add(ellipse(-stride - 0.005, 0.045, 0.06, 0.032, -25), shoes)
    figure.add(limb([(0, 0.45), (-0.05, 0.26), (-stride, 0.08)], 0.12, 0.085), darker(trousers))
    figure.add(ellipse(stride + 0.03, 0.03, 0.062, 0.032), shoes)
    figure.add(limb([(0, 0.45), (0.08, 0.27), (stride, 0.06)], 0.13, 0.09), trousers)
    figure.add(box(-0.1, 0.41, 0.1, 0.74, 0.07), shirt, shade=0.16)
    pattern(figure, rng, shirt, 0)
    figure.add(ellipse(0.16, 0.51, 0.04), skin).add(limb([(0, 0.68), (0.05, 0.56), (0.15, 0.52)], 0.085, 0.07), darker(shirt, 0.1))
    y = 0.85
    figure.add(box(-0.035, y - 0.15, 0.04, y - 0.06), darker(skin, 0.12), contour=False)
    figure.add(ellipse(0.01, y, 0.115, 0.125), skin, shade=0.08).add(ellipse(0.125, y - 0.015, 0.022, 0.018), skin, contour=False)
    figure.add(ellipse(0.068, y + 0.008, 0.015, 0.022), INK, shade=0, contour=False, ink=True)
    figure.stroke([(0.06, y - 0.068), (0.1, y - 0.06)], (150, 60, 60), 0.016)
    figure.add(
        blob((0.1, y + 0.075), (0.08, y + 0.13), (-0.03, y + 0.15), (-0.13, y + 0.07), (-0.125, y - 0.06), (-0.06, y - 0.08), (-0.03, y + 0.03)), hair
    )
    if rng.random() < 0.4:
        bag = named(rng, "red green yellow blue")[1]
        figure.add(box(-0.21, 0.46, -0.08, 0.69, 0.04), bag)
    return figure

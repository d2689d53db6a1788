"""The paint box: colours that captions name, and a few that they do not."""

from typing import TypeAlias

import numpy as np

Colour: TypeAlias = tuple[float, float, float]

# Softened towards each other, as if from one set of gouache.
NAMED: dict[str, Colour] = {
    "red": (206, 62, 54),
    "orange": (236, 138, 54),
    "yellow": (244, 202, 74),
    "green": (84, 148, 82),
    "blue": (62, 112, 186),
    "purple": (132, 88, 162),
    "pink": (236, 146, 168),
    "brown": (140, 90, 56),
    "black": (56, 56, 64),
    "white": (246, 242, 234),
    "grey": (152, 154, 160),
    "beige": (216, 190, 148),
}
NEUTRAL = {"black", "white", "grey"}
INK: Colour = (44, 40, 46)
GLASS: Colour = (166, 208, 226)
SKINS: list[Colour] = [(250, 214, 184), (238, 190, 150), (204, 146, 104), (150, 100, 70), (112, 74, 54)]
HAIR: list[Colour] = [(54, 42, 40), (96, 62, 40), (150, 98, 52), (226, 184, 98), (190, 90, 44)]
WOOD: list[Colour] = [(188, 134, 84), (150, 98, 60), (216, 172, 116), (112, 74, 54)]


def named(rng: np.random.Generator, names: str) -> tuple[str, Colour]:
    """One of some names, parted by blanks, and that colour with a slight cast of its own."""
    name = str(rng.choice(names.split()))
    # Black, white and grey get lighter or darker, but no hue.
    cast = rng.normal(0, 5, 1 if name in NEUTRAL else 3)
    return name, tuple(np.clip(np.array(NAMED[name]) + cast, 0, 255))


def with_article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def pick(rng: np.random.Generator, colours: list[Colour]) -> Colour:
    return colours[rng.integers(len(colours))]


def mix(a: Colour, b: Colour, amount: float) -> Colour:
    """`a` with some of `b` in it."""
    return tuple((1 - amount) * p + amount * q for p, q in zip(a, b, strict=True))


def darker(colour: Colour, amount: float = 0.25) -> Colour:
    return mix(colour, (40, 34, 60), amount)


def lighter(colour: Colour, amount: float = 0.3) -> Colour:
    return mix(colour, (255, 252, 240), amount)

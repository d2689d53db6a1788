"""Scenes: a background, one to four figures, their light, and what a captioner says of them."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from .background import WEATHERS, Background
from .canvas import BORDER, Canvas, Light
from .captions import caption
from .classes import CLASSES, ELSEWHERE, KINDS
from .figure import Figure
from .outdoors import TRACK
from .roles import Plan, plan
from .settings import SETTINGS, Setting

# A small animal that the scene is about comes nearer.
CLOSE_UP = 0.48

Shadow: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawing:
    """Arrays [side, side], the image with three colours; ids as in VOC, 255 at borders; dark lines on 255."""

    image: np.ndarray
    classes: np.ndarray
    instances: np.ndarray
    lines: np.ndarray


@dataclass(frozen=True)
class Scene:
    """A scene as data: drawn at any side, it shows the same."""

    light: Light
    background: Background
    # From back to front.
    figures: list[Figure]
    # Theirs on the ground, as ellipses: x, y, radii; none of what flies.
    shadows: list[Shadow | None]
    caption: str

    @property
    def classes(self) -> list[str]:
        return sorted({figure.name for figure in self.figures})

    def draw(self, side: int) -> Drawing:
        canvas = Canvas(side, self.light)
        for band in self.background.bands:
            canvas.gradient(*band)
        for prop in self.background.props:
            canvas.figure(prop)
        for instance, (figure, shadow) in enumerate(zip(self.figures, self.shadows, strict=True), 1):
            if shadow:
                canvas.shadow(*shadow)
            canvas.figure(figure, instance)
        image, instances, lines = canvas.finish()
        table = np.zeros(256, np.uint8)
        table[BORDER] = BORDER
        table[1 : len(self.figures) + 1] = [CLASSES[figure.name] for figure in self.figures]
        return Drawing(image, table[instances], instances, lines)


def make_scene(role: str, index: int) -> Scene:
    """Scene `index` of a role: `world`, `demo`, `train` or `val`."""
    rng, intent = plan(role, index)
    setting = SETTINGS[intent.setting]
    weather = WEATHERS[str(rng.choice(list(WEATHERS), p=[0.55, 0.25, 0.2]))]
    ground = Background(rng.uniform(*setting.horizon))
    setting.paint(ground, weather, rng)
    light = Light((rng.choice([-0.7, 0.7]), 0.7), weather.tint, weather.shadow)
    placed = arrange(intent, setting, ground, rng)
    figures = [figure for figure, _ in placed]
    shadows = [shadow_of(figure, foot, light, setting) for figure, foot in placed]
    return Scene(light, ground, figures, shadows, caption(figures, setting, weather, rng))


def arrange(intent: Plan, setting: Setting, ground: Background, rng: np.random.Generator) -> list[tuple[Figure, float]]:
    """Figures in their places with the height of their feet, from back to front; the first one intended is large."""
    placed: list[tuple[Figure, float]] = []
    for name in intent.names:
        kind = ELSEWHERE.get((name, intent.setting), KINDS[name])
        figure = kind.make(rng)
        nearness = 0.1 if name in setting.airborne else 0.4
        main = not placed
        span = max(kind.span, CLOSE_UP) if main else kind.span
        # Who finds no room stays away.
        for _ in range(24):
            depth = rng.uniform(0.7 if main else 0.15, 1)
            candidate, foot = place(figure, span, depth, setting, ground, rng)
            if all(overlap(candidate.bounds(), other.bounds()) < nearness for other, _ in placed):
                placed.append((candidate, foot))
                break
    return sorted(placed, key=lambda pair: pair[1])


def place(
    figure: Figure, span: float, depth: float, setting: Setting, ground: Background, rng: np.random.Generator
) -> tuple[Figure, float]:
    """The figure somewhere at a depth, 1 in the foreground, with the height of its feet."""
    x0, y0, x1, y1 = figure.bounds()
    unit = span * figure.scale / max(x1 - x0, y1 - y0)
    mirrored = rng.random() < 0.5
    if figure.name in setting.airborne:
        size = unit * (0.55 + 0.45 * depth)
        foot = rng.uniform(0.06, max(ground.horizon - size * (y1 - y0), 0.08)) + size * y1
    elif figure.name == "train":
        size, foot = unit, TRACK
    else:
        nearest, farthest = 0.96, ground.horizon + setting.margin
        foot = farthest + depth * (nearest - farthest)
        size = unit * (0.52 + 0.48 * depth)
    width = size * (x1 - x0)
    # Up to a twelfth may be cut off by the rim.
    middle = rng.uniform(0.42 * width, 1 - 0.42 * width) if width < 0.9 else 0.5
    x = middle - size * (x0 + x1) / 2 * (-1 if mirrored else 1)
    return figure.placed(x, foot, size, mirrored), foot


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """The share of the smaller box that the other covers."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return max(width, 0) * max(height, 0) / smaller


def shadow_of(figure: Figure, foot: float, light: Light, setting: Setting) -> Shadow | None:
    """On the ground, away from the light."""
    if figure.name in setting.airborne:
        return None
    x0, _, x1, _ = figure.bounds()
    half = (x1 - x0) / 2
    return (x0 + x1) / 2 - light.direction[0] * half * 0.25, foot, half * 1.12, max(half * 0.2, 0.03)

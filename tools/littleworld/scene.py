"""Scenes: a background, one to four figures, their light, and what a captioner says of them."""

from dataclasses import dataclass

import numpy as np

from . import backgrounds
from .backgrounds import TRACK, WEATHERS, Background, Weather
from .canvas import BORDER, Canvas, Light
from .captions import caption
from .classes import CLASSES, ELSEWHERE, KINDS
from .figure import Figure
from .roles import Plan, plan
from .settings import SETTINGS, Setting


@dataclass(frozen=True)
class Drawing:
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
    # Ellipses on the ground: x, y, radii.
    shadows: list[tuple[float, float, float, float]]
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
    light = backgrounds.light(weather, rng)
    placed = arrange(intent, setting, ground, rng)
    figures = [figure for figure, _ in placed]
    shadows = [shadow_of(figure, foot, light, setting) for figure, foot in placed]
    return Scene(light, ground, figures, shadows, caption([f for f in figures], setting, weather, rng))


def arrange(intent: Plan, setting: Setting, ground: Background, rng: np.random.Generator) -> list[tuple[Figure, float]]:
    """Figures in their places with the height of their feet, from back to front; the first one intended is large."""
    placed: list[tuple[Figure, float]] = []
    for name in intent.names:
        kind = ELSEWHERE.get((name, intent.setting), KINDS[name])
        figure = kind.make(rng)
        for _ in range(12):
            candidate, foot = place(figure, kind.span, name, setting, ground, rng, main=not placed)
            if all(overlap(candidate.bounds(), other.bounds()) < 0.25 for other, _ in placed):
                placed.append((candidate, foot))
                break
    return sorted(placed, key=lambda pair: pair[1])


def place(
    figure: Figure, span: float, name: str, setting: Setting, ground: Background, rng: np.random.Generator, main: bool
) -> tuple[Figure, float]:
    x0, y0, x1, y1 = figure.bounds()
    unit = span / max(x1 - x0, y1 - y0)
    depth = rng.uniform(0.65, 1) if main else rng.uniform(0.3, 0.95)
    if name in setting.airborne:
        size = unit * (0.55 + 0.45 * depth)
        foot = rng.uniform(0.06, max(ground.horizon - size * (y1 - y0), 0.08)) + size * y1
    elif name == "train":
        size, foot = unit, TRACK
    else:
        nearest, farthest = 0.96, ground.horizon + setting.margin
        foot = farthest + depth * (nearest - farthest)
        size = unit * (0.5 + 0.5 * depth)
    width = size * (x1 - x0)
    x = rng.uniform(0.42 * width, 1 - 0.42 * width) if width < 0.9 else 0.5
    mirrored = rng.random() < 0.5
    return figure.placed(x, foot, size, mirrored), foot


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """The share of the smaller box that the other covers."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return max(width, 0) * max(height, 0) / smaller


def shadow_of(figure: Figure, foot: float, light: Light, setting: Setting) -> tuple[float, float, float, float]:
    """On the ground away from the light; none below what flies."""
    x0, _, x1, _ = figure.bounds()
    if figure.name in setting.airborne:
        return 0, 0, 0, 0
    half = (x1 - x0) / 2
    return (x0 + x1) / 2 - light.direction[0] * half * 0.25, foot, half * 1.12, max(half * 0.2, 0.03)

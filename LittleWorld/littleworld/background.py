"""What is behind the figures: bands of colour from top to bottom, and props that have no label."""

from dataclasses import dataclass, field

from .colours import Colour
from .figure import Figure


@dataclass
class Background:
    # Where the ground begins, 0 at the top.
    horizon: float
    # Passages of colour: top, bottom, colour there and there.
    bands: list[tuple[float, float, Colour, Colour]] = field(default_factory=list)
    props: list[Figure] = field(default_factory=list)

    def prop(self, figure: Figure, x: float = 0, foot: float = 0, size: float = 1) -> None:
        self.props.append(figure.placed(x, foot, size))


@dataclass(frozen=True)
class Weather:
    words: tuple[str, ...]
    zenith: Colour
    haze: Colour
    tint: tuple[float, float, float]
    # How dark shadows are.
    shadow: float
    # None behind clouds.
    sun: Colour | None
    # How much of the sky water shows.
    mirror: float


WEATHERS = {
    "noon": Weather(
        ("on a sunny day", "in the sunshine"),
        zenith=(104, 172, 228),
        haze=(214, 236, 246),
        tint=(1, 1, 1),
        shadow=0.42,
        sun=(255, 240, 170),
        mirror=0.1,
    ),
    "evening": Weather(
        ("in the evening", "at sunset"),
        zenith=(122, 112, 172),
        haze=(254, 196, 136),
        tint=(1.02, 0.91, 0.82),
        shadow=0.36,
        sun=(255, 214, 130),
        mirror=0.6,
    ),
    "overcast": Weather(
        ("on a grey day", "under grey clouds"),
        zenith=(158, 172, 186),
        haze=(216, 222, 226),
        tint=(0.93, 0.95, 0.98),
        shadow=0.22,
        sun=None,
        mirror=0.1,
    ),
}

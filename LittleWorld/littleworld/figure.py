"""Figures as data: parts with outlines and colours, drawn later at any size."""

from dataclasses import dataclass, field, replace

import numpy as np

from .colours import Colour
from .shapes import Outline, Points, limb


@dataclass(frozen=True)
class Part:
    """One coat of paint."""

    outline: Outline
    colour: Colour
    # How much the side in the light is brighter and the far side darker.
    shade: float = 0.12
    # Whether the line drawing shows the part's contour.
    contour: bool = True
    # Whether the line drawing shows the part itself: seams, mouths, whiskers.
    ink: bool = False
    # Painted only where the last part without this mark is: stripes, patches, windows.
    inside: bool = False
    opacity: float = 1
    # What a figure stands on is background in the mask.
    labelled: bool = True


@dataclass
class Figure:
    """Parts from back to front. The figure stands on y = 0 around x = 0; y points up; 1 is its usual size."""

    name: str = ""
    # As captions call it: "red car".
    words: str = ""
    # Its size among others of its class: one who sits is smaller.
    scale: float = 1
    parts: list[Part] = field(default_factory=list)

    def add(self, outline: Outline, colour: Colour, **look) -> "Figure":
        self.parts.append(Part(outline, colour, **look))
        return self

    def stroke(self, points: Points, colour: Colour, width: float, **look) -> "Figure":
        """A line that the line drawing shows as one."""
        return self.add(limb(points, width), colour, **({"contour": False, "ink": True, "shade": 0} | look))

    def detail(self, outline: Outline, colour: Colour, **look) -> "Figure":
        """Something on the last part, too small or too faint for a contour."""
        return self.add(outline, colour, **({"contour": False, "inside": True, "shade": 0} | look))

    def bounds(self) -> tuple[float, float, float, float]:
        """Least x and y, greatest x and y."""
        points = np.concatenate([part.outline for part in self.parts])
        return (*points.min(0), *points.max(0))

    def placed(self, x: float, foot: float, size: float, mirrored: bool = False) -> "Figure":
        """The figure in a picture, where 1 is the side and y points down."""
        scale = np.array([-size if mirrored else size, -size])
        parts = [replace(part, outline=part.outline * scale + (x, foot)) for part in self.parts]
        return replace(self, parts=parts)

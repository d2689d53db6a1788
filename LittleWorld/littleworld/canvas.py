"""Paints parts at some side: picture, instance ids and line drawing at once."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .figure import Figure, Part

SUPERSAMPLING = 3
BORDER = 255
LINE, PAPER = 46, 255


@dataclass(frozen=True)
class Light:
    """Where light comes from (x to the right, y up) and what it does to colours."""

    direction: tuple[float, float]
    tint: tuple[float, float, float]
    # How dark cast shadows are.
    shadow: float


class Canvas:
    """A picture, its instance ids and its line drawing in the making, all larger than asked for."""

    def __init__(self, side: int, light: Light) -> None:
        self.side, self.light = side, light
        self.large = side * SUPERSAMPLING
        self.image = Image.new("RGB", (self.large, self.large))
        self.lines = Image.new("L", self.image.size, PAPER)
        self.ids = Image.new("L", self.image.size)
        # The mask of the last part that others may lie inside, and its upper left corner.
        self.base = (Image.new("L", (1, 1)), (0, 0))

    def gradient(self, top: float, bottom: float, above: tuple, below: tuple) -> None:
        """Fills rows of the picture with a passage from one colour to another."""
        first, last = round(top * self.large), round(bottom * self.large)
        ramp = np.linspace(0, 1, max(last - first, 1))[:, None, None]
        rows = (1 - ramp) * np.array(above) + ramp * np.array(below)
        strip = np.broadcast_to(rows.clip(0, 255), (len(rows), self.large, 3)).astype(np.uint8)
        self.image.paste(Image.fromarray(strip), (0, first))

    def shadow(self, x: float, y: float, rx: float, ry: float) -> None:
        """A soft shadow on the ground."""
        left, top, right, bottom = (round(v * self.large) for v in (x - rx, y - ry, x + rx, y + ry))
        if right - left < 2 or bottom - top < 2:
            return
        u, v = np.linspace(-1, 1, right - left), np.linspace(-1, 1, bottom - top)[:, None]
        depth = np.clip(1.25 - 1.25 * (u**2 + v**2), 0, 1) * self.light.shadow * 255
        self.image.paste((34, 30, 56), (left, top), Image.fromarray(depth.astype(np.uint8)))

    def figure(self, figure: Figure, instance: int = 0) -> None:
        for part in figure.parts:
            self.part(part, instance)
        if instance:
            self.rounded(instance)

    def part(self, part: Part, instance: int = 0) -> None:
        points = part.outline * self.large
        x0, y0 = np.maximum(np.floor(points.min(0)).astype(int), 0)
        x1, y1 = np.minimum(np.ceil(points.max(0)).astype(int) + 1, self.large)
        at = (int(x0), int(y0))
        corners = list(map(tuple, (points - at).tolist()))
        # One pixel is enough for what lies beyond the rim.
        mask = Image.new("L", (max(int(x1 - x0), 1), max(int(y1 - y0), 1)))
        ImageDraw.Draw(mask).polygon(corners, fill=255)
        if part.inside:
            mask = self.within_base(mask, at)
        elif not part.ink:
            self.base = (mask, at)
        self.draw_lines(part, corners, mask, at)
        if part.opacity < 1:
            self.image.paste(self.coat(part, mask.size), at, mask.point(lambda v: int(v * part.opacity)))
        else:
            self.image.paste(self.coat(part, mask.size), at, mask)
        if not part.inside:
            self.ids.paste(instance if part.labelled else 0, at, mask)

    def within_base(self, mask: Image.Image, at: tuple[int, int]) -> Image.Image:
        """The mask where it lies on the last part that others may lie inside."""
        base, (x, y) = self.base
        left, top = at[0] - x, at[1] - y
        # A crop beyond the base's rim is 0.
        allowed = base.crop((left, top, left + mask.width, top + mask.height))
        return Image.composite(mask, Image.new("L", mask.size), allowed)

    def draw_lines(self, part: Part, corners: list, mask: Image.Image, at: tuple[int, int]) -> None:
        """A part hides the lines below it; its contour comes on top."""
        if part.ink:
            self.lines.paste(LINE, at, mask)
        elif not part.inside:
            self.lines.paste(PAPER, at, mask)
        if not part.contour:
            return
        width = max(round(self.large / 96), 1)
        closed = [(x + at[0], y + at[1]) for x, y in [*corners, corners[0], corners[1]]]
        if not part.inside:
            ImageDraw.Draw(self.lines).line(closed, LINE, width)
            return
        drawn = self.lines.copy()
        ImageDraw.Draw(drawn).line(closed, LINE, width)
        base, corner = self.base
        self.lines.paste(drawn.crop((*corner, corner[0] + base.width, corner[1] + base.height)), corner, base)

    def coat(self, part: Part, size: tuple[int, int]) -> Image.Image | tuple[int, int, int]:
        """The part's colour, brighter towards the light."""
        if part.shade == 0:
            return tuple(int(c) for c in part.colour)
        across, up = self.light.direction
        u, v = np.linspace(-1, 1, size[0]), np.linspace(1, -1, size[1])[:, None]
        ramp = 1 + part.shade * (across * u + up * v) / (abs(across) + abs(up))
        colours = np.minimum(ramp[..., None] * np.array(part.colour, np.float32), 255)
        return Image.fromarray(colours.astype(np.uint8))

    def rounded(self, instance: int) -> None:
        """Models a figure's whole form: its rim is brighter towards the light and darker away from it."""
        silhouette = self.ids.point(lambda value: 255 if value == instance else 0)
        bounds = silhouette.getbbox()
        if bounds is None:
            return
        mask = silhouette.crop(bounds)
        reach = max(round(self.side * 0.04), 1)
        small = mask.resize([max(side // SUPERSAMPLING, 1) for side in mask.size], Image.Resampling.BOX)
        soft = Image.new("L", (small.width + 2 * reach, small.height + 2 * reach))
        soft.paste(small, (reach, reach))
        blurred = np.asarray(soft.filter(ImageFilter.BoxBlur(reach * 0.75)), np.float32) / 255
        across, up = np.round(np.array(self.light.direction) * reach * 0.6).astype(int)
        rim = np.roll(blurred, (up, -across), (0, 1)) - np.roll(blurred, (-up, across), (0, 1))
        rim = Image.fromarray(rim[reach:-reach, reach:-reach]).resize(mask.size, Image.Resampling.BILINEAR)
        picture = self.image.crop(bounds)
        lit = np.asarray(picture, np.float32) * (1 + 0.22 * np.asarray(rim)[..., None])
        self.image.paste(Image.fromarray(lit.clip(0, 255).astype(np.uint8)), bounds, mask)

    def finish(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The picture, the instance ids with their border, and the line drawing, at the side asked for."""
        image = np.asarray(self.image.reduce(SUPERSAMPLING), np.float32) * self.light.tint
        middle = SUPERSAMPLING // 2
        ids = np.asarray(self.ids)
        low, high = spread(ids, np.minimum), spread(ids, np.maximum)
        instances = np.where(low == high, ids, BORDER)[middle::SUPERSAMPLING, middle::SUPERSAMPLING]
        return image.clip(0, 255).astype(np.uint8), instances, np.asarray(self.lines.reduce(SUPERSAMPLING))


def spread(ids: np.ndarray, extreme: np.ufunc) -> np.ndarray:
    """The least or greatest id in a square around every pixel; beyond the rim the pixels repeat.

    The square makes a border of one to two pixels at a side of 96 and of the same share at others.
    """
    reach = max(round(len(ids) / 144), 1)
    for axis in (0, 1):
        padded = np.pad(ids, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)], "edge")
        windows = [np.take(padded, range(s, s + len(ids)), axis) for s in range(2 * reach + 1)]
        ids = extreme.reduce(windows)
    return ids

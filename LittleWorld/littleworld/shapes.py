"""Outlines: closed polygons as arrays [n, 2], dense enough to look smooth at 128 pixels. y points up."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

Outline: TypeAlias = np.ndarray
Points: TypeAlias = Sequence[tuple[float, float]]


def ellipse(x: float, y: float, rx: float, ry: float | None = None, turn: float = 0) -> Outline:
    """An ellipse around (x, y), turned by degrees against the clock."""
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return np.array([x, y]) + rotated(np.stack([rx * np.cos(angle), (ry or rx) * np.sin(angle)], 1), turn)


def rotated(points: Outline, degrees: float) -> Outline:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return points @ np.array([[c, s], [-s, c]])


def polygon(*points: tuple[float, float]) -> Outline:
    return np.array(points, float)


def box(x0: float, y0: float, x1: float, y1: float, radius: float = 0) -> Outline:
    """A rectangle with round corners."""
    if radius == 0:
        return polygon((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    quarter = np.linspace(0, np.pi / 2, 5)
    arc = radius * np.stack([np.cos(quarter), np.sin(quarter)], 1)
    corners = [(x1, y1, 0), (x0, y1, 90), (x0, y0, 180), (x1, y0, 270)]
    middle = np.array([x0 + x1, y0 + y1]) / 2
    inset = [np.array([x, y]) + radius * np.sign(middle - (x, y)) for x, y, _ in corners]
    return np.concatenate([at + rotated(arc, turn) for at, (_, _, turn) in zip(inset, corners, strict=True)])


def blob(*points: tuple[float, float]) -> Outline:
    """A smooth closed curve through points (Catmull and Rom's spline)."""
    p = np.array(points, float)
    return spline(np.roll(p, 1, 0), p, np.roll(p, -1, 0), np.roll(p, -2, 0))


def curve(points: Points) -> Outline:
    """A smooth open curve through points."""
    p = np.array(points, float)
    if len(p) < 3:
        return p
    padded = np.concatenate([p[:1], p, p[-1:]])
    return np.concatenate([spline(padded[:-3], padded[1:-2], padded[2:-1], padded[3:]), p[-1:]])


def spline(a: Outline, b: Outline, c: Outline, d: Outline, steps: int = 6) -> Outline:
    """Catmull and Rom's cubics between every b and c; a and d steer."""
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (p[:, None] for p in (a, b, c, d))
    cubic = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return (cubic / 2).reshape(-1, 2)


def limb(points: Points, *widths: float) -> Outline:
    """A tube along a smooth curve, of one width or tapering through several, with round ends."""
    line = curve(points)
    radius = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(widths)), widths) / 2
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.stack([-along[:, 1], along[:, 0]], 1) * radius[:, None]
    cap = np.radians(np.linspace(60, -60, 5))[:, None]
    end = line[-1] + radius[-1] * (np.cos(cap) * along[-1] + np.sin(cap) * side[-1] / max(radius[-1], 1e-6))
    start = line[0] - radius[0] * (np.cos(cap) * along[0] + np.sin(cap) * side[0] / max(radius[0], 1e-6))
    return np.concatenate([line + side, end, (line - side)[::-1], start])


def cloud(x: float, y: float, rx: float, ry: float, bumps: int, depth: float = 0.12) -> Outline:
    """An ellipse with a scalloped rim: wool, foliage."""
    angle = np.linspace(0, 2 * np.pi, 8 * bumps, endpoint=False)
    reach = 1 - depth + depth * np.abs(np.sin(angle * bumps / 2)) ** 0.7
    return np.array([x, y]) + np.stack([rx * reach * np.cos(angle), ry * reach * np.sin(angle)], 1)

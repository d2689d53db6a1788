"""A little world of labelled scenes, drawn from a seed: pictures, masks, line drawings and captions."""

from .classes import CLASSES
from .scene import Drawing, Scene, make_scene

__all__ = ["CLASSES", "Drawing", "Scene", "make_scene"]

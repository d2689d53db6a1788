"""The classes of the little world, under the names and ids that they have in PASCAL VOC."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import air, birds, farm, furniture, people, pets, plants, rails, road, water
from .figure import Figure

VOC = (
    "background aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person "
    "pottedplant sheep sofa train tvmonitor"
).split()


@dataclass(frozen=True)
class Kind:
    make: Callable[[np.random.Generator], Figure]
    # The larger of width and height in the foreground, as a share of the picture's side.
    span: float


KINDS = {
    "aeroplane": Kind(lambda rng: air.aeroplane(rng, landed=False), 0.72),
    "bird": Kind(lambda rng: birds.bird(rng, "perched"), 0.32),
    "boat": Kind(water.boat, 0.7),
    "bus": Kind(road.bus, 0.78),
    "car": Kind(road.car, 0.68),
    "cat": Kind(pets.cat, 0.42),
    "chair": Kind(furniture.chair, 0.58),
    "cow": Kind(farm.cow, 0.7),
    "diningtable": Kind(furniture.diningtable, 0.7),
    "dog": Kind(pets.dog, 0.5),
    "horse": Kind(farm.horse, 0.72),
    "person": Kind(people.person, 0.7),
    "pottedplant": Kind(plants.pottedplant, 0.46),
    "sheep": Kind(farm.sheep, 0.58),
    "sofa": Kind(furniture.sofa, 0.78),
    "train": Kind(rails.train, 0.94),
    "tvmonitor": Kind(furniture.tvmonitor, 0.56),
}
# Figures that look otherwise where they do not stand on the ground.
ELSEWHERE = {
    ("aeroplane", "airfield"): Kind(lambda rng: air.aeroplane(rng, landed=True), 0.82),
    ("bird", "sky"): Kind(lambda rng: birds.bird(rng, "flying"), 0.5),
    ("bird", "lake"): Kind(lambda rng: birds.bird(rng, "swimming"), 0.36),
}
CLASSES: dict[str, int] = {name: VOC.index(name) for name in KINDS}

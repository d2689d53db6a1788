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
    "aeroplane": Kind(lambda rng: air.aeroplane(rng, landed=False), 0.64),
    "bird": Kind(lambda rng: birds.bird(rng, "perched"), 0.38),
    "boat": Kind(water.boat, 0.64),
    "bus": Kind(road.bus, 0.74),
    "car": Kind(road.car, 0.62),
    "cat": Kind(pets.cat, 0.46),
    "chair": Kind(furniture.chair, 0.54),
    "cow": Kind(farm.cow, 0.62),
    "diningtable": Kind(furniture.diningtable, 0.66),
    "dog": Kind(pets.dog, 0.5),
    "horse": Kind(farm.horse, 0.66),
    "person": Kind(people.person, 0.68),
    "pottedplant": Kind(plants.pottedplant, 0.46),
    "sheep": Kind(farm.sheep, 0.5),
    "sofa": Kind(furniture.sofa, 0.72),
    "train": Kind(rails.train, 0.86),
    "tvmonitor": Kind(furniture.tvmonitor, 0.5),
}
# Figures that look otherwise where they do not stand on the ground.
ELSEWHERE = {
    ("aeroplane", "airfield"): Kind(lambda rng: air.aeroplane(rng, landed=True), 0.74),
    ("bird", "sky"): Kind(lambda rng: birds.bird(rng, "flying"), 0.44),
    ("bird", "lake"): Kind(lambda rng: birds.bird(rng, "swimming"), 0.38),
}
CLASSES: dict[str, int] = {name: VOC.index(name) for name in KINDS}

"""What each role wants to see: classes about evenly, or imbalanced as in VOC."""

from dataclasses import dataclass

import numpy as np

from .classes import CLASSES
from .settings import SETTINGS

# Disjoint ranges of seeds, so that no role ever sees a scene of another.
SEEDS = {"world": 0, "demo": 1_000_000_000, "train": 2_000_000_000, "val": 3_000_000_000}
# The main figures of every sixty scenes in the imbalanced roles.
QUOTA = dict.fromkeys(CLASSES, 2) | {"person": 12, "car": 8, "cat": 5, "dog": 5, "bird": 4, "chair": 4}
CYCLE = [name for name, count in QUOTA.items() for _ in range(count)]
# The broad world shows people, who look most various, and those without company more often.
WORLD = [*CLASSES, "person", "person", "aeroplane", "boat", "train", "sheep"]
# Who else may come in those roles.
COMMON = {
    "person": 2.2,
    "car": 1.5,
    "cat": 0.8,
    "dog": 0.8,
    "bird": 0.4,
    "chair": 1.2,
    "diningtable": 0.1,
    "pottedplant": 0.1,
}
# How often there are none, one, two or three others.
COMPANY = [0.2, 0.4, 0.28, 0.12]
# One of each is enough in a picture.
SOLITARY = {"bus", "diningtable", "sofa", "train", "tvmonitor"}


@dataclass(frozen=True)
class Plan:
    setting: str
    # The main figure first.
    names: list[str]


def plan(role: str, index: int) -> tuple[np.random.Generator, Plan]:
    """The scene's own random numbers, and what they choose to show."""
    if role not in SEEDS:
        raise ValueError(f"role '{role}' is none of {', '.join(SEEDS)}")
    if not 0 <= index < 1_000_000_000:
        raise ValueError(f"scene {index} is not within 0..<1,000,000,000")
    rng = np.random.Generator(np.random.PCG64(SEEDS[role] + index))
    main = str(rng.choice(WORLD)) if role == "world" else scheduled(role, index)
    setting = str(rng.choice([name for name in SETTINGS if welcomes(name, main)]))
    pool = SETTINGS[setting].names
    weights = np.array([even(name) if role == "world" else COMMON.get(name, 0) for name in pool])
    names = [main]
    for name in rng.choice(pool, rng.choice(4, p=COMPANY), p=weights / weights.sum()):
        if name not in SOLITARY or name not in names:
            names.append(str(name))
    return rng, Plan(setting, names)


def welcomes(setting: str, main: str) -> bool:
    """Whether a scene about some figure can take place there."""
    place = SETTINGS[setting]
    return main == place.host or (not place.host and main in place.names)


def scheduled(role: str, index: int) -> str:
    """The main figure of an imbalanced role: the quota in an order that changes every sixty scenes."""
    cycle, place = divmod(index, len(CYCLE))
    order = np.random.Generator(np.random.PCG64(SEEDS[role] + 999_000_000 + cycle)).permutation(len(CYCLE))
    return CYCLE[order[place]]


def even(name: str) -> float:
    """Less for those who are at home in many settings."""
    return 1 / sum(name in setting.names for setting in SETTINGS.values()) ** 1.5

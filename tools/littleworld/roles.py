"""What each role wants to see: classes about evenly, or imbalanced as in VOC."""

from dataclasses import dataclass

import numpy as np

from .classes import CLASSES
from .settings import SETTINGS

# Disjoint ranges of seeds, so that no role ever sees a scene of another.
SEEDS = {"world": 0, "demo": 1_000_000_000, "train": 2_000_000_000, "val": 3_000_000_000}
# The main figures of every sixty scenes in the imbalanced roles.
QUOTA = {
    "person": 12, "car": 8, "cat": 5, "dog": 5, "bird": 4, "chair": 4, "boat": 2, "bus": 2, "cow": 2, "sheep": 2, "horse": 2,
    "aeroplane": 2, "train": 2, "sofa": 2, "diningtable": 2, "pottedplant": 2, "tvmonitor": 2,
}  # fmt: skip
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
    setting = str(
        rng.choice(
            [
                name
                for name, setting in SETTINGS.items()
                if setting.host == main or (not setting.host and main in setting.names)
            ]
        )
    )
    pool = SETTINGS[setting].names
    weights = np.array([even(name) if role == "world" else COMMON.get(name, 0) for name in pool])
    names = [main]
    if weights.sum() > 0:
        count = rng.choice([0, 1, 2, 3], p=[0.2, 0.4, 0.28, 0.12])
        others = [str(name) for name in rng.choice(pool, count, p=weights / weights.sum())]
        names += [
            name for place, name in enumerate(others) if name not in SOLITARY or name not in [main, *others[:place]]
        ]
    return rng, Plan(setting, names)


def scheduled(role: str, index: int) -> str:
    """The main figure of an imbalanced role: the quota in an order that changes every sixty scenes."""
    cycle, place = divmod(index, len(CYCLE))
    order = np.random.Generator(np.random.PCG64(SEEDS[role] + 999_000_000 + cycle)).permutation(len(CYCLE))
    return CYCLE[order[place]]


def even(name: str) -> float:
    """Less for those who are at home in many settings."""
    return 1 / sum(name in setting.names for setting in SETTINGS.values()) ** 1.5

"""What each role wants to see: classes about evenly, or imbalanced as in VOC."""

from dataclasses import dataclass

import numpy as np

from .classes import CLASSES
from .settings import SETTINGS

# Disjoint ranges of seeds, so that no role ever sees a scene of another.
SEEDS = {"world": 0, "demo": 1_000_000_000, "train": 2_000_000_000, "val": 3_000_000_000}
# The main figures of every sixty scenes in the imbalanced roles.
QUOTA = {
    "person": 18, "car": 6, "cat": 5, "dog": 5, "bird": 4, "chair": 3, "boat": 2, "bus": 2, "cow": 2, "sheep": 2, "horse": 2,
    "aeroplane": 2, "train": 2, "sofa": 2, "diningtable": 1, "pottedplant": 1, "tvmonitor": 1,
}  # fmt: skip
CYCLE = [name for name, count in QUOTA.items() for _ in range(count)]
# Who else may come in those roles.
COMMON = {"person": 6.0, "car": 1.0, "cat": 1.0, "dog": 1.0, "bird": 0.7, "chair": 1.0, "diningtable": 0.15, "pottedplant": 0.2}


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
    main = str(rng.choice(list(CLASSES))) if role == "world" else scheduled(role, index)
    setting = str(rng.choice([name for name, setting in SETTINGS.items() if main in setting.names]))
    pool = SETTINGS[setting].names
    weights = np.array([even(name) if role == "world" else COMMON.get(name, 0) for name in pool])
    names = [main]
    if weights.sum() > 0:
        count = rng.choice([0, 1, 2, 3], p=[0.3, 0.4, 0.22, 0.08])
        names += [str(name) for name in rng.choice(pool, count, p=weights / weights.sum())]
    return rng, Plan(setting, names)


def scheduled(role: str, index: int) -> str:
    """The main figure of an imbalanced role: the quota in an order that changes every sixty scenes."""
    cycle, place = divmod(index, len(CYCLE))
    order = np.random.Generator(np.random.PCG64(SEEDS[role] + 999_000_000 + cycle)).permutation(len(CYCLE))
    return CYCLE[order[place]]


def even(name: str) -> float:
    """Less for those who are at home in many settings."""
    return 1 / sum(name in setting.names for setting in SETTINGS.values()) ** 1.5

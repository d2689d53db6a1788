"""Writes the experiment's tables."""

import os
import re
import subprocess
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from statistics import mean, stdev

import torch

from .arms import LARGE, SMALL, TABLES, Arm
from .datasets import SIDE, VALIDATION
from .segmenter import BATCH, STEPS

HEAD = f"""# Does the augmentation help? The little world's answer
Made by `python -m experiment` in `LittleWorld`, with pictures from `spolvero augment` and the model in
`Weights/littleworld`. DeepLabV3+ (ResNet-18, no pretrained weights) is trained for {STEPS} steps of {BATCH}
pictures of {SIDE}×{SIDE} whatever the training set is, with mirroring, crops and changes of light, and judged on
{VALIDATION} scenes that neither it nor the generator has seen. Training sets have {SMALL} or {LARGE} labelled originals
with VOC's imbalance. mIoU in percent over the background and seventeen classes: mean ± standard deviation over the
seeds, and that of the difference to the table's first row, seed by seed.
"""


def machine() -> str:
    """What trains here: version and device."""
    if torch.cuda.is_available():
        return f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}"
    about = Path("/proc/cpuinfo").read_text().splitlines()
    processor = next(line.partition(": ")[2] for line in about if line.startswith("model name"))
    return f"PyTorch {torch.__version__}, {os.cpu_count()} cores of {processor}"


def made_with(spolvero: Path, machines: Iterable[str] = ()) -> str:
    """Versions, and what was trained on: this machine where no other is named."""
    version = subprocess.run([spolvero, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return "; ".join([f"spolvero {version}", *(machines or [machine()]), f"{date.today()}."])


def text(sections: dict[str, str]) -> str:
    """The whole file, its sections in the tables' order."""
    return "\n".join([HEAD, *(sections[title] for title in TABLES if title in sections)])


def sections_in(text: str) -> dict[str, str]:
    """Of a file, by title, as `sections` makes them."""
    parts = re.split("^## ", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def sections(
    tables: dict[str, dict[str, Arm]], values: Callable[[Arm], list[float]], made_with: str, measure: str = "mIoU"
) -> dict[str, str]:
    """A table each, by title; `values` gives an arm's measure by seed, in the same order for all arms."""
    return {title: section(title, arms, values, made_with, measure) for title, arms in tables.items()}


def section(
    title: str, arms: dict[str, Arm], values: Callable[[Arm], list[float]], made_with: str, measure: str
) -> str:
    first = values(next(iter(arms.values())))
    rows = [row(label, values(arm), first) for label, arm in arms.items()]
    head = [f"## {title}", made_with, "", f"| | {measure} | difference | seeds |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def row(label: str, found: list[float], first: list[float]) -> str:
    differences = [one - other for one, other in zip(found, first, strict=True)]
    change = "" if found == first else spread(differences, "+.1f")
    return f"| {label} | {spread(found, '.1f')} | {change} | {len(found)} |"


def spread(values: list[float], form: str) -> str:
    """Mean ± standard deviation."""
    return f"{mean(values):{form}} ± {stdev(values):.1f}"

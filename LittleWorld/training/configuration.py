"""Every size, rate and number of steps of the training, in one place; `--size` chooses among them."""

import argparse
import math
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

DOWNSCALE = 4
"""Pixels along the side of one latent pixel. A factor of 8 lost colours and small figures."""


@dataclass(frozen=True)
class Training:
    """How long and how fast one network learns."""

    steps: int
    batch: int
    rate: float
    warmup: int = 500
    decay: float = 0.999
    """Of the exponential moving average, which is what is used and exported."""
    weight_decay: float = 0.01
    minutes: float = math.inf
    """After which it ends, its rate gone down, however many steps it has come."""


@dataclass(frozen=True)
class Configuration:
    """What is built and how it is trained, for one side of the pictures."""

    size: int
    """Side of the pictures, in pixels."""
    scenes: int
    held_out: int = 256
    """Scenes for validation; their indices begin at `HELD_OUT_FIRST`, far behind those for training."""

    autoencoder_channels: tuple[int, ...] = (32, 64, 96)
    crop: int = 64
    tokens: int = 48
    """Of a prompt, start and end included. CLIP's 77 would spend a fifth of the time on padding."""
    text_channels: int = 128
    text_layers: int = 3
    unet_channels: tuple[int, ...] = (48, 96, 144)
    """Multiples of 16, for which the engine's kernels are fastest; 3 heads a level."""
    lineart_channels: int = 16
    clip_channels: int = 96
    captioner_channels: int = 96

    autoencoder: Training = field(default_factory=lambda: Training(steps=3_600, batch=24, rate=1e-3))
    decoder: Training = field(default_factory=lambda: Training(steps=3_000, batch=24, rate=5e-4))
    """Of the decoder alone, after everything else."""
    unet: Training = field(default_factory=lambda: Training(steps=10_000, batch=32, rate=5e-4))
    lineart: Training = field(default_factory=lambda: Training(steps=3_600, batch=16, rate=1e-3))
    adapter: Training = field(default_factory=lambda: Training(steps=2_400, batch=32, rate=5e-4))
    together: Training = field(default_factory=lambda: Training(steps=11_000, batch=32, rate=4e-4))
    """Of the painter and all adapters at once, after each has begun."""
    controlnet: Training = field(default_factory=lambda: Training(steps=8_000, batch=128, rate=5e-4, warmup=200))
    inpainting: Training = field(default_factory=lambda: Training(steps=8_000, batch=128, rate=3e-4, warmup=200))
    gligen: Training = field(default_factory=lambda: Training(steps=30_000, batch=128, rate=1e-3, warmup=200))
    scribblegen: Training = field(default_factory=lambda: Training(steps=30_000, batch=128, rate=5e-4, warmup=200))
    """These four extend the exported model: on a GPU, for as many minutes as there are."""
    segmenter: Training = field(default_factory=lambda: Training(steps=12_000, batch=64, rate=1e-3))
    clip: Training = field(default_factory=lambda: Training(steps=12_000, batch=256, rate=1e-3))
    captioner: Training = field(default_factory=lambda: Training(steps=12_000, batch=128, rate=1e-3))
    """These three look at pictures, and say what they show."""


CONFIGURATIONS = {
    # Two CPU cores: five and a half hours.
    96: Configuration(size=96, scenes=32_768),
    # One large GPU: under half an hour.
    128: Configuration(
        size=128,
        scenes=49_152,
        text_channels=192,
        text_layers=4,
        unet_channels=(64, 128, 192),
        autoencoder=Training(steps=12_000, batch=64, rate=1e-3),
        decoder=Training(steps=4_000, batch=64, rate=5e-4),
        unet=Training(steps=18_000, batch=256, rate=8e-4),
        lineart=Training(steps=4_000, batch=32, rate=1e-3),
        adapter=Training(steps=3_000, batch=256, rate=5e-4),
        together=Training(steps=12_000, batch=256, rate=5e-4),
    ),
}

MODEL = Path(__file__).resolve().parents[2] / "Weights" / "littleworld"
HELD_OUT_FIRST = 10_000_000
ADAPTERS = ("canny", "lineart", "label")


@dataclass(frozen=True)
class Workplace:
    """The folder of everything that is not committed: scenes, checkpoints, logs."""

    root: Path
    configuration: Configuration
    model: Path
    """The exported model, which others go on from."""

    @property
    def folder(self) -> Path:
        return self.root / f"size{self.configuration.size}"

    @property
    def scenes(self) -> Path:
        return self.folder / "scenes"

    def run(self, name: str) -> Path:
        """The folder of one network's checkpoints and losses."""
        return self.folder / name

    def beside(self, name: str) -> Path:
        """The folder beside the exported model's of what belongs to it."""
        return self.model.with_name(f"{self.model.name}-{name}")


def argument_parser(description: str) -> argparse.ArgumentParser:
    """The options that every script has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--size", type=int, choices=CONFIGURATIONS, default=96, help="side of the pictures (default: 96)"
    )
    parser.add_argument(
        "--work", type=Path, required=True, metavar="DIR", help="folder for scenes, checkpoints and logs"
    )
    parser.add_argument(
        "--model", type=Path, default=MODEL, metavar="DIR", help="the exported model (default: that in Weights)"
    )
    parser.add_argument("--scenes", type=int, metavar="N", help="other than the size's own number of them")
    parser.add_argument("--batch", type=int, metavar="N", help="other than every network's own")
    parser.add_argument(
        "--minutes", type=float, default=math.inf, metavar="M", help="end a training after so long, if not before"
    )
    return parser


def workplace(arguments: argparse.Namespace) -> Workplace:
    usual = CONFIGURATIONS[arguments.size]
    values = {each.name: getattr(usual, each.name) for each in fields(usual)}
    trainings = {
        name: replace(value, batch=arguments.batch or value.batch, minutes=arguments.minutes)
        for name, value in values.items()
        if isinstance(value, Training)
    }
    scenes = arguments.scenes or usual.scenes
    configuration = replace(usual, scenes=scenes, held_out=min(usual.held_out, scenes), **trainings)
    return Workplace(arguments.work, configuration, arguments.model.resolve())

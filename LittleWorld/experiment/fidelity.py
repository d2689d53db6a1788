"""Do generated pictures show what their masks say, and do they look like the world?

    cd LittleWorld
    python -m experiment.fidelity --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

A segmenter that has seen drawn scenes only is shown held-out scenes, their repaintings, and their repaintings without
the adapter: where it finds the classes in the masks, the outlines have held. Fréchet distances are of its own encoder's
features; the autoencoder is judged by itself. Writes Benchmarks/Results/fidelity.md.
"""

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL
from torch import nn

from littleworld import make_scene
from training.autoencoder import psnr

from . import command, datasets, segmenter
from .judge import drawn_scenes, make_judge
from .report import made_with

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/fidelity.md"
SCENES, STEPS = 3000, 3000
"""Drawn scenes the segmenter learns from, and how long."""
HEAD = f"""# What the model in the box paints
Made by `python -m experiment.fidelity` in `LittleWorld`. A DeepLabV3+ that learnt from {SCENES} drawn scenes, and
nothing that was painted, looks at {datasets.VALIDATION} held-out ones: at those themselves, at what `spolvero augment`
paints on their line art, and at what it paints of their prompts alone. Fréchet distances are of its encoder's
features, to the scenes it learnt from.
"""


@torch.no_grad()
def features(model: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """Means over the pixels of the encoder's map of 128 channels, `[N, 128]`."""
    return torch.cat([model.encoder(batch)[3].mean(dim=(2, 3)) for batch in images.split(50)]).double()


def frechet(a: torch.Tensor, b: torch.Tensor) -> float:
    """|μa − μb|² + tr(Σa + Σb − 2·√(Σa Σb)): Heusel et al., arXiv 1706.08500."""
    product = torch.linalg.eigvals(a.T.cov() @ b.T.cov()).real.clamp(min=0).sqrt().sum()
    return float((a.mean(0) - b.mean(0)).square().sum() + a.T.cov().trace() + b.T.cov().trace() - 2 * product)


@torch.no_grad()
def reconstruction(weights: Path, stored: torch.Tensor) -> str:
    """How well the autoencoder reproduces held-out scenes, as drawn and as their JPEGs, `stored`, show them."""
    autoencoder = AutoencoderKL.from_pretrained(weights, subfolder="vae").float().eval()
    scenes = [make_scene("val", index).draw(datasets.SIDE).image for index in range(datasets.VALIDATION)]
    drawn = torch.from_numpy(np.stack(scenes)).permute(0, 3, 1, 2)
    kept = ((stored + 1) * 127.5).round().byte()
    decibels = [psnr(autoencoder, images, torch.device("cpu")) for images in (drawn, kept)]
    return "Reconstructions by the autoencoder: {:.2f} dB of drawn scenes, {:.2f} dB of their JPEGs.".format(*decibels)


def main() -> None:
    arguments = command.make_parser(__doc__).parse_args()
    studio = command.make_studio(arguments)
    images, _ = drawn_scenes(studio, SCENES)
    model = make_judge(studio, SCENES, STEPS)
    drawn = datasets.read(studio.validation(), "val")
    shown = {
        "held-out scenes": drawn,
        "repainted": datasets.read(studio.repainted(), "generated"),
        "repainted without the adapter": datasets.read(studio.repainted("--adapter-scale", "0"), "generated"),
    }
    real = features(model, images)
    found = {name: segmenter.mean_iou(model, *pair) for name, pair in shown.items()}
    rows = [
        f"| {name} | {found[name]:.1f} | {found[name] / found['held-out scenes']:.0%} "
        f"| {frechet(real, features(model, painted)):.3f} |"
        for name, (painted, _) in shown.items()
    ]
    text = [
        HEAD,
        f"{made_with(arguments.spolvero)}\n",
        "| | mIoU | of held-out scenes' | Fréchet distance |",
        "|---|---|---|---|",
        *rows,
        f"\n{reconstruction(arguments.weights, drawn[0])}",
    ]
    REPORT.write_text("\n".join(text) + "\n")
    print(REPORT.read_text())


if __name__ == "__main__":
    main()

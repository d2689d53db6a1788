"""Trains the autoencoder on random crops of the scenes.

    python -m training.autoencoder --work DIR
"""

import torch
from diffusers import AutoencoderKL

from . import scenes
from .configuration import Configuration, Workplace, argument_parser, workplace
from .loop import Run

GRADIENT_WEIGHT = 1.0
KL_WEIGHT = 1e-4
VALIDATION_BATCH = 32


def make_autoencoder(configuration: Configuration) -> AutoencoderKL:
    levels = len(configuration.autoencoder_channels)
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        block_out_channels=configuration.autoencoder_channels,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=16,
        sample_size=configuration.size,
        # Latents are standardised when training is done, see `latents.py`.
        scaling_factor=1.0,
        # It learns on crops: what looks at the whole map would meet other sizes than it knows.
        mid_block_add_attention=False,
        force_upcast=False,
    )


def random_crops(images: torch.Tensor, batch: int, side: int) -> torch.Tensor:
    """Crops at random places, half of them mirrored, `[batch, 3, side, side]`, 8 bits."""
    count, _, height, width = images.shape
    indices = torch.randint(count, (batch,)).tolist()
    tops = torch.randint(height - side + 1, (batch,)).tolist()
    lefts = torch.randint(width - side + 1, (batch,)).tolist()
    crops = torch.stack(
        [images[i, :, y : y + side, x : x + side] for i, y, x in zip(indices, tops, lefts, strict=True)]
    )
    mirrored = torch.rand(batch) < 0.5
    crops[mirrored] = crops[mirrored].flip(-1)
    return crops


def restoration_losses(restored: torch.Tensor, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """L1 of pixels and of their differences to the next ones, which are the edges."""
    error = restored.float() - images
    pixels = error.abs().mean()
    edges = error.diff(dim=-1).abs().mean() + error.diff(dim=-2).abs().mean()
    return {"loss": pixels + GRADIENT_WEIGHT * edges, "pixels": pixels, "edges": edges}


def losses(autoencoder: AutoencoderKL, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """Those of the restoration, and a little KL."""
    posterior = autoencoder.encode(images).latent_dist
    values = restoration_losses(autoencoder.decode(posterior.sample()).sample, images)
    kl = posterior.kl().mean() / posterior.mean[0].numel()
    return values | {"loss": values["loss"] + KL_WEIGHT * kl, "kl": kl}


def psnr(autoencoder: AutoencoderKL, images: torch.Tensor, device: torch.device) -> float:
    """Peak signal-to-noise ratio of reconstructions from the latents' modes, in dB, over all pixels."""
    errors = []
    for batch in images.split(VALIDATION_BATCH):
        batch = scenes.normalized(batch.to(device))
        restored = autoencoder.decode(autoencoder.encode(batch).latent_dist.mode()).sample
        errors.append((restored.clamp(-1, 1) - batch).square().mean(dim=(1, 2, 3)))
    return float(10 * torch.log10(4 / torch.cat(errors).mean()))


def train(place: Workplace) -> None:
    configuration = place.configuration
    settings = configuration.autoencoder
    run = Run(place.run("autoencoder"), lambda: make_autoencoder(configuration), settings)
    images = scenes.read_images(place)
    held_out = scenes.read_images(place, held_out=True)

    def step() -> dict[str, torch.Tensor]:
        crops = random_crops(images, settings.batch, configuration.crop).to(run.device)
        return losses(run.model, scenes.normalized(crops))

    run.train(step, lambda model: {"PSNR": psnr(model, held_out, run.device)})


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

"""Ends the autoencoder's training, and keeps the latents of all scenes for the UNet's.

    python -m training.latents --work DIR
"""

import math
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from diffusers.models.autoencoders.vae import DiagonalGaussianDistribution

from . import scenes
from .autoencoder import make_autoencoder, psnr
from .configuration import Workplace, argument_parser, workplace
from .loop import device, load_average, save_atomically

BATCH = 64
MEASURED = 2048
"""Scenes over which latents are standardised."""


def is_done(place: Workplace) -> bool:
    return cache(place, held_out=False).exists()


def load_autoencoder(place: Workplace) -> AutoencoderKL:
    return AutoencoderKL.from_pretrained(folder(place) / "autoencoder").eval().requires_grad_(False)


def folder(place: Workplace) -> Path:
    return place.run("latents")


def cache(place: Workplace, held_out: bool) -> Path:
    return folder(place) / ("held-out.pt" if held_out else "training.pt")


@torch.no_grad()
def encode(autoencoder: AutoencoderKL, images: torch.Tensor) -> torch.Tensor:
    """The moments of the latents of 8-bit pictures: means and log-variances, `[N, 8, h, w]`."""
    target = device()
    autoencoder = autoencoder.to(target)
    with torch.autocast(target.type, torch.bfloat16):
        parts = [autoencoder.encode(scenes.normalized(batch.to(target))) for batch in images.split(BATCH)]
    return torch.cat([part.latent_dist.parameters.float().cpu() for part in parts])


@torch.no_grad()
def standardize(autoencoder: AutoencoderKL, images: torch.Tensor) -> None:
    """Gives every latent channel mean 0 and deviation 1.

    Shift and factor go into the 1×1 convolutions after the encoder and before the decoder, which pictures do not
    notice; `scaling_factor`, one number for all channels and without a shift, could not do it.
    """
    latents = DiagonalGaussianDistribution(encode(autoencoder, images)).sample().cpu()
    autoencoder.cpu()
    mean, deviation = latents.mean(dim=(0, 2, 3)), latents.std(dim=(0, 2, 3))
    after, before = autoencoder.quant_conv, autoencoder.post_quant_conv
    before.bias += before.weight[:, :, 0, 0] @ mean
    before.weight *= deviation[None, :, None, None]
    channels = len(mean)
    after.weight[:channels] /= deviation[:, None, None, None]
    after.bias[:channels] = (after.bias[:channels] - mean) / deviation
    after.bias[channels:] -= 2 * deviation.log()


def load(place: Workplace, held_out: bool = False) -> torch.Tensor:
    """Moments of all scenes, as they are and mirrored, `[2, N, 8, h, w]` in half precision."""
    return torch.load(cache(place, held_out), weights_only=True)


def random_latents(moments: torch.Tensor) -> torch.Tensor:
    """Latents drawn from `[…, 8, h, w]`."""
    return DiagonalGaussianDistribution(moments.float()).sample()


def keep(place: Workplace, autoencoder: AutoencoderKL) -> None:
    """Writes the moments of all scenes, those for training last."""
    folder(place).mkdir(parents=True, exist_ok=True)
    for held_out in (True, False):
        images, path = scenes.read_images(place, held_out), cache(place, held_out)
        both = torch.stack([encode(autoencoder, images).half(), encode(autoencoder, images.flip(-1)).half()])
        save_atomically(both, path)
        print(f"{path}: {tuple(both.shape)}, deviation {float(random_latents(both[0]).std()):.3f}", flush=True)


def main() -> None:
    place = workplace(argument_parser(__doc__).parse_args())
    if is_done(place):
        return print(f"{folder(place)} is there already. Remove it where the autoencoder has changed since.")
    images, held_out = scenes.read_images(place), scenes.read_images(place, held_out=True)
    autoencoder = load_average(place.run("autoencoder"), make_autoencoder(place.configuration))
    standardize(autoencoder, images[:: math.ceil(len(images) / MEASURED)])
    autoencoder.save_pretrained(folder(place) / "autoencoder")
    print(f"PSNR of held-out scenes: {psnr(autoencoder.to(device()), held_out, device()):.2f} dB")
    keep(place, autoencoder)


if __name__ == "__main__":
    main()

"""Goes on with the autoencoder's decoder alone, after the latents are fixed, for sharper pictures.

    python -m training.decoder --work DIR

What the UNet and the adapters learned holds on: the encoder, and with it every latent, stays as it is.
"""

import torch
from diffusers import AutoencoderKL
from torch import nn

from . import latents, scenes
from .autoencoder import psnr, restoration_losses
from .configuration import DOWNSCALE, Workplace, argument_parser, workplace
from .loop import Run, trained


class Decoder(nn.Module):
    """The half of an autoencoder that paints latents."""

    def __init__(self, autoencoder: AutoencoderKL):
        super().__init__()
        self.post_quant_conv, self.decoder = autoencoder.post_quant_conv, autoencoder.decoder

    def forward(self, latents: torch.Tensor) -> torch.Tensor:
        return self.decoder(self.post_quant_conv(latents))


def random_pairs(
    moments: torch.Tensor, images: torch.Tensor, batch: int, side: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Crops of latents and of their pictures, half of them mirrored; the latents saw the whole picture."""
    _, count, _, height, width = moments.shape
    small = side // DOWNSCALE
    pairs = []
    for _ in range(batch):
        mirrored, index = int(torch.randint(2, ())), int(torch.randint(count, ()))
        top, left = int(torch.randint(height - small + 1, ())), int(torch.randint(width - small + 1, ()))
        picture = images[index].flip(-1) if mirrored else images[index]
        y, x = DOWNSCALE * top, DOWNSCALE * left
        latent = moments[mirrored, index, :, top : top + small, left : left + small].float()
        pairs.append((latent, picture[:, y : y + side, x : x + side]))
    parts, crops = zip(*pairs, strict=True)
    return latents.random_latents(torch.stack(parts)), torch.stack(crops)


def load_autoencoder(place: Workplace) -> AutoencoderKL:
    """The autoencoder, with the decoder that this run has come to if it was begun."""
    autoencoder = latents.load_autoencoder(place)
    trained(place.run("decoder"), Decoder(autoencoder))
    return autoencoder


def train(place: Workplace) -> None:
    configuration = place.configuration
    settings = configuration.decoder
    encoder = latents.load_autoencoder(place)
    run = Run(place.run("decoder"), lambda: Decoder(latents.load_autoencoder(place)).requires_grad_(True), settings)
    moments, images = latents.load(place), scenes.read_images(place)
    held_out = scenes.read_images(place, held_out=True)

    def step() -> dict[str, torch.Tensor]:
        parts, crops = random_pairs(moments, images, settings.batch, configuration.crop)
        return restoration_losses(run.model(parts.to(run.device)), scenes.normalized(crops.to(run.device)))

    def validate(decoder: Decoder) -> dict[str, float]:
        encoder.post_quant_conv, encoder.decoder = decoder.post_quant_conv, decoder.decoder
        return {"PSNR": psnr(encoder.to(run.device), held_out, run.device)}

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

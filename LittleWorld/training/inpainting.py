"""Trains a UNet that repaints what a mask says, beginning as the exported one.

    python -m training.inpainting --work DIR

It reads nine channels, as Stable Diffusion's: noisy latents, the mask, the latents of the picture without what is
hidden. Its finest levels learn to use them; the others stay the exported UNet's own, so that they need not be kept
twice.
"""

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel

from . import differences, exported, latents, masks, scenes
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, device, load_average
from .unet import choose_attention

LEARNT = ("conv_in.", "down_blocks.0.", "down_blocks.1.", "up_blocks.2.", "conv_norm_out.", "conv_out.")


def make_inpainting(place: Workplace) -> UNet2DConditionModel:
    """The exported UNet; further channels, of which it has not learnt anything yet, are multiplied by zero."""
    plain = exported.load_unet(place)
    channels = 2 * plain.config.in_channels + 1
    network = UNet2DConditionModel.from_config({**plain.config, "in_channels": channels})
    weights = plain.state_dict()
    further = channels - plain.config.in_channels
    weights["conv_in.weight"] = torch.nn.functional.pad(weights["conv_in.weight"], (0, 0, 0, 0, 0, further))
    network.load_state_dict(weights)
    choose_attention(network)
    differences.train_only(network, LEARNT)
    return network.eval()


def load(place: Workplace) -> UNet2DConditionModel:
    return load_average(place.run("inpainting"), make_inpainting(place))


class Holes:
    """Pictures with a part hidden, as an inpainting UNet reads them."""

    def __init__(self, place: Workplace, autoencoder: AutoencoderKL, held_out: bool = False):
        self.autoencoder = autoencoder
        self.images = scenes.read_images(place, held_out).to(device())
        self.instances = torch.from_numpy(scenes.read(place, "instances", held_out)).to(device())

    @torch.no_grad()
    def __call__(self, indices: torch.Tensor, mirrored: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Random masks `[N, 1, h, w]` of scenes, and the latents of what they leave, `[N, 4, h, w]`."""
        images = scenes.normalized(scenes.mirrored(self.images[indices], mirrored))
        holes = masks.random_masks(scenes.mirrored(self.instances[indices], mirrored))
        moments = self.autoencoder.encode(masks.hidden(images, holes)).latent_dist.parameters
        return masks.of_latents(holes), latents.random_latents(moments)


def repaint(
    unet: UNet2DConditionModel,
    noisy: torch.Tensor,
    timesteps: torch.Tensor,
    context: torch.Tensor,
    mask: torch.Tensor,
    masked: torch.Tensor,
) -> torch.Tensor:
    """Predicts noise, given a mask and the latents of what it leaves."""
    return unet(torch.cat([noisy, mask, masked], dim=1), timesteps, context).sample


def train(place: Workplace) -> None:
    settings = place.configuration.inpainting
    run = Run(place.run("inpainting"), lambda: make_inpainting(place), settings)
    ground, autoencoder = exported.Ground(place), exported.load_autoencoder(place)
    holes, held_out_holes = Holes(place, autoencoder), Holes(place, autoencoder, held_out=True)
    plain = exported.load_unet(place)

    def step() -> dict[str, torch.Tensor]:
        indices, mirrored, clean, tokens = ground.training.random(settings.batch)
        conditions = ground.context(tokens), *holes(indices, mirrored)
        timesteps = ground.noise.random_timesteps(len(clean))
        return {"loss": ground.noise.loss(lambda *x: repaint(run.model, *x), clean, timesteps, *conditions)}

    def validate(unet: UNet2DConditionModel) -> dict[str, float]:
        def conditions(indices: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            return held_out_holes(indices, torch.zeros_like(indices))

        return {
            "loss": ground.held_out_loss(lambda *x: repaint(unet, *x), conditions),
            "loss without": ground.held_out_loss(lambda *x: plain(*x).sample),
        }

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

"""Trains a ControlNet that paints along label maps in VOC's colours, on the exported UNet.

    python -m training.controlnet --work DIR

It is a copy of the UNet's way down. Its finest two levels and what comes in and goes out learn; the others stay the
UNet's own, so that they need not be kept twice.
"""

import torch
from diffusers import ControlNetModel, UNet2DConditionModel

from . import differences, exported, guides, scenes
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, device, load_average
from .unet import choose_attention

HINT_CHANNELS = (16, 32, 64)
"""Of the network that reads the map; it halves the sides once between two of them, down to those of the latents."""
LEARNT = ("controlnet_", "conv_in.", "down_blocks.0.", "down_blocks.1.")


def make_controlnet(place: Workplace, channels: int = 3) -> ControlNetModel:
    """One that reads hints of so many channels."""
    network = ControlNetModel.from_unet(
        exported.load_unet(place), conditioning_channels=channels, conditioning_embedding_out_channels=HINT_CHANNELS
    )
    choose_attention(network)
    differences.train_only(network, LEARNT)
    return network


def load(place: Workplace) -> ControlNetModel:
    return load_average(place.run("controlnet"), make_controlnet(place))


class LabelMaps:
    """The scenes' labels in VOC's colours, as a ControlNet reads them."""

    def __init__(self, place: Workplace, held_out: bool = False):
        self.classes = torch.from_numpy(scenes.read(place, "classes", held_out)).to(device())
        self.colours = (torch.from_numpy(guides.voc_palette()) / 255).to(device())

    def __call__(self, indices: torch.Tensor) -> torch.Tensor:
        """`[N, 3, S, S]` in 0 … 1."""
        return self.colours[self.classes[indices].int()].permute(0, 3, 1, 2)


class Guided:
    """Predicts noise with a ControlNet beside a UNet."""

    def __init__(self, unet: UNet2DConditionModel, controlnet: ControlNetModel):
        self.unet, self.controlnet = unet, controlnet

    def __call__(
        self, noisy: torch.Tensor, timesteps: torch.Tensor, context: torch.Tensor, hint: torch.Tensor
    ) -> torch.Tensor:
        down, middle = self.controlnet(noisy, timesteps, context, controlnet_cond=hint, return_dict=False)
        residuals = dict(down_block_additional_residuals=down, mid_block_additional_residual=middle)
        return self.unet(noisy, timesteps, context, **residuals).sample


def train(place: Workplace) -> None:
    settings = place.configuration.controlnet
    run = Run(place.run("controlnet"), lambda: make_controlnet(place), settings)
    unet, ground = exported.load_unet(place), exported.Ground(place)
    maps, held_out_maps = LabelMaps(place), LabelMaps(place, held_out=True)

    def step() -> dict[str, torch.Tensor]:
        indices, mirrored, clean, tokens = ground.training.random(settings.batch)
        hint = scenes.mirrored(maps(indices), mirrored)
        timesteps = ground.noise.random_timesteps(len(clean))
        predictor = Guided(unet, run.model)
        return {"loss": ground.noise.loss(predictor, clean, timesteps, ground.context(tokens), hint)}

    def validate(controlnet: ControlNetModel) -> dict[str, float]:
        return {
            "loss": ground.held_out_loss(Guided(unet, controlnet), lambda indices: (held_out_maps(indices),)),
            "loss without": ground.held_out_loss(lambda *inputs: unet(*inputs).sample),
        }

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

"""Trains GLIGEN's layers, which paint things into boxes, on the exported UNet.

    python -m training.gligen --work DIR
"""

import torch
from diffusers import UNet2DConditionModel

from . import boxes, differences, exported, scenes
from .boxes import Boxes
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, device, load_average
from .unet import choose_attention

WITHOUT = 0.15
"""How often an example comes without boxes, which is what guidance compares with."""
KEPT = 0.85
"""How often a box is told, where some are."""


def make_gligen(place: Workplace) -> UNet2DConditionModel:
    """The exported UNet, with a gated self-attention in every transformer that begins as nothing."""
    plain = exported.load_unet(place)
    network = UNet2DConditionModel.from_config({**plain.config, "attention_type": "gated"})
    learnt = network.load_state_dict(plain.state_dict(), strict=False).missing_keys
    choose_attention(network)
    differences.train_only(network, tuple(learnt))
    return network.eval()


def load(place: Workplace) -> UNet2DConditionModel:
    return load_average(place.run("gligen"), make_gligen(place))


class Places:
    """Where the objects of scenes are, as the UNet's `gligen` argument."""

    def __init__(self, place: Workplace, table: torch.Tensor, held_out: bool = False):
        labels = (scenes.read(place, key, held_out) for key in ("classes", "instances"))
        self.boxes, self.table = boxes.of_scenes(*labels).to(device()), table

    def arguments(self, found: Boxes) -> dict[str, torch.Tensor]:
        embeddings = self.table[found.classes] * found.present[..., None]
        return {"boxes": found.corners, "positive_embeddings": embeddings, "masks": found.present}

    def random(self, indices: torch.Tensor, mirrored: torch.Tensor) -> dict[str, torch.Tensor]:
        """Some of the boxes of some scenes."""
        found = self.boxes[indices].mirrored(mirrored)
        some = torch.rand(len(indices), 1, device=indices.device) >= WITHOUT
        kept = some & (torch.rand_like(found.present) < KEPT)
        return self.arguments(found.only(kept.float()))


def place_things(
    unet: UNet2DConditionModel,
    noisy: torch.Tensor,
    timesteps: torch.Tensor,
    context: torch.Tensor,
    places: dict[str, torch.Tensor],
) -> torch.Tensor:
    """Predicts noise, given boxes."""
    return unet(noisy, timesteps, context, cross_attention_kwargs={"gligen": places}).sample


def train(place: Workplace) -> None:
    settings = place.configuration.gligen
    run = Run(place.run("gligen"), lambda: make_gligen(place), settings)
    ground = exported.Ground(place)
    table = boxes.class_embeddings(exported.load_tokenizer(place), ground.text_encoder)
    places, held_out_places = Places(place, table), Places(place, table, held_out=True)

    def step() -> dict[str, torch.Tensor]:
        indices, mirrored, clean, tokens = ground.training.random(settings.batch)
        conditions = ground.context(tokens), places.random(indices, mirrored)
        timesteps = ground.noise.random_timesteps(len(clean))
        return {"loss": ground.noise.loss(lambda *x: place_things(run.model, *x), clean, timesteps, *conditions)}

    def validate(unet: UNet2DConditionModel) -> dict[str, float]:
        def conditions(indices: torch.Tensor) -> tuple[dict[str, torch.Tensor]]:
            return (held_out_places.arguments(held_out_places.boxes[indices]),)

        return {
            "loss": ground.held_out_loss(lambda *x: place_things(unet, *x), conditions),
            "loss without": ground.held_out_loss(lambda *x: unet(*x).sample),
        }

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

"""Trains GLIGEN's layers, which paint things into boxes, on the exported UNet.

    python -m training.gligen --work DIR
"""

import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention import GatedSelfAttentionDense
from torch import nn

from . import boxes, differences, exported, loop, scenes
from .boxes import Boxes
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, device, load_average
from .unet import Noise, choose_attention

WITHOUT = 0.15
"""How often an example comes without boxes, which is what guidance compares with."""
KEPT = 0.85
"""How often a box is told, where some are."""
FURTHER = ()
"""What of the exported UNet learns with the new layers."""
EMPHASIS = 20.0
"""What an error of noise counts at most, where the picture is nearly all noise: what lies where is decided there, and
shows least in the noise."""


def make_gligen(place: Workplace) -> UNet2DConditionModel:
    """The exported UNet, with a gated self-attention in every transformer that begins as nothing."""
    plain = exported.load_unet(place)
    network = UNet2DConditionModel.from_config({**plain.config, "attention_type": "gated"})
    learnt = network.load_state_dict(plain.state_dict(), strict=False).missing_keys
    choose_attention(network)
    open_gates(network)
    differences.train_only(network, (*learnt, *FURTHER))
    return network.eval()


def open_gates(network: UNet2DConditionModel) -> None:
    """Lets the new layers begin as nothing by their last weights instead of their gates.

    Behind a closed gate nothing is learnt until the gate has opened, for which there is no time.
    """
    for fuser in filter(lambda module: isinstance(module, GatedSelfAttentionDense), network.modules()):
        nn.init.ones_(fuser.alpha_attn)
        nn.init.ones_(fuser.alpha_dense)
        for last in (fuser.attn.to_out[0], fuser.ff.net[2]):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)


def load(place: Workplace) -> UNet2DConditionModel:
    return load_average(place.run("gligen"), make_gligen(place))


class Places:
    """Where the objects of scenes are: corners, embeddings of words and whether there is one, `[N, 30, …]` each."""

    def __init__(self, place: Workplace, table: torch.Tensor, held_out: bool = False):
        labels = (scenes.read(place, key, held_out) for key in ("classes", "instances"))
        self.boxes, self.table = boxes.of_scenes(*labels).to(device()), table

    def told(self, found: Boxes) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return found.corners, self.table[found.classes] * found.present[..., None], found.present

    def all(self, indices: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return self.told(self.boxes[indices])

    def random(self, indices: torch.Tensor, mirrored: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Some of the boxes of some scenes."""
        found = self.boxes[indices].mirrored(mirrored)
        some = torch.rand(len(indices), 1, device=indices.device) >= WITHOUT
        kept = some & (torch.rand_like(found.present) < KEPT)
        return self.told(found.only(kept.float()))


class Placed(nn.Module):
    """Predicts noise, given boxes: corners, embeddings of words and whether there is one, as `Places` has them."""

    def __init__(self, unet: UNet2DConditionModel):
        super().__init__()
        self.unet = unet

    def forward(
        self,
        noisy: torch.Tensor,
        timesteps: torch.Tensor,
        context: torch.Tensor,
        corners: torch.Tensor,
        embeddings: torch.Tensor,
        present: torch.Tensor,
    ) -> torch.Tensor:
        places = {"boxes": corners, "positive_embeddings": embeddings, "masks": present}
        # diffusers makes the frequencies of positions on the device of the moment, and a recording brooks no copies.
        with noisy.device:
            return self.unet(noisy, timesteps, context, cross_attention_kwargs={"gligen": places}).sample


def train(place: Workplace) -> None:
    settings = place.configuration.gligen
    run = Run(place.run("gligen"), lambda: make_gligen(place), settings)
    ground, noise = exported.Ground(place), Noise(run.device, emphasis=EMPHASIS)
    table = boxes.class_embeddings(exported.load_tokenizer(place), ground.text_encoder)
    places, held_out_places = Places(place, table), Places(place, table, held_out=True)

    def inputs() -> tuple[torch.Tensor, ...]:
        indices, mirrored, clean, tokens = ground.training.random(settings.batch)
        timesteps = noise.random_timesteps(len(clean))
        return clean, timesteps, ground.context(tokens), *places.random(indices, mirrored)

    predictor = loop.recorded(Placed(run.model), *inputs())

    def step() -> dict[str, torch.Tensor]:
        return {"loss": noise.loss(predictor, *inputs())}

    def validate(unet: UNet2DConditionModel) -> dict[str, float]:
        return {
            "loss": ground.held_out_loss(Placed(unet), held_out_places.all),
            "loss without": ground.held_out_loss(lambda *x: unet(*x).sample),
        }

    run.train(step, validate, validate_every=1000)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

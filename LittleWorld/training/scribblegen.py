"""Trains the ControlNets of ScribbleGen, which paint along scribbles, on the exported UNet.

    python -m training.scribblegen --work DIR

Two ControlNets learn as one: the first reads scribbles in VOC's colours, the second reads them one channel a class.
They share everything but the layers that read. Of a tenth of the examples they see no scribbles but a learnt picture
instead, `drop_out_embedding`, which is what guidance compares with: Schnell et al., arXiv 2311.17121.
"""

from collections.abc import Callable

import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from torch import nn
from torch.nn import functional as F

from . import differences, exported, guides, loop, scenes, scribbles
from .configuration import Workplace, argument_parser, workplace
from .controlnet import LEARNT, Guided, make_controlnet
from .loop import Run, device, load_average
from .prompts import PUBLISHED_SHARES, published
from .segmenter import OUTPUTS

COLOURS, ONE_HOT = "scribble", "scribble-onehot"
CHANNELS = {COLOURS: 3, ONE_HOT: OUTPUTS + 1}
"""What each of them reads: a colour, or a channel for each class and one more for what is unlabelled."""
UNLABELLED = {"VOC's 255": (224, 224, 192), "white": (255, 255, 255), "black": (0, 0, 0)}
"""Colours that stand for what is unlabelled, each as likely. On black the background's scribbles do not show."""
DROPPED = 0.1
DROP_OUT = "drop_out_embedding"
READING = "controlnet_cond_embedding"

Hint = Callable[[torch.Tensor], torch.Tensor]
"""What a network reads of ids `[N, S, S]`."""


def make_networks(place: Workplace) -> nn.ModuleDict:
    networks = {name: make_network(place, channels) for name, channels in CHANNELS.items()}
    for name, part in networks[COLOURS].named_children():
        if name != READING:
            setattr(networks[ONE_HOT], name, part)
    return nn.ModuleDict(networks)


def make_network(place: Workplace, channels: int) -> ControlNetModel:
    """With the learnt hint, `[S, S, channels]`, as the program reads it."""
    network, side = make_controlnet(place, channels), place.configuration.size
    hint = torch.full((side, side, channels), 1 / channels)
    network.register_parameter(DROP_OUT, nn.Parameter(hint.to(network.device)))
    differences.train_only(network, (*LEARNT, DROP_OUT))
    return network


def load(place: Workplace) -> nn.ModuleDict:
    return load_average(place.run("scribblegen"), make_networks(place))


def told(network: ControlNetModel, hint: torch.Tensor, dropped: torch.Tensor) -> torch.Tensor:
    """Hints `[N, C, S, S]`, with the learnt one in place of those of which `dropped`, `[N]`, is 1."""
    learnt = network.get_parameter(DROP_OUT).permute(2, 0, 1)
    return torch.where(dropped[:, None, None, None] == 1, learnt, hint)


class Scribbles:
    """The scenes' scribbles, as ControlNets read them."""

    def __init__(self, place: Workplace, held_out: bool = False):
        self.ids = torch.from_numpy(scribbles.read(place, held_out)).to(device())
        self.colours = (torch.from_numpy(guides.voc_palette()) / 255).to(device())
        self.grounds = torch.tensor(list(UNLABELLED.values()), device=device()) / 255

    def random(self, indices: torch.Tensor, mirrored: torch.Tensor) -> torch.Tensor:
        """Ids `[N, S, S]`, of each scene one of its drawings."""
        variants = torch.randint(self.ids.shape[1], indices.shape, device=indices.device)
        return scenes.mirrored(self.ids[indices, variants], mirrored)

    def coloured(self, ids: torch.Tensor, ground: torch.Tensor) -> torch.Tensor:
        """`[N, 3, S, S]` in 0 … 1; what is unlabelled has a colour of `UNLABELLED`, by its number, `[N]`."""
        colours = self.colours[ids.int()]
        grounds = self.grounds[ground][:, None, None].expand_as(colours)
        return torch.where((ids == scribbles.UNLABELLED)[..., None], grounds, colours).permute(0, 3, 1, 2)


def one_hot(ids: torch.Tensor) -> torch.Tensor:
    """Ids `[N, S, S]` as `[N, 22, S, S]`; the last channel has all that is no class."""
    return F.one_hot(ids.clamp(max=OUTPUTS).long(), OUTPUTS + 1).permute(0, 3, 1, 2).float()


class Sketched(nn.Module):
    """Predicts noise with the first ControlNet for one half of a batch and with the second for the other."""

    def __init__(self, unet: UNet2DConditionModel, networks: nn.ModuleDict):
        super().__init__()
        self.unet, self.networks = unet, networks

    def forward(
        self,
        noisy: torch.Tensor,
        timesteps: torch.Tensor,
        context: torch.Tensor,
        coloured: torch.Tensor,
        classes: torch.Tensor,
        dropped: torch.Tensor,
    ) -> torch.Tensor:
        inputs = zip(*(value.chunk(2) for value in (noisy, timesteps, context, dropped)), strict=True)
        halves = []
        for network, hint, (*common, absent) in zip(self.networks.values(), (coloured, classes), inputs, strict=True):
            down, middle = network(*common, controlnet_cond=told(network, hint, absent), return_dict=False)
            halves.append((*down, middle))
        *down, middle = (torch.cat(parts) for parts in zip(*halves, strict=True))
        residuals = dict(down_block_additional_residuals=down, mid_block_additional_residual=middle)
        return self.unet(noisy, timesteps, context, **residuals).sample


def train(place: Workplace) -> None:
    settings = place.configuration.scribblegen
    run = Run(place.run("scribblegen"), lambda: make_networks(place), settings)
    unet, ground = exported.load_unet(place), exported.Ground(place, published, PUBLISHED_SHARES)
    drawn, held_out = Scribbles(place), Scribbles(place, held_out=True)

    def inputs() -> tuple[torch.Tensor, ...]:
        indices, mirrored, clean, tokens = ground.training.random(settings.batch)
        coloured, classes = drawn.random(indices, mirrored).chunk(2)
        ground_colours = torch.randint(len(UNLABELLED), (len(coloured),), device=run.device)
        dropped = (torch.rand(len(indices), device=run.device) < DROPPED).float()
        timesteps = ground.noise.random_timesteps(len(clean))
        hints = drawn.coloured(coloured, ground_colours), one_hot(classes)
        return clean, timesteps, ground.context(tokens), *hints, dropped

    predictor = loop.recorded(Sketched(unet, run.model), *inputs())

    def step() -> dict[str, torch.Tensor]:
        return {"loss": ground.noise.loss(predictor, *inputs())}

    def validate(networks: nn.ModuleDict) -> dict[str, float]:
        def loss(name: str, hint: Hint, absent: float = 0) -> float:
            def conditions(indices: torch.Tensor) -> tuple[torch.Tensor]:
                ids = held_out.ids[indices, 0]
                dropped = torch.full_like(indices, absent, dtype=torch.float)
                return (told(networks[name], hint(ids), dropped),)

            return ground.held_out_loss(Guided(unet, networks[name]), conditions)

        def coloured(number: int) -> Hint:
            return lambda ids: held_out.coloured(ids, torch.full_like(ids[:, 0, 0], number, dtype=torch.long))

        on = {f"loss on {name}": loss(COLOURS, coloured(number)) for number, name in enumerate(UNLABELLED)}
        return on | {
            "loss one-hot": loss(ONE_HOT, one_hot),
            "loss dropped": loss(ONE_HOT, one_hot, absent=1),
            "loss without": ground.held_out_loss(lambda *inputs: unet(*inputs).sample),
        }

    run.train(step, validate, validate_every=1000)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

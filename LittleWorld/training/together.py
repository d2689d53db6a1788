"""Goes on with the text encoder, the UNet and every adapter at once.

    python -m training.together --work DIR

A small UNet that has never met outlines cannot follow them closely; here it learns to, and to paint without them.
"""

import torch
from torch import nn

from . import tokenizer
from .adapter import Guides, held_out_loss, make_adapter, random_weights
from .configuration import ADAPTERS, Workplace, argument_parser, workplace
from .loop import Run, trained
from .unet import Examples, Noise, Painter


class Guided(nn.Module):
    """The painter and its adapters, as far as their own runs have come."""

    def __init__(self, place: Workplace):
        super().__init__()
        self.painter = trained(place.run("unet"), Painter(place.configuration, tokenizer.load(place)))
        self.adapters = nn.ModuleDict(
            {kind: trained(place.run(f"adapter-{kind}"), make_adapter(place.configuration)) for kind in ADAPTERS}
        )

    def features(self, guides: dict[str, torch.Tensor], plain: int) -> list[torch.Tensor]:
        """Zeros for `plain` examples without a guide, then the features of each adapter's guides, level by level."""
        parts = zip(*(self.adapters[kind](guide) for kind, guide in guides.items()), strict=True)
        return [torch.cat([level[0].new_zeros(plain, *level[0].shape[1:]), *level]) for level in parts]


def load(place: Workplace) -> Guided:
    """What is used and exported: the weights of this run, or of those before it."""
    return trained(place.run("together"), Guided(place))


def train(place: Workplace) -> None:
    settings = place.configuration.together
    run = Run(place.run("together"), lambda: Guided(place).train().requires_grad_(True), settings)
    words = tokenizer.load(place)
    noise = Noise(run.device)
    examples = Examples(place, words, run.device)
    held_out = Examples(place, words, run.device, held_out=True)
    outlines = {kind: Guides(place, kind, run.device) for kind in ADAPTERS}
    held_out_outlines = {kind: Guides(place, kind, run.device, held_out=True) for kind in ADAPTERS}

    def step() -> dict[str, torch.Tensor]:
        indices, mirrored, clean, tokens = examples.random(settings.batch)
        weights = random_weights(len(indices), run.device)
        # Every adapter has an equal share of the batch, and so has painting without one.
        plain, *shares = torch.arange(settings.batch, device=run.device).chunk(len(ADAPTERS) + 1)
        guides = {
            kind: outlines[kind](indices[share], mirrored[share], weights[share])
            for kind, share in zip(ADAPTERS, shares, strict=True)
        }
        features = run.model.features(guides, len(plain))
        return {"loss": noise.loss(run.model.painter, clean, noise.random_timesteps(len(clean)), tokens, features)}

    def validate(guided: Guided) -> dict[str, float]:
        found = {"loss without": held_out_loss(noise, guided.painter, held_out)}
        for kind in ADAPTERS:
            guide = guided.adapters[kind], held_out_outlines[kind]
            found[f"loss {kind}"] = held_out_loss(noise, guided.painter, held_out, *guide)
        return found

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

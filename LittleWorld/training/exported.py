"""The exported model, from which others go on; and the latents of scenes that its autoencoder makes.

    python -m training.exported --work DIR
"""

from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

from . import latents
from .configuration import Workplace, argument_parser, workplace
from .differences import WEIGHTS
from .loop import device, memory_format
from .prompts import SHARES, Styles, prompts
from .unet import Examples, Noise, Predictor, choose_attention


def load_tokenizer(place: Workplace) -> CLIPTokenizer:
    return CLIPTokenizer.from_pretrained(place.model / "tokenizer")


def load_text_encoder(place: Workplace) -> CLIPTextModel:
    return _frozen(CLIPTextModel.from_pretrained(place.model / "text_encoder", dtype=torch.float32))


def load_unet(place: Workplace) -> UNet2DConditionModel:
    unet = UNet2DConditionModel.from_pretrained(place.model / "unet", dtype=torch.float32)
    choose_attention(unet)
    return _frozen(unet)


def load_autoencoder(place: Workplace) -> AutoencoderKL:
    return _frozen(AutoencoderKL.from_pretrained(place.model / "vae", dtype=torch.float32))


def unet_file(place: Workplace) -> Path:
    return place.model / "unet" / WEIGHTS


def _frozen(network: torch.nn.Module) -> torch.nn.Module:
    target = device()
    return network.eval().requires_grad_(False).to(target, memory_format=memory_format(target))


class Ground:
    """What every extension stands on: the exported text encoder, noise, and scenes with their prompts."""

    def __init__(self, place: Workplace, styles: Styles = prompts, shares: tuple[float, ...] = SHARES):
        self.text_encoder = load_text_encoder(place)
        self.noise = Noise(device())
        words = load_tokenizer(place)
        self.training = Examples(place, words, device(), False, styles, shares)
        self.held_out = Examples(place, words, device(), True, styles, shares)

    @torch.no_grad()
    def context(self, tokens: torch.Tensor) -> torch.Tensor:
        """What the UNet reads of prompts, `[N, T]` to `[N, T, C]`."""
        return self.text_encoder(tokens).last_hidden_state

    def held_out_loss(self, predictor: Predictor, conditions=lambda indices: ()) -> float:
        """Over all held-out scenes with their first prompts and the conditions that belong to their indices."""
        torch.manual_seed(1)
        found = 0.0
        for indices, clean, timesteps in self.held_out.ordered(len(self.noise.weights)):
            context = self.context(self.held_out.tokens[indices, 0])
            loss = self.noise.loss(predictor, clean, timesteps, context, *conditions(indices))
            found += float(loss) * len(indices)
        return found / len(self.held_out)


def main() -> None:
    place = workplace(argument_parser(__doc__).parse_args())
    if latents.is_done(place):
        return print(f"{latents.folder(place)} is there already. Remove it where the autoencoder has changed since.")
    latents.keep(place, load_autoencoder(place))


if __name__ == "__main__":
    main()

"""Trains the text encoder and the UNet together, on the latents of the scenes.

    python -m training.unet --work DIR
"""

from collections.abc import Callable

import torch
from diffusers import ControlNetModel, DDPMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from torch import nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from . import latents, tokenizer
from .configuration import DOWNSCALE, Configuration, Workplace, argument_parser, workplace
from .loop import Run, device
from .prompts import SHARES, Styles, prompts

# Stable Diffusion's course. It was made for maps of 64×64, whose means still show at its end; of smaller maps less
# is left there, so that no other end is needed.
NOISE = dict(
    num_train_timesteps=1000, beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False
)
SNR_LIMIT = 5.0
VALIDATION_BATCH = 64

Predictor = Callable[..., torch.Tensor]
"""A painter, or what predicts noise as one does: from noisy latents, timesteps and conditions."""


class Painter(nn.Module):
    """The text encoder and the UNet: what is trained together and frozen together."""

    def __init__(self, configuration: Configuration, words: CLIPTokenizer):
        super().__init__()
        self.text_encoder = make_text_encoder(configuration, words)
        self.unet = make_unet(configuration)
        choose_attention(self.unet)

    def forward(
        self,
        noisy: torch.Tensor,
        timesteps: torch.Tensor,
        tokens: torch.Tensor,
        features: list[torch.Tensor] | None = None,
    ) -> torch.Tensor:
        """Predicts the noise in latents `[N, 4, h, w]`, given `[N, T]` tokens and an adapter's features."""
        context = self.text_encoder(tokens).last_hidden_state
        return self.unet(noisy, timesteps, context, down_intrablock_additional_residuals=features).sample


def choose_attention(network: UNet2DConditionModel | ControlNetModel) -> None:
    """On a CPU PyTorch's fused attention goes backward so slowly that it took half of a step."""
    if device().type == "cpu":
        network.set_attn_processor(AttnProcessor())


def make_text_encoder(configuration: Configuration, words: CLIPTokenizer) -> CLIPTextModel:
    channels = configuration.text_channels
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(words),
            hidden_size=channels,
            intermediate_size=4 * channels,
            projection_dim=channels,
            num_hidden_layers=configuration.text_layers,
            num_attention_heads=channels // 32,
            max_position_embeddings=words.model_max_length,
            bos_token_id=words.bos_token_id,
            eos_token_id=words.eos_token_id,
            pad_token_id=words.pad_token_id,
        )
    )


def make_unet(configuration: Configuration) -> UNet2DConditionModel:
    """A UNet of one layer a block, with attention everywhere but on the finest level's way up.

    On its way down that level needs a transformer: without one, an adapter's features would come in behind the
    halving, and outlines be known to 8 pixels instead of 4.
    """
    return UNet2DConditionModel(
        sample_size=configuration.size // DOWNSCALE,
        block_out_channels=configuration.unet_channels,
        down_block_types=("CrossAttnDownBlock2D",) * 3,
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1,
        norm_num_groups=16,
        # The number of heads, which diffusers calls so by an old slip.
        attention_head_dim=3,
        cross_attention_dim=configuration.text_channels,
    )


class Noise:
    """The forward process, and what an error at each of its timesteps costs.

    With `emphasis` errors count as those of velocities, Salimans and Ho, arXiv 2202.00512, do, up to so many times.
    """

    def __init__(self, target: torch.device, emphasis: float = 1):
        self.scheduler = DDPMScheduler(**NOISE)
        alphas = self.scheduler.alphas_cumprod.to(target)
        ratio = alphas / (1 - alphas)
        # Min-SNR, as a weight of the noise's error: Hang et al., arXiv 2303.09556.
        self.weights = ratio.clamp(max=SNR_LIMIT) / ratio * (1 + 1 / ratio).clamp(max=emphasis)

    def loss(self, painter: Predictor, clean: torch.Tensor, timesteps: torch.Tensor, *conditions) -> torch.Tensor:
        return self.errors(painter, clean, timesteps, *conditions).mean()

    def errors(self, painter: Predictor, clean: torch.Tensor, timesteps: torch.Tensor, *conditions) -> torch.Tensor:
        """What errors in the prediction of random noise cost, place by place, `[N, 4, h, w]`."""
        noise = torch.randn_like(clean)
        prediction = painter(self.scheduler.add_noise(clean, noise, timesteps), timesteps, *conditions)
        return self.weights[timesteps, None, None, None] * (prediction.float() - noise).square()

    def random_timesteps(self, count: int) -> torch.Tensor:
        """One from each of `count` equal parts of the course, in random order: gradients vary less between batches."""
        places = torch.randperm(count, device=self.weights.device) + torch.rand(count, device=self.weights.device)
        return (places * (len(self.weights) / count)).long().clamp(max=len(self.weights) - 1)


class Examples:
    """Latents of scenes with their prompts, on the device."""

    def __init__(
        self,
        place: Workplace,
        words: CLIPTokenizer,
        target: torch.device,
        held_out: bool = False,
        styles: Styles = prompts,
        shares: tuple[float, ...] = SHARES,
    ):
        self.moments = latents.load(place, held_out).to(target)
        self.tokens = tokenizer.tokens(words, tokenizer.read_prompts(place, held_out, styles)).to(target)
        self.shares = torch.tensor(shares, device=target)

    def __len__(self) -> int:
        return len(self.tokens)

    def random(self, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Indices of scenes and whether they are mirrored, their latents and one prompt of each."""
        target = self.tokens.device
        indices = torch.randint(len(self), (count,), device=target)
        mirrored = torch.randint(2, (count,), device=target)
        styles = torch.multinomial(self.shares, count, replacement=True)
        clean = latents.random_latents(self.moments[mirrored, indices])
        return indices, mirrored, clean, self.tokens[indices, styles]

    def ordered(self, timesteps: int) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
        """Batches of indices, latents and timesteps: every scene once, evenly over the timesteps."""
        everything = torch.arange(len(self), device=self.tokens.device)
        steps = everything * timesteps // len(self)
        return [
            (indices, latents.random_latents(self.moments[0, indices]), steps[indices])
            for indices in everything.split(VALIDATION_BATCH)
        ]


def train(place: Workplace) -> None:
    configuration = place.configuration
    words = tokenizer.load(place)
    run = Run(place.run("unet"), lambda: Painter(configuration, words), configuration.unet)
    examples = Examples(place, words, run.device)
    held_out = Examples(place, words, run.device, held_out=True)
    noise = Noise(run.device)

    def step() -> dict[str, torch.Tensor]:
        _, _, clean, tokens = examples.random(configuration.unet.batch)
        timesteps = noise.random_timesteps(len(clean))
        return {"loss": noise.loss(run.model, clean, timesteps, tokens)}

    def validate(painter: Painter) -> dict[str, float]:
        found = [
            float(noise.loss(painter, clean, timesteps, held_out.tokens[indices, 0])) * len(indices)
            for indices, clean, timesteps in held_out.ordered(len(noise.weights))
        ]
        return {"loss": sum(found) / len(held_out)}

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

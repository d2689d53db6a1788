#!/usr/bin/env python3
"""Writes a tiny random diffusion pipeline, and a T2I-Adapter that fits it, in the folder layout of diffusers.

The models have every part of their full-size originals (Stable Diffusion 1.5, 2 and XL), a few thousandths of
their width, and seeded random weights. They paint noise, quickly: they are for tests and for trying the program.

    python tools/make_tiny_model.py --architecture sd15 --output tiny --adapter-output tiny-adapter
"""

import argparse
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from diffusers import AutoencoderKL, T2IAdapter, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from tiny_tokenizer import END, START, vocabulary, write_json, write_tokenizer


@dataclass(frozen=True)
class Architecture:
    """What sets one Stable Diffusion apart from another, at the width of a toy."""

    pipeline: str
    unet: dict
    text_encoders: list[dict]
    scaling_factor: float
    scheduler: dict
    adapter_type: str
    adapter: dict
    pipeline_options: dict = field(default_factory=dict)


TEXT_ENCODER = dict(
    hidden_size=24, intermediate_size=48, num_attention_heads=2, num_hidden_layers=2, projection_dim=24
)
UNET = dict(block_out_channels=(4, 8, 16, 16), layers_per_block=2, norm_num_groups=4, sample_size=8)
BETAS = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", trained_betas=None)
# The keys of the published files. What they leave out (`timestep_spacing`) keeps each scheduler's own default.
SCHEDULER = BETAS | dict(
    num_train_timesteps=1000, clip_sample=False, set_alpha_to_one=False, skip_prk_steps=True, steps_offset=1
)
STABLE_DIFFUSION = dict(safety_checker=[None, None], feature_extractor=[None, None])

ARCHITECTURES = {
    "sd15": Architecture(
        pipeline="StableDiffusionPipeline",
        # `attention_head_dim` is the number of heads in Stable Diffusion's files, an old slip of diffusers.
        unet=UNET | dict(cross_attention_dim=24, attention_head_dim=2),
        text_encoders=[TEXT_ENCODER | dict(hidden_act="quick_gelu", eos_token_id=2)],
        scaling_factor=0.18215,
        scheduler=SCHEDULER | dict(_class_name="DDIMScheduler", prediction_type="epsilon"),
        adapter_type="full_adapter",
        adapter=dict(in_channels=1, channels=[4, 8, 16, 16], downscale_factor=8),
        pipeline_options=STABLE_DIFFUSION | dict(requires_safety_checker=False),
    ),
    "sd2": Architecture(
        pipeline="StableDiffusionPipeline",
        unet=UNET
        | dict(
            cross_attention_dim=32,
            attention_head_dim=[2, 4, 4, 4],
            use_linear_projection=True,
            upcast_attention=True,
        ),
        text_encoders=[
            TEXT_ENCODER | dict(hidden_size=32, intermediate_size=64, num_attention_heads=4, hidden_act="gelu")
        ],
        scaling_factor=0.18215,
        scheduler=SCHEDULER | dict(_class_name="DDIMScheduler", prediction_type="v_prediction"),
        adapter_type="full_adapter",
        adapter=dict(in_channels=3, channels=[4, 8, 16, 16], downscale_factor=8),
        pipeline_options=STABLE_DIFFUSION | dict(requires_safety_checker=False),
    ),
    "sdxl": Architecture(
        pipeline="StableDiffusionXLPipeline",
        unet=UNET
        | dict(
            block_out_channels=(4, 8, 16),
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=24 + 32,
            attention_head_dim=[2, 4, 4],
            transformer_layers_per_block=[1, 1, 2],
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=6 * 8 + 20,
        ),
        text_encoders=[
            TEXT_ENCODER | dict(hidden_act="quick_gelu", eos_token_id=2),
            TEXT_ENCODER
            | dict(
                hidden_size=32,
                intermediate_size=64,
                num_attention_heads=4,
                num_hidden_layers=3,
                projection_dim=20,
                hidden_act="gelu",
                eos_token_id=2,
            ),
        ],
        scaling_factor=0.13025,
        scheduler=SCHEDULER
        | dict(
            _class_name="EulerDiscreteScheduler",
            prediction_type="epsilon",
            interpolation_type="linear",
            sample_max_value=1.0,
            timestep_spacing="leading",
            use_karras_sigmas=False,
        ),
        adapter_type="full_adapter_xl",
        adapter=dict(in_channels=3, channels=[4, 8, 16, 16], downscale_factor=16),
        pipeline_options=dict(force_zeros_for_empty_prompt=True, add_watermarker=False),
    ),
}
# Objects in boxes: gated self-attention in every transformer block.
GLIGEN = replace(
    ARCHITECTURES["sd15"],
    pipeline="StableDiffusionGLIGENPipeline",
    unet=ARCHITECTURES["sd15"].unet | dict(attention_type="gated"),
)
VAE = dict(
    block_out_channels=(4, 8, 8, 8),
    down_block_types=("DownEncoderBlock2D",) * 4,
    up_block_types=("UpDecoderBlock2D",) * 4,
    layers_per_block=1,
    latent_channels=4,
    norm_num_groups=4,
    sample_size=64,
)
# Below 1, steps damp rounding errors (at 1, guidance lets them grow tenfold and more); the prompt still changes a
# picture by a tenth or more.
GAIN = 0.6
ADAPTER_DOWNSCALE = {"full_adapter": 8, "full_adapter_xl": 16, "light_adapter": 8}


def make_text_encoder(settings: dict, projection: bool) -> torch.nn.Module:
    vocab, _ = vocabulary()
    defaults = dict(
        vocab_size=len(vocab), max_position_embeddings=77, bos_token_id=vocab[START], eos_token_id=vocab[END]
    )
    configuration = CLIPTextConfig(**(defaults | settings))
    return (CLIPTextModelWithProjection if projection else CLIPTextModel)(configuration).eval()


def randomize(model: torch.nn.Module, generator: torch.Generator) -> torch.nn.Module:
    """Fills a model so that every weight, gain and bias matters, and rounding errors do not grow."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if "embedding" in name and parameter.ndim == 2 and "add_" not in name and "time_" not in name:
            value = noise  # token and position tables are looked up, not multiplied
        elif parameter.ndim >= 2:
            # Objects in boxes are told apart behind three small layers.
            gain = 5 * GAIN if "position_net" in name or "fuser.linear" in name else GAIN
            value = gain * noise / parameter[0].numel() ** 0.5
        elif parameter.ndim == 0:
            value = 0.5 + noise  # a gate
        elif name.endswith("weight"):
            value = 1 + 0.1 * noise
        else:
            value = 0.1 * noise
        parameter.data.copy_(value)
    return model


def normalize_output(layer: torch.nn.Module, output: torch.Tensor, deviation: float) -> None:
    """Scales a model's last layer so that its output, `output` now, has the given standard deviation."""
    layer.weight.data *= deviation / output.std()
    layer.bias.data *= deviation / output.std()


@torch.no_grad()
def make_unet(architecture: Architecture, generator: torch.Generator) -> UNet2DConditionModel:
    """A UNet whose prediction has half the deviation of noise: guidance of 7.5 then keeps latents in bounds."""
    unet = randomize(UNet2DConditionModel(**architecture.unet).eval(), generator)
    sample = torch.randn((2, 4, 8, 8), generator=generator)
    context = torch.randn((2, 77, unet.config.cross_attention_dim), generator=generator)
    conditions = None
    if unet.config.addition_embed_type == "text_time":
        pooled = architecture.text_encoders[1]["projection_dim"]
        conditions = dict(
            text_embeds=torch.randn((2, pooled), generator=generator),
            time_ids=torch.tensor([[64.0, 64, 0, 0, 64, 64]] * 2),
        )
    output = unet(sample, torch.tensor([200, 800]), context, added_cond_kwargs=conditions).sample
    normalize_output(unet.conv_out, output, deviation=0.5)
    return unet


@torch.no_grad()
def make_vae(architecture: Architecture, generator: torch.Generator) -> AutoencoderKL:
    """An autoencoder that paints most of the range between black and white."""
    is_xl = "XL" in architecture.pipeline
    settings = VAE | dict(scaling_factor=architecture.scaling_factor, force_upcast=is_xl)
    vae = randomize(AutoencoderKL(**settings).eval(), generator)
    picture = vae.decode(torch.randn((2, 4, 8, 8), generator=generator) / architecture.scaling_factor).sample
    normalize_output(vae.decoder.conv_out, picture, deviation=0.5)
    return vae


def make_adapter(
    architecture: Architecture, generator: torch.Generator, adapter_type: str | None = None
) -> T2IAdapter:
    """An adapter for the UNet of `architecture`, of its usual type or another."""
    adapter_type = adapter_type or architecture.adapter_type
    settings = architecture.adapter | dict(downscale_factor=ADAPTER_DOWNSCALE[adapter_type], num_res_blocks=2)
    if adapter_type == "light_adapter":  # repeats its last width by itself
        settings |= dict(channels=settings["channels"][:-1], num_res_blocks=4)
    adapter = T2IAdapter(adapter_type=adapter_type, **settings)
    return randomize(adapter.eval(), generator)


def write_pipeline(
    architecture: Architecture, folder: Path, generator: torch.Generator, dtype: torch.dtype = torch.float32
) -> None:
    """Writes `model_index.json` and the folders of all parts, whose weights are stored in `dtype`."""
    folder.mkdir(parents=True, exist_ok=True)
    index = {"_class_name": architecture.pipeline, "_diffusers_version": "0.42.1"}
    index |= architecture.pipeline_options
    for number, settings in enumerate(architecture.text_encoders, start=1):
        suffix = "" if number == 1 else f"_{number}"
        encoder = randomize(make_text_encoder(settings, projection=number == 2), generator)
        encoder.to(dtype).save_pretrained(folder / f"text_encoder{suffix}")
        # Stable Diffusion XL's second tokenizer and Stable Diffusion 2's pad with "!", token 0.
        pads_with_zero = number == 2 or settings["hidden_act"] == "gelu"
        write_tokenizer(folder / f"tokenizer{suffix}", pad_token="!" if pads_with_zero else END)
        index[f"text_encoder{suffix}"] = ["transformers", type(encoder).__name__]
        index[f"tokenizer{suffix}"] = ["transformers", "CLIPTokenizer"]
    make_unet(architecture, generator).to(dtype).save_pretrained(folder / "unet")
    make_vae(architecture, generator).to(dtype).save_pretrained(folder / "vae")
    index |= {"unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"]}
    index["scheduler"] = ["diffusers", architecture.scheduler["_class_name"]]
    (folder / "scheduler").mkdir(exist_ok=True)
    write_json(folder / "scheduler" / "scheduler_config.json", architecture.scheduler)
    write_json(folder / "model_index.json", index)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--architecture", choices=ARCHITECTURES, default="sd15")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="the pipeline's folder")
    parser.add_argument("--adapter-output", type=Path, metavar="DIR", help="the adapter's folder")
    parser.add_argument(
        "--adapter-type", choices=ADAPTER_DOWNSCALE, help="default: the architecture's usual one"
    )
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    for folder in filter(None, (arguments.output, arguments.adapter_output)):
        if folder.exists() and any(folder.iterdir()):
            sys.exit(f"{folder} is not empty: name a new folder, or empty this one first.")

    architecture = ARCHITECTURES[arguments.architecture]
    generator = torch.Generator().manual_seed(arguments.seed)
    write_pipeline(architecture, arguments.output, generator)
    print(f"Wrote a random {arguments.architecture} pipeline to {arguments.output}: it paints noise.")
    if arguments.adapter_output:
        make_adapter(architecture, generator, arguments.adapter_type).save_pretrained(
            arguments.adapter_output
        )
        print(f"Wrote a random T2I-Adapter to {arguments.adapter_output}.")


if __name__ == "__main__":
    main()

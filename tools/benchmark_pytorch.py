#!/usr/bin/env python3
"""Times the networks of `benchmark unet vae` in PyTorch: the same configurations, random weights, eager, channels last.

Run it in turn with our program, on a machine where nothing else runs, and compare medians.

    python tools/benchmark_pytorch.py [unet/sd15/512/guided unet/sdxl/512/guided vae/decode/512] [--samples 3]
"""

import argparse
import statistics
import time

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel

CROSS_DOWN, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
CROSS_UP, UP = "CrossAttnUpBlock2D", "UpBlock2D"
UNETS = {
    "unet/sd15/512/guided": dict(cross_attention_dim=768, attention_head_dim=8),
    "unet/sdxl/512/guided": dict(
        down_block_types=(DOWN, CROSS_DOWN, CROSS_DOWN),
        up_block_types=(CROSS_UP, CROSS_UP, UP),
        block_out_channels=(320, 640, 1280),
        transformer_layers_per_block=(1, 2, 10),
        attention_head_dim=(5, 10, 20),
        cross_attention_dim=2048,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=256,
        projection_class_embeddings_input_dim=2816,
    ),
}
VAE = dict(
    down_block_types=("DownEncoderBlock2D",) * 4,
    up_block_types=("UpDecoderBlock2D",) * 4,
    block_out_channels=(128, 256, 512, 512),
    layers_per_block=2,
)
DECODER = "vae/decode/512"


def random_model(kind: type, settings: dict) -> torch.nn.Module:
    """A network whose weights are small normal numbers; made without initialising them twice."""
    with torch.device("meta"):
        model = kind(**settings)
    model = model.to_empty(device="cpu").eval()
    for parameter in model.parameters():
        parameter.data.normal_(0, 0.02)
    return model.to(memory_format=torch.channels_last)


def workload(name: str):
    """What one run of a benchmark does."""
    if name == DECODER:
        model = random_model(AutoencoderKL, VAE)
        latents = torch.randn(1, 4, 64, 64).to(memory_format=torch.channels_last)
        return lambda: model.decode(latents)
    model = random_model(UNet2DConditionModel, UNETS[name])
    sample = torch.randn(2, 4, 64, 64).to(memory_format=torch.channels_last)
    context = torch.randn(2, 77, model.config.cross_attention_dim)
    added = dict(text_embeds=torch.randn(2, 1280), time_ids=torch.randn(2, 6)) if "sdxl" in name else None
    return lambda: model(sample, 500, encoder_hidden_states=context, added_cond_kwargs=added)


def seconds(run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [*UNETS, DECODER]
    parser.add_argument("names", nargs="*", help=", ".join(names))
    parser.add_argument("--samples", type=int, default=3, help="runs of which the median is taken")
    arguments = parser.parse_args()
    for name in arguments.names or names:
        if name not in names:
            parser.error(f"no benchmark '{name}'; there are {', '.join(names)}")
        with torch.inference_mode():
            run = workload(name)
            seconds(run)
            times = [seconds(run) for _ in range(arguments.samples)]
        print(f"{name:30} {statistics.median(times) * 1e3:10.0f} ms  PyTorch {torch.__version__}", flush=True)


if __name__ == "__main__":
    main()

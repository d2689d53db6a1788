#!/usr/bin/env python3
"""Compares what integers cost a step of Stable Diffusion 1.5 in Spolvero and in OpenVINO, on the same random weights.

    python tools/quantisation_error.py WORK [--spolvero .build/release/spolvero]

Prints how far each prediction of the noise lies from PyTorch's in fp32, as a part of its norm. NNCF is calibrated by
the very inputs of that step; Spolvero is told nothing. WORK keeps 7 GB of weights, made if they are not there.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
import openvino
import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel

from benchmark_workbench import UNETS
from openvino_models import quantize_for

PROMPT = "a photo of a cat on a table"
PRECISIONS = ["fp32", "bf16", "int16", "int8"]


def make_model(folder: Path) -> None:
    """A pipeline with the UNet of Stable Diffusion 1.5 and a text encoder as wide; the rest is tiny."""
    tiny, adapter = Path(__file__).with_name("make_tiny_model.py"), folder.with_name("adapter")
    # What is left of a run that did not end.
    for path in (folder, adapter):
        shutil.rmtree(path, ignore_errors=True)
    parts = ["--output", folder, "--adapter-output", adapter]
    subprocess.run([sys.executable, tiny, "--architecture", "sd15", *parts], check=True)
    torch.manual_seed(0)
    encoder = CLIPTextConfig.from_pretrained(folder / "text_encoder").to_dict()
    encoder |= dict(hidden_size=768, intermediate_size=1024, num_attention_heads=12, projection_dim=768)
    CLIPTextModel(CLIPTextConfig(**encoder)).save_pretrained(folder / "text_encoder")
    UNet2DConditionModel(**UNETS["sd15"]).save_pretrained(folder / "unet")


@torch.inference_mode()
def predict(folder: Path, path: Path) -> None:
    """Writes what the UNet is given in the only step of an image, and its prediction, and converts it."""
    pipeline = StableDiffusionPipeline.from_pretrained(folder)
    pipeline.scheduler = DDIMScheduler.from_config(pipeline.scheduler.config)
    pipeline.scheduler.set_timesteps(1)
    context, _ = pipeline.encode_prompt(PROMPT, "cpu", 1, False)
    latents, time = torch.randn(1, 4, 64, 64), pipeline.scheduler.timesteps[0]

    class Prediction(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.unet = pipeline.unet

        def forward(self, latents, time, context):
            return self.unet(latents, time, encoder_hidden_states=context).sample

    noise = Prediction()(latents, time, context)
    stepped = pipeline.scheduler.step(noise, time, latents).prev_sample
    told = dict(latents=latents, time=time, context=context, noise=noise, stepped=stepped)
    save_file({name: tensor.contiguous() for name, tensor in told.items()}, path)
    inputs = (latents, time, context)
    converted = openvino.convert_model(Prediction(), example_input=inputs, input=[list(x.shape) for x in inputs])
    openvino.save_model(converted, path.with_name("unet.xml"), compress_to_fp16=False)


def difference(found: numpy.ndarray, expected: numpy.ndarray, norm: float) -> str:
    return f"{100 * numpy.linalg.norm(found.astype(float) - expected) / norm:.3f} %"


def ours(spolvero: Path, folder: Path, told: dict, work: Path) -> None:
    """A step moves latents by a multiple of the prediction, so that where it moves them tells the prediction."""
    save_file({"latents": told["latents"]}, work / "latents.safetensors")
    latents, noise, stepped = (told[name].double().numpy() for name in ("latents", "noise", "stepped"))
    parts = numpy.stack([latents.ravel(), noise.ravel()], axis=1)
    _, share = numpy.linalg.lstsq(parts, stepped.ravel(), rcond=None)[0]
    for precision in PRECISIONS:
        output = work / f"stepped-{precision}.safetensors"
        words = ["generate", "--device", "cpu", "-m", folder, "--prompt", PROMPT, "-W", 512, "-H", 512]
        words += ["--steps", 1, "--scheduler", "ddim", "--cfg-scale", 1, "--precision", precision]
        words += ["--initial-latents", work / "latents.safetensors", "--save-latents", output, "-o", work / "image.png"]
        subprocess.run([spolvero, *map(str, words)], check=True, capture_output=True)
        found = load_file(output)["latents"].numpy()
        print(f"Spolvero, {precision}: {difference(found, stepped, abs(share) * numpy.linalg.norm(noise))}", flush=True)


def theirs(told: dict, work: Path) -> None:
    inputs = [told[name].numpy() for name in ("latents", "time", "context")]
    noise = told["noise"].double().numpy()
    core = openvino.Core()
    whole = core.read_model(work / "unet.xml")
    for name, model in {"fp32": whole, "int8": quantize_for(inputs, whole)}.items():
        found = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})(inputs)[0]
        print(f"OpenVINO, {name}: {difference(found, noise, numpy.linalg.norm(noise))}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="folder of what is made on the way")
    parser.add_argument("--spolvero", type=Path, default=Path(".build/release/spolvero"))
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    folder, path = work / "model", work / "prediction.safetensors"
    # Written last.
    if not (work / "unet.xml").exists():
        make_model(folder)
        predict(folder, path)
    told = load_file(path)
    ours(arguments.spolvero, folder, told, work)
    theirs(told, work)


if __name__ == "__main__":
    main()

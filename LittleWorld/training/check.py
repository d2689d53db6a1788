"""Compares what the program makes of an exported model with what diffusers and the training make of it.

    python -m training.check --work DIR --model ../Weights/littleworld --spolvero ../.build/release/spolvero
"""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from diffusers import StableDiffusionAdapterPipeline, StableDiffusionPipeline, T2IAdapter
from PIL import Image

from . import guides, lineart, scenes, tokenizer
from .configuration import ADAPTERS, Workplace, argument_parser, workplace

STEPS, GUIDANCE, SEED = 20, 4.0, 7
SAMPLE = 4
"""Held-out scenes that are looked at."""
TOLERANCE = 2
"""Levels of 255 by which fp32 sums in another order may shift a pixel."""


def difference(found: np.ndarray, expected: np.ndarray) -> int:
    return int(np.abs(found.astype(int) - expected.astype(int)).max())


class Program:
    """The program with its files in a temporary folder."""

    def __init__(self, path: Path, model: Path, folder: Path):
        self.path, self.model, self.folder = path.resolve(), model.resolve(), folder

    def paint(self, prompt: str, kind: str, guide: Image.Image | None) -> np.ndarray:
        output, outline = self.folder / "painted.png", self.folder / "outline.png"
        options = ["--steps", STEPS, "--cfg-scale", GUIDANCE, "--seed", SEED, "--prompt", prompt, "--output", output]
        if guide is not None:
            guide.save(outline)
            options += ["--adapter", self.model / "adapters" / kind, "--adapter-image", outline]
        self._run("generate", "--model", self.model, *options)
        return np.asarray(Image.open(output))

    def blend(self, image: np.ndarray, mask: np.ndarray, kind: str) -> np.ndarray:
        """The blend of a scene's outlines, `[S, S]`."""
        Image.fromarray(image).save(self.folder / "scene.png")
        Image.fromarray(mask).save(self.folder / "mask.png")
        prior = {"label": "label-edges"}.get(kind, kind)
        options = ["--resolution", len(mask), "--size-multiple", 4, "--prior", prior, "--output", self.folder]
        if kind == "lineart":
            options += ["--prior-model", self.model / "lineart"]
        self._run("prior", "--image", self.folder / "scene.png", "--mask", self.folder / "mask.png", *options)
        return np.asarray(Image.open(self.folder / "scene_blend.png").convert("L"))

    def _run(self, *arguments: object) -> None:
        subprocess.run([self.path, *map(str, arguments)], check=True, capture_output=True)


def blends(place: Workplace, kind: str) -> np.ndarray:
    """What the adapters were trained on, of the first held-out scenes, `[N, S, S]`, 8 bits."""
    detector = {"canny": lambda: guides.canny, "lineart": lambda: lineart.load_detector(place)}.get(kind)
    images, masks = (scenes.read(place, key, held_out=True)[:SAMPLE] for key in ("images", "classes"))
    outlines = map(torch.from_numpy, guides.pairs(images, masks, detector and detector()))
    weights = torch.tensor([[guides.IMAGE_WEIGHT, guides.LABEL_WEIGHT]]).expand(SAMPLE, 2)
    return (guides.blended(*outlines, weights)[:, 0] * 255).round().byte().numpy()


def report(what: str, worst: int) -> bool:
    print(f"{what}: {worst} of 255 levels apart at most{'' if worst <= TOLERANCE else ' — TOO MUCH'}", flush=True)
    return worst <= TOLERANCE


def check(place: Workplace, model: Path, program: Program) -> bool:
    images, masks = (scenes.read(place, key, held_out=True)[:SAMPLE] for key in ("images", "classes"))
    prompts = [texts[0] for texts in tokenizer.read_prompts(place, held_out=True)[:SAMPLE]]
    options = dict(num_inference_steps=STEPS, guidance_scale=GUIDANCE, output_type="np")
    plain = StableDiffusionPipeline.from_pretrained(model, dtype=torch.float32)

    def painted(pipeline: StableDiffusionPipeline, prompt: str, **more: object) -> np.ndarray:
        pipeline.set_progress_bar_config(disable=True)
        noise = torch.Generator("cpu").manual_seed(SEED)
        return (pipeline(prompt, generator=noise, **options, **more).images[0] * 255).round()

    found = [difference(program.paint(text, "", None), painted(plain, text)) for text in prompts]
    fine = [report("pictures without an adapter", max(found))]
    for kind in filter(lambda kind: (model / "adapters" / kind).exists(), ADAPTERS):
        expected = blends(place, kind)
        drawn = [program.blend(image, mask, kind) for image, mask in zip(images, masks, strict=True)]
        fine.append(report(f"{kind} guides", difference(np.stack(drawn), expected)))
        adapter = T2IAdapter.from_pretrained(model / "adapters" / kind, dtype=torch.float32)
        parts = {name: part for name, part in plain.components.items() if name != "image_encoder"}
        guided = StableDiffusionAdapterPipeline(**parts, adapter=adapter, requires_safety_checker=False)
        outlines = [Image.fromarray(guide) for guide in expected]
        found = [
            difference(program.paint(text, kind, guide), painted(guided, text, image=guide))
            for text, guide in zip(prompts, outlines, strict=True)
        ]
        fine.append(report(f"pictures with the {kind} adapter", max(found)))
    return all(fine)


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--spolvero", type=Path, required=True, metavar="FILE", help="the built program")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(arguments.spolvero, arguments.model, Path(folder))
        raise SystemExit(not check(workplace(arguments), arguments.model, program))


if __name__ == "__main__":
    main()

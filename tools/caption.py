#!/usr/bin/env python3
"""Says in a sentence what each photograph shows, with BLIP, for `spolvero augment --captions`.

A line is written as soon as it is known; started again, the program goes on with the photographs that have none. The
model is a folder, which needs no network, or a name on the Hugging Face Hub, from which it is fetched once.

    python tools/caption.py VOC2012/JPEGImages captions.jsonl --list VOC2012/ImageSets/Segmentation/train.txt
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import torch
from PIL import Image, ImageOps
from transformers import BlipForConditionalGeneration, BlipProcessor
from transformers.utils import logging

EXTENSIONS = (".jpg", ".jpeg", ".png")


def photographs(folder: Path, listed: Path | None) -> list[Path]:
    """The folder's photographs by name, or those whose stems are first on a list's lines."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in EXTENSIONS)
    if listed is None:
        return found
    stems = {line.split()[0] for line in listed.read_text(encoding="utf-8").splitlines() if line.strip()}
    return [path for path in found if path.stem in stems]


def captioned(file: Path) -> set[str]:
    """The photographs that have a caption already."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {json.loads(line)["image"] for line in lines}


class Captioner:
    def __init__(self, model: str, device: str):
        self.model = BlipForConditionalGeneration.from_pretrained(model).to(device).eval()
        self.processor = BlipProcessor.from_pretrained(model)

    @torch.inference_mode()
    def __call__(self, paths: Iterable[Path]) -> list[str]:
        pictures = [ImageOps.exif_transpose(Image.open(path)).convert("RGB") for path in paths]
        inputs = self.processor(images=pictures, return_tensors="pt").to(self.model.device)
        tokens = self.model.generate(**inputs, num_beams=3, max_new_tokens=30)
        return self.processor.batch_decode(tokens, skip_special_tokens=True)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of the photographs")
    parser.add_argument("output", type=Path, help="the file of captions, JSON lines, to write or to go on with")
    parser.add_argument("--list", type=Path, metavar="FILE", help="caption only the photographs of this list")
    parser.add_argument("--model", default="Salesforce/blip-image-captioning-base", help="(%(default)s)")
    parser.add_argument("--device", default="cpu", help="as PyTorch names it, such as cuda (%(default)s)")
    parser.add_argument("--batch-size", type=int, default=8, help="photographs at once (%(default)s)")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    done = captioned(options.output)
    todo = [path for path in photographs(options.folder, options.list) if path.name not in done]
    captioner = Captioner(options.model, options.device)
    with options.output.open("a", encoding="utf-8") as file:
        for start in range(0, len(todo), options.batch_size):
            paths = todo[start : start + options.batch_size]
            for path, caption in zip(paths, captioner(paths), strict=True):
                file.write(json.dumps({"image": path.name, "caption": caption}, ensure_ascii=False) + "\n")
            file.flush()
            print(f"{start + len(paths)}/{len(todo)}", file=sys.stderr)


if __name__ == "__main__":
    main()

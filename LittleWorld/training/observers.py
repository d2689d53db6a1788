"""Writes what looks at pictures beside the exported model, as folders of transformers, fp16.

    python -m training.observers --work DIR

The captioner comes to a folder beside the model's that ends with `-captioner`, the CLIP pair to one with `-clip`, the
segmenter to one with `-segmenter`. What is not trained yet is left out.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel

from tiny_tokenizer import write_json

from . import captioner, clip, differences, segmenter, wordpieces
from .configuration import Workplace, argument_parser, workplace
from .loop import is_trained

LIMIT = 6_000_000
"""Bytes that the repository can carry of them."""
NORMALISED = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "rescale_factor": 1 / 255}
BILINEAR, BICUBIC = 2, 3
"""Pillow's numbers."""


def write_network(model: PreTrainedModel, target: Path, **processor: object) -> None:
    """The network, and how pictures are prepared for it."""
    model.half().save_pretrained(target)
    write_json(target / "preprocessor_config.json", processor | NORMALISED)


def write_captioner(place: Workplace, target: Path) -> None:
    side = place.configuration.size
    size = {"height": side, "width": side}
    write_network(captioner.load(place), target, image_processor_type="BlipImageProcessor", size=size, resample=BICUBIC)
    words = wordpieces.load(place)
    wordpieces.write(target, words.convert_ids_to_tokens(range(len(words))))


def write_clip(place: Workplace, target: Path) -> None:
    side = place.configuration.size
    square = {"size": {"shortest_edge": side}, "crop_size": {"height": side, "width": side}}
    write_network(clip.load(place), target, image_processor_type="CLIPImageProcessor", resample=BICUBIC, **square)
    for path in sorted((place.model / "tokenizer").iterdir()):
        differences.link(path, target / path.name)


def write_segmenter(place: Workplace, target: Path) -> None:
    side = place.configuration.size
    kind = {"image_processor_type": "SegformerImageProcessor", "do_reduce_labels": False}
    size = {"height": side, "width": side}
    write_network(segmenter.load(place), target, size=size, resample=BILINEAR, **kind)


WRITERS: dict[str, Callable[[Workplace, Path], None]] = {
    "captioner": write_captioner,
    "clip": write_clip,
    "segmenter": write_segmenter,
}


def export(place: Workplace) -> list[Path]:
    """The folders that were written, in place of those that were there."""
    names = [name for name in WRITERS if is_trained(place.run(name))]
    for name in names:
        shutil.rmtree(place.beside(name), ignore_errors=True)
        WRITERS[name](place, place.beside(name))
    return [place.beside(name) for name in names]


def main() -> None:
    folders = export(workplace(argument_parser(__doc__).parse_args()))
    differences.require_room(folders, LIMIT, "take fewer channels")


if __name__ == "__main__":
    main()

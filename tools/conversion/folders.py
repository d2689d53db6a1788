"""Folders in the layout of diffusers that Spolvero cannot read as they are: pickles, variants, other number types."""

import re
from pathlib import Path

import torch

from tiny_tokenizer import write_json

from .components import convert_part
from .errors import ConversionError
from .files import read_json
from .pipelines import UNUSED

# What compares images with words, and how images are prepared for it.
SIGHT = {"image_encoder", "feature_extractor"}


def convert_folder(source: Path, folder: Path, dtype: torch.dtype) -> None:
    """Writes a pipeline with all parts that are read, or a single component."""
    if (source / "model_index.json").is_file():
        convert_pipeline(source, folder, dtype)
    elif (source / "config.json").is_file():
        convert_part(source, folder, dtype)
    else:
        found = ", ".join(sorted(path.name for path in source.iterdir())[:8]) or "nothing"
        raise ConversionError(
            f"{source} has neither model_index.json, as a pipeline has, nor config.json, as a component has; it holds "
            f"{found}. Name such a folder or a file of weights."
        )


def convert_pipeline(source: Path, folder: Path, dtype: torch.dtype) -> None:
    """Writes the parts that `model_index.json` names, and the index without those that nobody reads."""
    index = read_json(source / "model_index.json")
    parts = {name for name, value in index.items() if isinstance(value, list) and len(value) == 2 and all(value)}
    unread = UNUSED.keys() - (SIGHT if "image_encoder" in parts else set())
    for name in sorted(parts & unread):
        index[name] = [None, None]
    for name in sorted(parts - unread):
        if not re.fullmatch(r"\w+", name) or not (source / name).is_dir():
            raise ConversionError(
                f"{source / 'model_index.json'} names a part '{name}' of which there is no folder. Check that the "
                "download is complete."
            )
        convert_part(source / name, folder / name, dtype)
    write_json(folder / "model_index.json", index)
    folders = {path.name for path in source.iterdir() if path.is_dir() and not path.name.startswith(".")}
    left = sorted(name for name in folders if not (folder / name).exists())
    if left:
        print(f"Left out, since no part of the pipeline: {', '.join(left)}")

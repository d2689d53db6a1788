"""A component's folder in the layout of diffusers or transformers: `config.json` and weights in any of their files."""

import shutil
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from tiny_tokenizer import write_json

from .errors import ConversionError
from .files import narrow, read_json
from .weights import SHARD, load_weights, weight_files

# Of tokenizers, schedulers and models; the indexes of shards go with the shards.
TEXTS = ("*.json", "*.txt")
# Numbers that old versions of transformers stored and nobody reads.
UNREAD = "position_ids"


def convert_component(weights: Path, folder: Path, dtype: torch.dtype) -> None:
    """Writes the tensors of a file or index, and the texts beside it, to `folder`, and compares what was written."""
    if SHARD.search(weights.name):
        raise ConversionError(f"{weights} is one of several shards. Name its folder, {weights.parent}, instead.")
    print(f"Reads {weights}.")
    tensors = {name: value for name, value in load_weights(weights).items() if not name.endswith(UNREAD)}
    converted = narrow(tensors, dtype)
    settings = read_json(weights.parent / "config.json")
    settings |= {key: str(dtype).removeprefix("torch.") for key in ("dtype", "torch_dtype") if key in settings}
    stem = "diffusion_pytorch_model" if "_class_name" in settings else "model"
    copy_texts(weights.parent, folder)
    write_json(folder / "config.json", settings)
    save_file(converted, folder / f"{stem}.safetensors", metadata={"format": "pt"})
    check_written(folder / f"{stem}.safetensors", converted)


def convert_part(source: Path, folder: Path, dtype: torch.dtype) -> None:
    """Converts a folder with weights, and copies one without, such as a tokenizer's."""
    files = weight_files(source)
    if files:
        convert_component(files[0], folder, dtype)
    elif (source / "config.json").is_file():
        found = ", ".join(sorted(path.name for path in source.iterdir())[:8])
        raise ConversionError(
            f"{source} holds no weights of the usual names, only {found}. Check that the download is complete, or "
            "name the file of weights."
        )
    else:
        copy_texts(source, folder)


def copy_texts(source: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for pattern in TEXTS:
        for path in source.glob(pattern):
            if ".index." not in path.name:
                shutil.copyfile(path, folder / path.name)


def check_written(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Refuses a file whose tensors are not, bit for bit, those that were to be written."""
    with safe_open(path, framework="pt") as file:
        names = set(file.keys())
        same = names == tensors.keys() and all(bits_equal(file.get_tensor(name), tensors[name]) for name in names)
    if not same:
        raise ConversionError(f"{path.name} was not written as it was read. Check the disk, then convert again.")
    print(f"{len(tensors)} tensors written, and read back bit for bit.")


def bits_equal(a: torch.Tensor, b: torch.Tensor) -> bool:
    """As bytes, since no NaN equals itself."""
    same_kind = a.shape == b.shape and a.dtype == b.dtype
    return same_kind and torch.equal(a.flatten().view(torch.uint8), b.flatten().view(torch.uint8))

"""PyTorch's pickled files (`.bin`, `.pt`, `.pth`, `.ckpt`): a zip archive since version 1.6, a row of pickles before.

Source of the formats: `torch.save` in PyTorch's `torch/serialization.py`.
"""

import mmap
import struct
import zipfile
from collections import Counter
from pathlib import Path
from typing import BinaryIO, NamedTuple

import torch

from .pickles import StoredTensor, TensorUnpickler

MAGIC = 0x1950A86A20F9469CFC6C


class Span(NamedTuple):
    """Bytes of a file."""

    start: int
    length: int

    def map(self, file: mmap.mmap) -> torch.Tensor:
        """The bytes in memory that is mapped, so that those of large files need not fit all at once."""
        if self.length == 0:
            return torch.empty(0, dtype=torch.uint8)
        return torch.frombuffer(file, dtype=torch.uint8, offset=self.start, count=self.length)


class Contents(NamedTuple):
    """What a file holds: its objects, where each storage is, and the names that are not tensors'."""

    objects: object
    storages: dict[str, Span]
    foreign: set[str]


def read_archive(file: BinaryIO) -> Contents:
    """The zip archive: a pickle, and an entry for each storage, uncompressed."""
    storages = {}
    with zipfile.ZipFile(file) as archive:
        root = next(name for name in archive.namelist() if name.endswith("data.pkl")).removesuffix("data.pkl")
        with archive.open(f"{root}data.pkl") as data:
            unpickler = TensorUnpickler(data)
            objects = unpickler.load()
        for key in unpickler.dtypes:
            entry = archive.getinfo(f"{root}data/{key}")
            if entry.compress_type != zipfile.ZIP_STORED:
                raise ValueError("its archive is compressed, which PyTorch's are not")
            # The entry's own header repeats its name, with extra fields of another length than the directory's.
            file.seek(entry.header_offset + 26)
            start = entry.header_offset + 30 + sum(struct.unpack("<HH", file.read(4)))
            storages[key] = Span(start, entry.file_size)
    return Contents(objects, storages, unpickler.foreign)


def read_row(file: BinaryIO) -> Contents:
    """Five pickles (magic number, version, machine, objects, storages' keys), then each storage after its length."""
    if TensorUnpickler(file).load() != MAGIC:
        raise ValueError("it is a pickle, but none of PyTorch's")
    _version, _machine = (TensorUnpickler(file).load() for _ in range(2))
    unpickler = TensorUnpickler(file)
    objects = unpickler.load()
    storages = {}
    for key in TensorUnpickler(file).load():
        (length,) = struct.unpack("<q", file.read(8))
        storages[key] = Span(file.tell(), length * unpickler.dtypes[key].itemsize)
        file.seek(sum(storages[key]))
    return Contents(objects, storages, unpickler.foreign)


def stored_tensors(state: dict) -> dict[str, StoredTensor]:
    """Those of a dictionary or, where it has none, of the dictionaries in it, their names joined by dots."""
    stored = {name: value for name, value in state.items() if isinstance(value, StoredTensor)}
    if stored:
        return stored
    inner = {part: value for part, value in state.items() if isinstance(value, dict)}
    return {
        f"{part}.{name}": value
        for part, values in inner.items()
        for name, value in values.items()
        if isinstance(value, StoredTensor)
    }


def read_pickled(path: Path) -> tuple[dict[str, torch.Tensor], set[str]]:
    """The tensors of a state dictionary, mapped from the file, and the names of what was left out."""
    with path.open("rb") as file:
        is_archive = file.read(4) == b"PK\3\4"
        file.seek(0)
        objects, storages, foreign = read_archive(file) if is_archive else read_row(file)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    state = objects if isinstance(objects, dict) else {}
    if isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    stored = stored_tensors(state)
    uses = Counter(value.storage.key for value in stored.values())
    tensors = {}
    for name, value in stored.items():
        view = value.view(storages[value.storage.key].map(mapped))
        # safetensors refuses to write tensors that share memory.
        tensors[name] = view.clone() if uses[value.storage.key] > 1 else view
    return tensors, foreign

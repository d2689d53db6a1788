"""PyTorch's pickles, of which tensors are taken and nothing else.

A pickle is a program that calls functions by name. This reader has the few that make a tensor; every other name
stands for a `Placeholder`. So the classes that trainers leave beside the weights do no harm, nor does an attack.

Source: the `_rebuild_…` functions in PyTorch's `torch/_utils.py`.
"""

import math
import pickle
from collections import OrderedDict
from typing import BinaryIO, NamedTuple

import torch

DTYPES = {
    "DoubleStorage": torch.float64,
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}


class Placeholder:
    """Whatever a pickle names besides tensors: takes all that a pickle can do to an object, and does nothing."""

    def __new__(cls, *arguments, **options):
        return super().__new__(cls)

    def __init__(self, *arguments, **options):
        pass

    def __call__(self, *arguments):
        return self

    def __setitem__(self, key, value):
        pass

    def __setstate__(self, state):
        pass

    def append(self, value):
        pass

    def extend(self, values):
        pass


class Storage(NamedTuple):
    """A row of elements, by its name in the file."""

    dtype: torch.dtype
    key: str


class StoredTensor(NamedTuple):
    """A tensor whose elements are still in the file; offset and strides count elements."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]

    def view(self, data: torch.Tensor) -> torch.Tensor:
        """The tensor in its storage's bytes; refuses one that would leave or repeat them."""
        dtype = self.storage.dtype
        elements = (data.clone() if data.data_ptr() % dtype.itemsize else data).view(dtype)
        last = self.offset + sum((size - 1) * stride for size, stride in zip(self.size, self.stride, strict=True))
        count = math.prod(self.size)
        if count > len(elements) or count and last >= len(elements):
            raise ValueError("a tensor is larger than its storage")
        return elements.as_strided(self.size, self.stride, self.offset)


def rebuild_tensor(storage: Storage, offset: int, size: tuple, stride: tuple, *_) -> StoredTensor:
    return StoredTensor(storage, offset, size, stride)


def rebuild_parameter(tensor: StoredTensor, *_) -> StoredTensor:
    return tensor


FUNCTIONS = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor"): rebuild_tensor,
    ("torch._utils", "_rebuild_tensor_v2"): rebuild_tensor,
    ("torch._utils", "_rebuild_parameter"): rebuild_parameter,
    ("torch._utils", "_rebuild_parameter_with_state"): rebuild_parameter,
} | {("torch", name): dtype for name, dtype in DTYPES.items()}


class TensorUnpickler(pickle.Unpickler):
    """Runs a pickle with the functions above alone. Notes what else it named, and the types of storages."""

    def __init__(self, file: BinaryIO):
        super().__init__(file, encoding="utf-8", errors="replace")
        self.foreign: set[str] = set()
        self.dtypes: dict[str, torch.dtype] = {}

    def find_class(self, module: str, name: str):
        if (module, name) not in FUNCTIONS:
            self.foreign.add(f"{module}.{name}")
        return FUNCTIONS.get((module, name), Placeholder)

    def persistent_load(self, saved: tuple):
        if saved[0] != "storage":
            return Placeholder()
        _, dtype, key, _device, _length, *view = saved
        if any(view):
            raise ValueError("its storages are parts of others, as in files of PyTorch before 0.4")
        self.dtypes[key] = dtype
        return Storage(dtype, key)

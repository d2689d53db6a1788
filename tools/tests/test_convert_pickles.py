"""Pickled weights: tensors are taken in both of PyTorch's formats, and nothing that a file says is run."""

import os
import pickle
import re
import sys
import types
import zipfile

import pytest
import torch
from safetensors.torch import load_file, save_file

import convert
from conversion.files import load_tensors

FORMATS = {"archive": True, "row": False}
DTYPES = (
    torch.float64, torch.float32, torch.float16, torch.bfloat16,
    torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool,
)  # fmt: skip


def save(state, path, kind):
    torch.save(state, path, _use_new_zipfile_serialization=FORMATS[kind])


def generator(width=4):
    """The line-art generator's tensors: the smallest model that the converter knows."""
    shapes = {
        "model0.1": (width, 3, 7, 7),
        "model1.0": (2 * width, width, 3, 3),
        "model1.3": (4 * width, 2 * width, 3, 3),
        "model2.0.conv_block.1": (4 * width, 4 * width, 3, 3),
        "model2.0.conv_block.5": (4 * width, 4 * width, 3, 3),
        "model3.0": (4 * width, 2 * width, 3, 3),
        "model3.3": (2 * width, width, 3, 3),
        "model4.1": (1, width, 7, 7),
    }
    torch.manual_seed(0)
    tensors = {f"{name}.weight": torch.randn(shape) / shape[1] ** 0.5 for name, shape in shapes.items()}
    biases = {name: shape[1] if name.startswith("model3") else shape[0] for name, shape in shapes.items()}
    return tensors | {f"{name}.bias": torch.randn(count) for name, count in biases.items()}


def message(path, tmp_path):
    """What the program says of a file that it refuses: one line in its own words, and nothing is left over."""
    with pytest.raises(SystemExit) as exit:
        convert.main([str(path), str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
    assert re.fullmatch(rf"convert\.py: [^\n\x1b]*{path.name}[^\n\x1b]*\.", exit.value.code)
    assert not re.search("weights_only|WeightsUnpickler|torch.serialization", exit.value.code)
    return exit.value.code


@pytest.mark.parametrize("kind", FORMATS)
def test_tensors_are_those_that_pytorch_saved(tmp_path, kind):
    tensors = {str(dtype): torch.arange(-6, 6).to(dtype) for dtype in DTYPES}
    base = torch.rand(4, 6)
    tensors |= {
        "part": base[1:3, 2:5],
        "transposed": base.T,
        "parameter": torch.nn.Parameter(base),
        "scalar": torch.tensor(3.5),
        "empty": torch.zeros(0, 3),
    }
    save(tensors, tmp_path / "a.pt", kind)
    found = load_tensors(tmp_path / "a.pt")
    assert list(found) == list(tensors)
    assert all(found[name].dtype == value.dtype and torch.equal(found[name], value) for name, value in tensors.items())


@pytest.mark.parametrize("kind", FORMATS)
def test_state_of_a_module_and_names_that_lie_are_read(tmp_path, kind):
    module = torch.nn.Conv2d(3, 4, 3)
    save(module.state_dict(), tmp_path / "pickle.safetensors", kind)
    assert torch.equal(load_tensors(tmp_path / "pickle.safetensors")["weight"], module.weight)
    save_file(module.state_dict(), tmp_path / "tensors.ckpt")
    assert torch.equal(load_tensors(tmp_path / "tensors.ckpt")["weight"], module.weight)


@pytest.mark.parametrize("kind", FORMATS)
def test_classes_of_trainers_are_left_out(tmp_path, kind, monkeypatch, capsys):
    class Callback:
        """With all that a pickle does to an object: arguments, state, items of a list and of a dictionary."""

        def __reduce__(self):
            return (Callback, ("argument",), {"state": torch.zeros(2)}, iter([1, 2]), iter([("key", "value")]))

    Callback.__module__, Callback.__qualname__ = "trainer.callbacks", "Callback"
    for name in ("trainer", "trainer.callbacks"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    sys.modules["trainer.callbacks"].Callback = Callback
    tensors = generator()
    state = {"state_dict": tensors, "callbacks": {Callback: Callback()}, "optimizer": [{"lr": 1e-4}]}
    save(state, tmp_path / "a.ckpt", kind)
    monkeypatch.delitem(sys.modules, "trainer.callbacks")

    convert.main([str(tmp_path / "a.ckpt"), str(tmp_path / "out")])
    assert "trainer.callbacks.Callback" in capsys.readouterr().out
    found = load_file(tmp_path / "out" / "diffusion_pytorch_model.safetensors")
    assert all(torch.equal(found[name], value) for name, value in tensors.items())


class Attack:
    """Writes a file when it is unpickled by its own rules."""

    def __init__(self, marker):
        self.marker = str(marker)

    def __reduce__(self):
        return (os.system, (f"touch {self.marker}",))


@pytest.mark.parametrize("kind", FORMATS)
def test_programs_are_not_run(tmp_path, kind):
    marker = tmp_path / "ran"
    save({"state_dict": Attack(marker)}, tmp_path / "a.ckpt", kind)
    said = message(tmp_path / "a.ckpt", tmp_path)
    assert f"{os.system.__module__}.system" in said and "nothing in it is run" in said

    save({"state_dict": generator(), "more": Attack(marker)}, tmp_path / "b.ckpt", kind)
    convert.main([str(tmp_path / "b.ckpt"), str(tmp_path / "out")])
    assert not marker.exists()
    save({"state_dict": Attack(marker)}, tmp_path / "c.ckpt", kind)
    torch.load(tmp_path / "c.ckpt", weights_only=False)
    assert marker.exists(), "the attack is none"


@pytest.mark.parametrize(
    "program",
    [
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"cbuiltins\ngetattr\n(cbuiltins\n__import__\n(S'os'\ntRS'system'\ntR(S'true'\ntR.",
        b"ctorch\nFloatStorage\n(S'1'\ntR.",
        b"(I1\nI2\n",
        b"N.",
        b"\x80\x02]q\0(h\0h\0e.",
    ],
)
def test_hostile_pickles_are_refused(tmp_path, program):
    with zipfile.ZipFile(tmp_path / "a.pth", "w") as archive:
        archive.writestr("a/data.pkl", program)
    message(tmp_path / "a.pth", tmp_path)
    (tmp_path / "b.pth").write_bytes(pickle.dumps(0x1950A86A20F9469CFC6C, 2) + program)
    message(tmp_path / "b.pth", tmp_path)


def test_state_that_holds_itself_ends(tmp_path):
    state = {}
    state["state_dict"] = state
    torch.save(state, tmp_path / "a.ckpt")
    assert "holds no tensors" in message(tmp_path / "a.ckpt", tmp_path)


@pytest.mark.parametrize("size, stride", [((9,), (1,)), ((2, 2), (8, 1)), ((10**12,), (0,)), ((2,), (-1,))])
def test_tensors_stay_in_their_storage(tmp_path, size, stride):
    class Tensor:
        def __reduce__(self):
            storage = torch.storage.TypedStorage(8, dtype=torch.float32, _internal=True)
            return (torch._utils._rebuild_tensor_v2, (storage, 0, size, stride, False, {}))

    torch.save({"a": Tensor()}, tmp_path / "a.pth")
    message(tmp_path / "a.pth", tmp_path)


def test_compressed_archives_are_refused(tmp_path):
    torch.save(generator(), tmp_path / "whole.pth")
    with (
        zipfile.ZipFile(tmp_path / "whole.pth") as whole,
        zipfile.ZipFile(tmp_path / "a.pth", "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
    assert "compressed" in message(tmp_path / "a.pth", tmp_path)


@pytest.mark.parametrize("kind", [*FORMATS, "safetensors"])
@pytest.mark.parametrize("part", [0, 0.001, 0.01, 0.5, 0.999])
def test_damaged_files_are_named(tmp_path, kind, part):
    path = tmp_path / ("a.safetensors" if kind == "safetensors" else "a.pth")
    if kind == "safetensors":
        save_file(generator(), path)
    else:
        save(generator(), path, kind)
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content))])
    assert "damaged" in message(path, tmp_path)


@pytest.mark.parametrize("name", ["a.safetensors", "a.pth"])
@pytest.mark.parametrize("content", [b"\x08\0\0\0\0\0\0\0not json", b"not a header", b"<!DOCTYPE html>"])
def test_other_files_are_named(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert "damaged" in message(tmp_path / name, tmp_path)

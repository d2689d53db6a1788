#!/usr/bin/env python3
"""Converts the networks and operations of our benchmarks for OpenVINO, and keeps what came out.

    python tools/openvino_models.py unet/sd15/512/guided vae/decode/512 --precision int8

`benchmark_openvino.py` does so by itself, in a process that ends and gives its memory back; done beforehand, the
benchmark begins at once. A model lies in a folder whose name has the work and the versions of what made it.
"""

import argparse
import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmark_serving import NoSide

# Work of one network, called once, and operations with the number of operands that come anew in each run; the others
# are weights. What has several networks or loops in Python has no conversion.
NETWORKS = ["unet", "vae", "text", "adapter", "annotator", "sight"]
OPERATIONS = dict(linear=1, gated=1, conv2d=1, attention=2, groupNorm=1, layerNorm=1, silu=1, geglu=1)
OPERATIONS |= dict(add=2, concatenate=2, resize=1, transposed=1)
# Bytes of weights that cannot be held more than twice.
LARGE = 8 << 30
MAKERS = ["openvino", "torch", "diffusers", "transformers"]


def caches() -> Path:
    """The folder of all conversions."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "spolvero" / "openvino"


def location(name: str, precision: str, cache: Path) -> Path:
    """Where a work's model lies: one for all floating-point types, one for int8."""
    makers = [*MAKERS, "nncf"] if precision == "int8" else MAKERS
    versions = [f"{maker}-{importlib.metadata.version(maker).split('+')[0]}" for maker in makers]
    kind = ["int8"] if precision == "int8" else []
    return cache / "_".join([name.replace("/", "-"), *kind, *versions]) / "model.xml"


def model(name: str, precision: str, cache: Path) -> Path:
    """The path of a work's model, which is made if need be."""
    if name.split("/")[0] not in [*NETWORKS, *OPERATIONS]:
        raise NoSide(f"there is no OpenVINO side of '{name}'")
    path = location(name, precision, cache)
    if not path.exists():
        whole = model(name, "fp32", cache) if precision == "int8" else None
        print(f"making {path.parent}, which takes a while", file=sys.stderr, flush=True)
        unfinished = path.parent.with_name(path.parent.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        command = [sys.executable, __file__, "--into", unfinished / "model.xml"]
        subprocess.run([*command, *(["--quantize", whole] if whole else [name])], check=True, stdout=sys.stderr)
        unfinished.rename(path.parent)
    return path


def traced(name: str):
    """A module of one work whose inputs are tensors, one after the other, and examples of them."""
    import torch
    from torch.utils._pytree import tree_flatten, tree_unflatten

    from benchmark_workbench import Workbench

    class Caught(Exception):
        """The inputs of a network's call."""

    def catch(_network, inputs, told):
        raise Caught(inputs, told)

    class Flat(torch.nn.Module):
        """A network, or an operation with its weights."""

        def __init__(self, function, inputs: tuple, told: dict, weights: list):
            super().__init__()
            self.function = function
            leaves, self.tree = tree_flatten((inputs, told))
            self.constants = [None if isinstance(leaf, torch.Tensor) else leaf for leaf in leaves]
            self.places = [place for place, leaf in enumerate(leaves) if isinstance(leaf, torch.Tensor)]
            self.examples = tuple(leaves[place] for place in self.places)
            self.weights = torch.nn.ParameterList(weights)

        def forward(self, *tensors):
            leaves = list(self.constants)
            for place, tensor in zip(self.places, tensors, strict=True):
                leaves[place] = tensor
            inputs, told = tree_unflatten(leaves, self.tree)
            result = self.function(*inputs, *self.weights, **told)
            return tree_flatten(result)[0][0]

    torch.manual_seed(0)
    bench = Workbench()
    kind, *details = name.split("/")
    work = getattr(bench, kind)(*details)
    if kind in OPERATIONS:
        function, *operands = work
        fresh = OPERATIONS[kind]
        return Flat(function, tuple(operands[:fresh]), {}, operands[fresh:])
    network = bench.networks[0]
    hook = network.register_forward_pre_hook(catch, with_kwargs=True)
    try:
        work()
    except Caught as call:
        inputs, told = call.args
    hook.remove()
    return Flat(network, inputs, told, [])


def convert(name: str, path: Path) -> None:
    """Converts a work's module. Weights stay fp32: stored as fp16, OpenVINO would choose other kernels for them."""
    import openvino
    import torch

    module = traced(name)
    with torch.inference_mode():
        shapes = [list(example.shape) for example in module.examples]
        converted = openvino.convert_model(module, example_input=module.examples, input=shapes)
    openvino.save_model(converted, path, compress_to_fp16=False)


def samples(network) -> list:
    """Random numbers for each input of a model; whole ones count up, and one alone is a time."""
    import numpy

    random = numpy.random.default_rng(0)

    def sample(port) -> numpy.ndarray:
        shape = [int(extent) for extent in port.shape]
        if port.element_type.is_real():
            return random.standard_normal(shape).astype(port.element_type.to_dtype())
        counted = numpy.arange(1, 1 + numpy.prod(shape, dtype=int)) if shape else numpy.array(500)
        return counted.reshape(shape).astype(port.element_type.to_dtype())

    return [sample(port) for port in network.inputs]


def quantize_for(inputs: list, whole, balanced: bool = True):
    """Weights and activations of 8 bits, as NNCF quantises after training, calibrated by one call's inputs.

    A correction of biases takes hours and no time of a run; it is left out. SmoothQuant's balance between inputs and
    weights is one product for each input in a run.
    """
    import nncf

    advanced = nncf.AdvancedQuantizationParameters(disable_bias_correction=True)
    if not balanced:
        advanced.smooth_quant_alphas = nncf.AdvancedSmoothQuantParameters(convolution=-1, matmul=-1)
    return nncf.quantize(
        whole,
        nncf.Dataset([inputs]),
        model_type=nncf.ModelType.TRANSFORMER,
        subset_size=1,
        advanced_parameters=advanced,
    )


def quantize(whole: Path, path: Path) -> None:
    """Quantises for random numbers; large weights without SmoothQuant, which holds them several times over."""
    import openvino

    float_model = openvino.Core().read_model(whole)
    balanced = whole.with_suffix(".bin").stat().st_size <= LARGE
    openvino.save_model(quantize_for(samples(float_model), float_model, balanced), path, compress_to_fp16=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="benchmarks, as `benchmark --list` names them")
    parser.add_argument("--precision", choices=["fp32", "bf16", "fp16", "int8"], default="fp32")
    parser.add_argument("--cache", type=Path, default=caches(), help="the folder of conversions")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quantize", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.quantize:
        quantize(arguments.quantize, arguments.into)
    elif arguments.into:
        convert(arguments.names[0], arguments.into)
    else:
        for name in arguments.names:
            print(model(name, arguments.precision, arguments.cache))


if __name__ == "__main__":
    main()

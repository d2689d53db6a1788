#!/usr/bin/env python3
"""Does the work of our benchmarks in OpenVINO: the same networks and operations, converted from PyTorch.

`benchmark --compare openvino` starts it with --serve and asks for one run at a time, in turn with its own, as
`benchmark_serving.py` says. Alone, it times what it is asked for:

    python tools/benchmark_openvino.py unet/sd15/512/guided --precision int8 --samples 3

Of each precision every kind that the processor offers is a mode: 16 bits are bf16 and fp16, what stays of int8 networks
in floating point is bf16 or fp32, and int16, which OpenVINO has no products of, meets all kinds of floating point.
"""

from functools import partial
from pathlib import Path

import openvino
import psutil
from openvino import opset13

from benchmark_serving import enough, options, serve, show, stopwatch
from openvino_models import caches, model, samples

# What each mode rounds floating-point numbers to, as OpenVINO names it.
MODES = {
    "fp32": {"fp32": "f32"},
    "bf16": {"bf16": "bf16", "fp16": "f16"},
    "fp16": {"fp16": "f16"},
    "int16": {"bf16": "bf16", "fp16": "f16", "fp32": "f32"},
    "int8": {"int8, bf16": "bf16", "int8, fp32": "f32"},
}


def available_memory() -> int:
    """Bytes that the system would still give."""
    return psutil.virtual_memory().available


def taken(core: openvino.Core, kind: str) -> str:
    """What numbers the processor is given when told a kind, found with a model of nothing."""
    x = opset13.parameter([1])
    nothing = core.compile_model(openvino.Model([opset13.relu(x)], [x]), "CPU", {"INFERENCE_PRECISION_HINT": kind})
    return nothing.get_property("INFERENCE_PRECISION_HINT").to_string()


class Benchmark:
    """The work of one name, compiled for each mode of a precision."""

    def __init__(self, name: str, precision: str, threads: int | None, cache: Path):
        self.notes: list[str] = []
        self.requests: dict[str, openvino.InferRequest] = {}
        self.repeats: dict[str, int] = {}
        core = openvino.Core()
        path = model(name, precision, cache)
        network = core.read_model(path)
        settings = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1"}
        if threads:
            settings["INFERENCE_NUM_THREADS"] = threads
        for mode, kind in MODES[precision].items():
            if (instead := taken(core, kind)) != kind:
                self.notes.append(f"OpenVINO computes in {instead} here when told {kind}; '{mode}' is left out")
                continue
            # A mode has weights of its own, and while it is made those that they are made of.
            if self.repeats and available_memory() < path.with_suffix(".bin").stat().st_size + 2**31:
                self.notes.append(f"'{mode}' is left out, since memory does not suffice for it beside the others")
                continue
            compiled = core.compile_model(network, "CPU", settings | {"INFERENCE_PRECISION_HINT": kind})
            self.warm_up(mode, compiled, samples(network))
        self.modes = list(self.repeats)

    def warm_up(self, mode: str, compiled: openvino.CompiledModel, inputs: list) -> None:
        request = self.requests[mode] = compiled.create_infer_request()
        for index, value in enumerate(inputs):
            request.set_input_tensor(index, openvino.Tensor(value))
        self.once(mode)
        self.repeats[mode] = enough(self.once(mode))

    def once(self, mode: str, runs: int = 1) -> dict[str, float]:
        """What one run takes, the mean of some; results stay where they are."""
        request = self.requests[mode]

        def body() -> None:
            request.start_async()
            request.wait()

        return stopwatch(body, runs)

    def run(self, mode: str) -> dict[str, float]:
        return self.once(mode, self.repeats[mode])


def main() -> None:
    parser = options(__doc__.splitlines()[0])
    parser.add_argument("--device", choices=["cpu"], default="cpu")
    parser.add_argument("--cache", type=Path, default=caches(), help="the folder of conversions")
    arguments = parser.parse_args()
    version = openvino.__version__.split("-")[0]
    prepare = partial(Benchmark, precision=arguments.precision, threads=arguments.threads, cache=arguments.cache)
    if arguments.serve:
        serve(prepare, version)
    show(arguments.names, prepare, arguments.samples, f"OpenVINO {version}")


if __name__ == "__main__":
    main()

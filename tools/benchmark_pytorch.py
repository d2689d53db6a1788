#!/usr/bin/env python3
"""Does the work of our benchmarks in PyTorch: the same shapes and configurations, random weights, channels last.

`benchmark --compare pytorch` starts it with --serve and asks for one run at a time, in turn with its own, as
`benchmark_serving.py` says. Alone, it times what it is asked for:

    python tools/benchmark_pytorch.py unet/sd15/512/guided --precision bf16 --samples 3
"""

import warnings
from functools import partial

import torch

from benchmark_serving import NoSide, enough, options, serve, show, stopwatch
from benchmark_workbench import KINDS, Workbench

# It has no products of int16, which round as those of bf16 do.
TYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16, "int16": torch.bfloat16}


class Benchmark:
    """The work of one name, which can be run in several modes."""

    def __init__(self, name: str):
        kind, *details = name.split("/")
        if kind not in KINDS:
            raise NoSide(f"there is no PyTorch side of '{name}'")
        torch._dynamo.reset()
        self.bench = Workbench()
        work = getattr(self.bench, kind)(*details)
        function, operands = (work[0], work[1:]) if isinstance(work, tuple) else (work, ())
        self.bodies = {"eager": lambda: function(*operands)}
        if self.bench.networks:
            self.bodies["compiled"] = self.bodies["eager"]
        else:
            fused = torch.compile(function, dynamic=False)
            self.bodies["compiled"] = lambda: fused(*operands)
        self.repeats: dict[str, int] = {}
        self.notes: list[str] = []
        self.warm_up()
        self.modes = list(self.repeats)

    def warm_up(self) -> None:
        """Runs every mode for the first time; one that cannot be run is left out with a note."""
        for mode in self.bodies:
            try:
                self.once(mode)
                self.repeats[mode] = enough(self.once(mode))
            except Exception as error:  # Compilers fail in many ways.
                if mode == "eager":
                    raise
                reason = str(error).strip().splitlines() or [type(error).__name__]
                self.notes.append(f"PyTorch could not compile it: {reason[0]}")

    def once(self, mode: str, runs: int = 1) -> dict[str, float]:
        """What one run takes, the mean of some."""
        self.choose(mode)
        with torch.inference_mode():
            return stopwatch(self.bodies[mode], runs, finish)

    def choose(self, mode: str) -> None:
        """Networks are compiled in place, and keep what was compiled while they run eagerly."""
        for network in self.bench.networks:
            if mode == "eager":
                network._compiled_call_impl = None
            elif hasattr(network, "compiled_call"):
                network._compiled_call_impl = network.compiled_call
            else:
                network.compile(dynamic=getattr(network, "has_any_length", False))
                network.compiled_call = network._compiled_call_impl

    def run(self, mode: str) -> dict[str, float]:
        return self.once(mode, self.repeats[mode])


def finish() -> None:
    """Waits for what a graphics card still does."""
    if torch.get_default_device().type == "cuda":
        torch.cuda.synchronize()


def prepare(name: str, precision: str) -> Benchmark:
    if precision not in TYPES:
        raise NoSide(f"PyTorch itself has no {precision} networks on the CPU; compare with openvino")
    return Benchmark(name)


def main() -> None:
    parser = options(__doc__.splitlines()[0])
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    arguments = parser.parse_args()
    # What a compiler remarks about diffusers is nothing that a reader of times could change.
    warnings.simplefilter("ignore")
    torch.manual_seed(0)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.set_default_device(arguments.device)
    torch.set_default_dtype(TYPES.get(arguments.precision, torch.float32))
    version = torch.__version__.split("+")[0]
    make = partial(prepare, precision=arguments.precision)
    if arguments.serve:
        serve(make, version)
    show(arguments.names, make, arguments.samples, f"PyTorch {version}")


if __name__ == "__main__":
    main()

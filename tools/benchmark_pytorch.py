#!/usr/bin/env python3
"""Does the work of our benchmarks in PyTorch: the same shapes and configurations, random weights, channels last.

`benchmark --compare pytorch` starts it with --serve and asks for one run at a time, in turn with its own. Requests and
answers are lines of JSON on standard input and output:

    {"prepare": "linear/4096x320x2560"}  →  {"modes": ["eager", "compiled"], "notes": []}
    {"run": "eager"}                     →  {"seconds": 0.012}

Either answer may be {"error": "why not"}. Alone, it times what it is asked for:

    python tools/benchmark_pytorch.py unet/sd15/512/guided --precision bf16 --samples 3
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time
import warnings

import torch

from benchmark_workbench import KINDS, Workbench

LEAST_SECONDS = 0.02
PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Benchmark:
    """The work of one name, which can be run in several modes."""

    def __init__(self, name: str):
        kind, *details = name.split("/")
        if kind not in KINDS:
            raise ValueError(f"there is no PyTorch side of '{name}'")
        self.bench = Workbench()
        work = getattr(self.bench, kind)(*details)
        function, operands = (work[0], work[1:]) if isinstance(work, tuple) else (work, ())
        self.eager = lambda: function(*operands)
        if self.bench.networks:
            self.compiled = self.eager
        else:
            fused = torch.compile(function, dynamic=False)
            self.compiled = lambda: fused(*operands)
        self.repeats: dict[str, int] = {}
        self.notes: list[str] = []
        self.warm_up()

    def warm_up(self) -> None:
        """Runs every mode for the first time; one that cannot be run is left out with a note."""
        for mode in ("eager", "compiled"):
            try:
                self.once(mode)
                self.repeats[mode] = max(1, int(LEAST_SECONDS / max(self.once(mode), 1e-9)))
            except Exception as error:  # Compilers fail in many ways.
                if mode == "eager":
                    raise
                reason = str(error).strip().splitlines() or [type(error).__name__]
                self.notes.append(f"PyTorch could not compile it: {reason[0]}")

    def once(self, mode: str, repeats: int = 1) -> float:
        """Seconds of a run, the mean of some."""
        run = getattr(self, mode)
        self.choose(mode)
        with torch.inference_mode():
            start = time.perf_counter()
            for _ in range(repeats):
                run()
            if torch.get_default_device().type == "cuda":
                torch.cuda.synchronize()
            return (time.perf_counter() - start) / repeats

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

    def seconds(self, mode: str) -> float:
        return self.once(mode, self.repeats[mode])


def serve() -> None:
    """Answers requests until there are no more."""
    # Libraries print what they like; answers have the output to themselves.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    benchmark = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                benchmark = None
                gc.collect()
                torch._dynamo.reset()
                benchmark = Benchmark(request["prepare"])
                answer = {"modes": list(benchmark.repeats), "notes": benchmark.notes}
            else:
                answer = {"seconds": benchmark.seconds(request["run"])}
        except Exception as error:  # The parent says what happened.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="benchmarks, as `benchmark --list` names them")
    parser.add_argument("--precision", choices=PRECISIONS, default="fp32")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--threads", type=int, help="number of threads")
    parser.add_argument("--samples", type=int, default=3, help="runs of which the median is taken")
    parser.add_argument("--serve", action="store_true", help="answer requests on standard input")
    arguments = parser.parse_args()
    # What a compiler remarks about diffusers is nothing that a reader of times could change.
    warnings.simplefilter("ignore")
    torch.manual_seed(0)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.set_default_device(arguments.device)
    torch.set_default_dtype(PRECISIONS[arguments.precision])
    if arguments.serve:
        serve()
    for name in arguments.names:
        benchmark = Benchmark(name)
        for note in benchmark.notes:
            print(note, file=sys.stderr)
        for mode in benchmark.repeats:
            seconds = statistics.median(benchmark.seconds(mode) for _ in range(arguments.samples))
            print(f"{name:30} {seconds * 1e3:12.3f} ms  PyTorch {torch.__version__} {mode}", flush=True)


if __name__ == "__main__":
    main()

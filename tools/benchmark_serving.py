"""How `benchmark --compare` talks to the other side, a child process, and how both sides take the time.

Requests and answers are lines of JSON on standard input and output:

    {"prepare": "linear/4096x320x2560"}  →  {"modes": ["eager", "compiled"], "notes": [], "version": "2.13.0"}
    {"run": "eager"}                     →  {"seconds": 0.012, "processorSeconds": 0.024, "runs": 2}

Without modes, notes say why the peer has no such work. Either answer may be {"error": "why not"}.
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Protocol

LEAST_SECONDS = 0.02
PRECISIONS = ["fp32", "bf16", "fp16", "int16", "int8"]


class NoSide(Exception):
    """Why a peer has no such work."""


class Work(Protocol):
    """One benchmark's work, ready to be run in several modes, each of which has run before."""

    modes: list[str]
    # What a reader of times should know.
    notes: list[str]

    def run(self, mode: str) -> dict[str, float]:
        """Runs once, or several times where that is short, and says what one run took."""


def stopwatch(body: Callable[[], None], runs: int = 1, end: Callable[[], None] = lambda: None) -> dict[str, float]:
    """Seconds of a run, the mean of some with the end of all, and those of all threads of this process together."""
    start, busy = time.perf_counter(), time.process_time()
    for _ in range(runs):
        body()
    end()
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    return {"seconds": seconds / runs, "processorSeconds": processor / runs, "runs": runs}


def enough(once: dict[str, float]) -> int:
    """How many runs fill 20 ms together, of which one took as long as this."""
    return max(1, int(LEAST_SECONDS / max(once["seconds"], 1e-9)))


def serve(prepare: Callable[[str], Work], version: str) -> None:
    """Answers requests until there are no more."""
    # Libraries print what they like; answers have the output to themselves.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                work = None
                gc.collect()
                work = prepare(request["prepare"])
                answer = {"modes": work.modes, "notes": work.notes, "version": version}
            else:
                answer = work.run(request["run"])
        except NoSide as reason:
            answer = {"modes": [], "notes": [str(reason)], "version": version}
        except Exception as error:  # The parent says what happened.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def show(names: list[str], prepare: Callable[[str], Work], samples: int, title: str) -> None:
    """Prints the medians of some benchmarks."""
    for name in names:
        try:
            work = prepare(name)
        except NoSide as reason:
            print(reason, file=sys.stderr)
            continue
        for note in work.notes:
            print(note, file=sys.stderr)
        for mode in work.modes:
            runs = [work.run(mode) for _ in range(samples)]
            seconds, processor = (
                statistics.median(run[kind] for run in runs) for kind in ("seconds", "processorSeconds")
            )
            times = f"{seconds * 1e3:12.3f} ms {processor * 1e3:12.3f} ms of processors"
            print(f"{name:30} {times}  {title} {mode}", flush=True)


def options(description: str) -> argparse.ArgumentParser:
    """What every side can be told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("names", nargs="*", help="benchmarks, as `benchmark --list` names them")
    parser.add_argument("--precision", choices=PRECISIONS, default="fp32")
    parser.add_argument("--threads", type=int, help="number of threads")
    parser.add_argument("--samples", type=int, default=3, help="runs of which the median is taken")
    parser.add_argument("--serve", action="store_true", help="answer requests on standard input")
    return parser

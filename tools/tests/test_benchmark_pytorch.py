"""The requests that `benchmark --compare pytorch` sends, at sizes that take no time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "benchmark_pytorch.py"


def ask(*requests: dict, precision: str = "fp32") -> list[dict]:
    command = [sys.executable, SCRIPT, "--serve", "--threads", "1", "--precision", precision]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    answers = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in answers.splitlines()]


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_prepares_and_runs_each_mode(precision: str) -> None:
    names = ["linear/8x4x6", "gated/8x4x6", "conv2d/4x6x3x3/8/2", "attention/8x4x2/5", "groupNorm/2x4x4x32"]
    names += ["geglu/2x4x8"]
    prepared = ask(*({"prepare": name} for name in names), {"run": "eager"}, precision=precision)
    assert all("eager" in answer["modes"] for answer in prepared[:-1])
    assert all("compiled" in answer["modes"] or answer["notes"] for answer in prepared[:-1])
    assert prepared[-1]["seconds"] > 0


def test_says_what_it_cannot_do_and_goes_on() -> None:
    unknown, absent, prepared = ask({"prepare": "load/sd15"}, {"run": "eager"}, {"prepare": "add/2x4x8"})
    assert "load/sd15" in unknown["error"]
    assert "error" in absent
    assert "eager" in prepared["modes"]

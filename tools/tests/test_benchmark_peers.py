"""The requests that `benchmark --compare` sends, at sizes that take no time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[1]


def ask(peer: str, *requests: dict, precision: str = "fp32", cache: Path | None = None) -> list[dict]:
    script = TOOLS / f"benchmark_{peer}.py"
    command = [sys.executable, script, "--serve", "--threads", "1", "--precision", precision]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    environment = os.environ | ({"XDG_CACHE_HOME": str(cache)} if cache else {})
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


OPERATIONS = ["linear/8x4x6", "gated/8x4x6", "conv2d/4x6x3x3/8/2", "attention/8x4x2/5", "groupNorm/2x4x4x32"]
OPERATIONS += ["geglu/2x4x8"]


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_pytorch_prepares_and_runs_each_mode(precision: str) -> None:
    prepared = ask("pytorch", *({"prepare": name} for name in OPERATIONS), {"run": "eager"}, precision=precision)
    assert all("eager" in answer["modes"] for answer in prepared[:-1])
    assert all("compiled" in answer["modes"] or answer["notes"] for answer in prepared[:-1])
    assert all(prepared[-1][kind] > 0 for kind in ("seconds", "processorSeconds", "runs"))


def test_pytorch_says_what_it_cannot_do_and_goes_on() -> None:
    unknown, absent, prepared = ask("pytorch", {"prepare": "load/sd15"}, {"run": "eager"}, {"prepare": "add/2x4x8"})
    assert unknown["modes"] == [] and "load/sd15" in unknown["notes"][0]
    assert "error" in absent
    assert "eager" in prepared["modes"]


def test_pytorch_has_no_int8_and_says_so() -> None:
    [prepared] = ask("pytorch", {"prepare": "linear/8x4x6"}, precision="int8")
    assert prepared["modes"] == []
    assert "int8" in prepared["notes"][0]


@pytest.mark.parametrize("precision", ["fp32", "bf16", "int8"])
def test_openvino_converts_once_and_runs_each_mode(precision: str, tmp_path: Path) -> None:
    pytest.importorskip("openvino")
    pytest.importorskip("nncf")
    names = OPERATIONS if precision == "fp32" else OPERATIONS[:1]
    for _ in range(2):
        *prepared, ran = ask(
            "openvino",
            *({"prepare": name} for name in names),
            {"run": {"fp32": "fp32", "bf16": "bf16", "int8": "int8, fp32"}[precision]},
            precision=precision,
            cache=tmp_path,
        )
        # A processor may lack bf16; then the child says so.
        assert all(answer["modes"] or answer["notes"] for answer in prepared)
        assert precision == "bf16" or all(ran[kind] > 0 for kind in ("seconds", "processorSeconds", "runs"))
        folders = {folder: folder.stat().st_mtime for folder in (tmp_path / "spolvero/openvino").iterdir()}
        assert len(folders) == len(names) + (precision == "int8")
    assert all("openvino-" in folder.name and "torch-" in folder.name for folder in folders)


def test_openvino_says_what_has_no_conversion() -> None:
    pytest.importorskip("openvino")
    [unknown] = ask("openvino", {"prepare": "caption/blip-base/20"})
    assert unknown["modes"] == [] and "no OpenVINO side" in unknown["notes"][0]

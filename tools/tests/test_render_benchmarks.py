"""Tables of figures that two rivals and none were compared in."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "render_benchmarks.py"


def run(name: str, peer: str | None = None, ways: dict | None = None, **more) -> dict:
    line = dict(name=name, precision="bf16", device="CPU (2 threads)", seconds=2.0, processorSeconds=3.9, busy=False)
    line |= dict(gflops=700.0, gigabytesPerSecond=None, fractionOfPeak=0.8, peakBytes=2_200_000_000, peer=peer)
    line |= dict(peerSeconds=ways, ratio=min(ways.values()) / 2 if ways else None)
    return line | more


def script(*arguments: str | Path) -> str:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=True).stdout


def page(folder: Path, lines: list[dict], *options: str) -> list[str]:
    results = folder / "results.jsonl"
    results.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return script(results, *options).splitlines()


def render(folder: Path, lines: list[dict], *options: str) -> list[list[str]]:
    rows = [line for line in page(folder, lines, *options) if line.startswith("| `")]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


LINES = [
    run("unet/a", "pytorch", {"eager": 4.0, "compiled": 4.4}, peerVersion="2.13.0"),
    run("unet/a", "openvino", {"bf16": 2.2, "fp16": 1.8}, peerVersion="2026.4.1", busy=True),
    run("load"),
]


def test_names_the_best_rival_where_it_is_ahead(tmp_path: Path) -> None:
    compared, alone = render(tmp_path, LINES)
    assert compared[2:4] == ["2.00 s busy", "3.90 s"]
    assert compared[7:] == [
        "4.00 s eager, 4.40 s compiled",
        "1.80 s fp16, 2.20 s bf16",
        "OpenVINO 2026.4.1, fp16",
        "0.90 ×",
        "",
    ]
    assert alone[2] == "2.00 s" and alone[7:] == [""] * 5


def test_a_short_table_has_what_was_compared(tmp_path: Path) -> None:
    [row] = render(tmp_path, LINES, "--rivals")
    assert row[4:] == ["OpenVINO 2026.4.1, fp16", "1.80 s", "0.90 ×", "2.2 GB"]


def test_reads_lines_of_earlier_versions(tmp_path: Path) -> None:
    old = run("unet/a", "pytorch", {"eager": 4.0})
    for key in ("processorSeconds", "busy"):
        del old[key]
    [row] = render(tmp_path, [old])
    assert row[3] == "" and row[9] == "PyTorch, eager"


def test_keeps_machines_apart(tmp_path: Path) -> None:
    rows = render(tmp_path, [run("load", processor=name) for name in ("old", "new")])
    assert len(rows) == 2


def test_describes_machines_that_it_does_not_run_on(tmp_path: Path) -> None:
    described = {"processor": "old", "machine": {"L2 cache": "1 MiB", "System": "Linux"}}
    lines = page(tmp_path, [run("load", processor="old"), described, run("load", processor="new")])
    heading = lines.index("## CPU (2 threads), old")
    assert lines[heading + 2 : heading + 4] == ["- L2 cache: 1 MiB", "- System: Linux"]
    assert lines[lines.index("## CPU (2 threads), new") + 2].startswith("| benchmark")


def test_a_machine_describes_itself() -> None:
    line = json.loads(script("--machine"))
    assert "family" in line["processor"] and line["machine"]["System"].startswith("Linux")

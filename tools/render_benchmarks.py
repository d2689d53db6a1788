#!/usr/bin/env python3
"""Renders what `benchmark --json` printed, one object a line, as Markdown tables on standard output.

    python tools/render_benchmarks.py Benchmarks/Results/cpu.jsonl > Benchmarks/Results/cpu.md

A later line replaces an earlier one of the same benchmark, precision, device and peer.
"""

import argparse
import json
import platform
import subprocess
from pathlib import Path

COLUMNS = "| benchmark | type | time | rate | of peak | memory | PyTorch eager | compiled | PyTorch's best | OpenBLAS |"


def machine() -> str:
    """The processor and its caches as Linux describes them."""
    wanted = ("Model name", "CPU family", "Model", "CPU(s)", "Hypervisor vendor", "L1d cache", "L2 cache", "L3 cache")
    report = subprocess.run(["lscpu"], capture_output=True, text=True, check=True).stdout
    fields = dict(line.split(":", 1) for line in report.splitlines() if ":" in line)
    lines = [f"- {name}: {fields[name].strip()}" for name in wanted if name in fields]
    return "\n".join([*lines, f"- System: {platform.system()} {platform.release()}"])


def seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.3g} ms"


def times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f} ×"


def rate(line: dict) -> str:
    if line["gflops"] is not None:
        return f"{line['gflops']:.0f} GFLOP/s"
    return "" if line["gigabytesPerSecond"] is None else f"{line['gigabytesPerSecond']:.0f} GB/s"


def row(runs: dict[str | None, dict]) -> str:
    """A benchmark's row: our figures beside PyTorch's where there are both, since they were made in turn."""
    ours = runs.get("pytorch") or runs.get(None) or runs["openblas"]
    pytorch, openblas = runs.get("pytorch", {}), runs.get("openblas", {})
    ways = pytorch.get("peerSeconds") or {}
    share = ours["fractionOfPeak"]
    cells = [
        f"`{ours['name']}`",
        ours["precision"],
        seconds(ours["seconds"]),
        rate(ours),
        "" if share is None else f"{share:.0%}",
        f"{ours['peakBytes'] / 1e6:.0f} MB",
        seconds(ways.get("eager")),
        seconds(ways.get("compiled")),
        times(pytorch.get("ratio")),
        times(openblas.get("ratio")),
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path, help="what `benchmark --json` printed")
    devices: dict[str, dict[tuple[str, str], dict]] = {}
    for text in parser.parse_args().results.read_text().splitlines():
        line = json.loads(text)
        runs = devices.setdefault(line["device"], {}).setdefault((line["name"], line["precision"]), {})
        runs[line["peer"]] = line
    print("# Benchmarks on the CPU\n\nMade by `Benchmarks/run_cpu.sh`; `Benchmarks/README.md` says how. The last two")
    print("columns are a peer's time as a multiple of ours: more than 1 is faster here.\n")
    print(machine())
    for device, benchmarks in devices.items():
        print(f"\n## {device}\n\n{COLUMNS}\n|{'---|' * COLUMNS.count(' | ')}---|")
        for runs in benchmarks.values():
            print(row(runs))


if __name__ == "__main__":
    main()

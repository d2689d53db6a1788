#!/usr/bin/env python3
"""Renders what `benchmark --json` printed, one object a line, as Markdown tables on standard output.

    python tools/render_benchmarks.py Benchmarks/Results/cpu.jsonl > Benchmarks/Results/cpu.md
    python tools/render_benchmarks.py Benchmarks/Results/cpu.jsonl --rivals    # README's table
    python tools/render_benchmarks.py --machine >> Benchmarks/Results/cpu.jsonl    # what the page says of this machine

A later line replaces an earlier one of the same benchmark, precision, device and peer, or of the same machine.
"""

import argparse
import json
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path

TITLES = {"pytorch": "PyTorch", "openvino": "OpenVINO", "openblas": "OpenBLAS"}
COLUMNS = ["benchmark", "type", "time", "processors", "rate", "of peak", "memory", "PyTorch", "OpenVINO"]
COLUMNS += ["best rival", "ratio", "OpenBLAS"]
SHORT_COLUMNS = ["work", "precision", "Spolvero", "processors", "best rival", "its time", "ratio", "memory"]
INTRODUCTION = """# Benchmarks on the CPU

Made by `Benchmarks/run_cpu.sh` and `Benchmarks/run_rivals.sh`; `Benchmarks/README.md` says how. A ratio is a peer's
time as a multiple of ours in the same run: more than 1 is faster here, less than 1 is slower. The time is that of the
run beside the best rival, of its best way. `processors` are the seconds of all processors together; `busy` marks what
was measured while others kept the machine at work.
"""


def machine() -> dict[str, str | dict[str, str]]:
    """This processor and its caches as Linux describes them, as a line of results."""
    report = subprocess.run(["lscpu"], capture_output=True, text=True, check=True).stdout
    fields = {name: value.strip() for name, _, value in (line.partition(":") for line in report.splitlines())}
    processor = f"{fields['Model name']}, family {fields['CPU family']}, model {fields['Model']}"
    wanted = ("CPU(s)", "Hypervisor vendor", "L1d cache", "L2 cache", "L3 cache")
    system = {"System": f"{platform.system()} {platform.release()}"}
    return {"processor": processor, "machine": {name: fields[name] for name in wanted if name in fields} | system}


def description(machine: dict[str, str]) -> str:
    """What stands below a processor's name; nothing of one that no line describes."""
    return "".join(f"- {name}: {value}\n" for name, value in machine.items()) + ("\n" if machine else "")


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


def ways(line: dict | None) -> str:
    """A peer's times, each with the name of its way, the fastest first."""
    found = sorted(((line or {}).get("peerSeconds") or {}).items(), key=lambda way: way[1])
    return ", ".join(f"{seconds(time)} {way}" for way, time in found)


def best(runs: dict[str | None, dict]) -> dict | None:
    """The run beside the rival that comes nearest to us, or is furthest ahead."""
    compared = [run for peer, run in runs.items() if peer in ("pytorch", "openvino") and run["ratio"] is not None]
    return min(compared, key=lambda run: run["ratio"], default=None)


def rival(run: dict) -> str:
    """Who a run was compared with: name, version and way."""
    title = " ".join(filter(None, (TITLES[run["peer"]], run.get("peerVersion"))))
    return f"{title}, {min(run['peerSeconds'], key=run['peerSeconds'].get)}"


def ours(runs: dict[str | None, dict]) -> dict:
    """Our figures, where there are several those beside the best rival, since they were made in turn."""
    return best(runs) or runs.get(None) or next(iter(runs.values()))


def common(run: dict) -> dict[str, str]:
    """What both tables say of a run of ours, and of the rival beside it."""
    compared = run["peer"] in ("pytorch", "openvino") and run["ratio"] is not None
    return {
        "benchmark": f"`{run['name']}`",
        "type": run["precision"],
        "time": seconds(run["seconds"]) + (" busy" if run.get("busy") else ""),
        "processors": seconds(run.get("processorSeconds")),
        "memory": f"{run['peakBytes'] / 1e6:.0f} MB",
        "best rival": rival(run) if compared else "",
        "its time": seconds(min(run["peerSeconds"].values())) if compared else "",
        "ratio": times(run["ratio"]) if compared else "",
    }


def row(runs: dict[str | None, dict]) -> list[str]:
    """A benchmark's row of the long table."""
    run = ours(runs)
    share = run["fractionOfPeak"]
    cells = common(run) | {
        "rate": rate(run),
        "of peak": "" if share is None else f"{share:.0%}",
        "OpenBLAS": times(runs.get("openblas", {}).get("ratio")),
    }
    cells |= {TITLES[peer]: ways(runs.get(peer)) for peer in ("pytorch", "openvino")}
    return [cells[column] for column in COLUMNS]


def short_row(runs: dict[str | None, dict]) -> list[str]:
    """A benchmark's row of the short table."""
    run = ours(runs)
    cells = common(run)
    cells |= {"work": cells["benchmark"], "precision": cells["type"], "Spolvero": cells["time"]}
    cells["memory"] = f"{run['peakBytes'] / 1e9:.1f} GB"
    return [cells[column] for column in SHORT_COLUMNS]


def table(columns: list[str], rows: Iterable[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [columns, ["---"] * len(columns), *rows])


def read(results: Path) -> tuple[dict, dict]:
    """Runs by device and processor, by benchmark and precision, and by peer; and machines by processor."""
    devices: dict[tuple[str, str | None], dict[tuple[str, str], dict]] = {}
    machines: dict[str | None, dict[str, str]] = {}
    for text in results.read_text().splitlines():
        line = json.loads(text)
        if "machine" in line:
            machines[line["processor"]] = line["machine"]
            continue
        runs = devices.setdefault((line["device"], line.get("processor")), {}).setdefault(
            (line["name"], line["precision"]), {}
        )
        runs[line["peer"]] = line
    return devices, machines


def show(results: Path, only_rivals: bool) -> None:
    """Prints a table for each device."""
    if not only_rivals:
        print(INTRODUCTION)
    devices, machines = read(results)
    for (device, processor), benchmarks in devices.items():
        chosen = [runs for runs in benchmarks.values() if best(runs) or not only_rivals]
        if chosen:
            lines = table(SHORT_COLUMNS, map(short_row, chosen)) if only_rivals else table(COLUMNS, map(row, chosen))
            heading = ", ".join(filter(None, (device, processor)))
            print(f"## {heading}\n\n{description(machines.get(processor, {}))}{lines}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path, nargs="?", help="what `benchmark --json` printed")
    parser.add_argument("--rivals", action="store_true", help="only what rivals were compared in, as README has it")
    parser.add_argument("--machine", action="store_true", help="print the line that describes this machine")
    arguments = parser.parse_args()
    if arguments.machine:
        print(json.dumps(machine()))
    elif arguments.results:
        show(arguments.results, arguments.rivals)
    else:
        parser.error("name a file of results, or --machine")


if __name__ == "__main__":
    main()

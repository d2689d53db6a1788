"""Measures what a run costs beside denoising, and whether that grows with the number of images.

    python tools/measure_throughput.py ladder DATASET [--spolvero .build/release/spolvero] [--most 10000]
    python tools/measure_throughput.py resume DATASET [--spolvero …] [--most 100000]
    python tools/measure_throughput.py start DATASET [--spolvero …] [--most 100000]
    python tools/measure_throughput.py share DATASET [--spolvero …] [--model DIR] [--images 3] [--steps 30]

`ladder` paints 1, 10, 100, … images with a tiny model of random weights and prints, for each number, seconds an image,
the most memory, and the seconds that the same command takes when all is there; and what planning 100,000 images takes.
`resume` prints what it takes to look through a run of which all images, or all but a few, are there: the files of a few
that were painted, under the names and with the lines of many.
`start` gives the photographs of a VOC dataset so many names, and prints what it takes to plan a run of all of them, and
until its first image is there, before which each photograph is copied; and the same for a run that was stopped then.
`share` paints with Stable Diffusion 1.5 at 512 pixels (random weights of the real sizes, 6 GB in the temporary folder,
unless a model is named) and prints which part of an image's time the denoising steps take: of those that were taken,
and of thirty, since what lies beside them does not grow with their number. Both print Markdown and take the options of
`augment` too, such as --precision.
"""

import argparse
import hashlib
import itertools
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


class Measured:
    """A command's seconds, its most memory in bytes, and its events with the moments at which they came."""

    def __init__(self, command: list[str | Path]):
        start = time.monotonic()
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.events = []
        for line in process.stderr:
            event = json.loads(line)
            self.events.append((time.monotonic(), event))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command}: {self.events[-1:]}")
        self.seconds = time.monotonic() - start
        self.bytes = usage.ru_maxrss * 1024

    @property
    def finished(self) -> list[float]:
        """When each image was finished."""
        return [moment for moment, event in self.events if event.get("step") == 0]


def augment(options: argparse.Namespace, model: Path, *more: str | Path) -> list[str | Path]:
    return [
        options.spolvero, "augment", "--dataset", options.dataset, "--model", model, "--adapter", model / "adapter",
        "--progress", "json", "--json", *more, *options.more,
    ]  # fmt: skip


def synthesize(options: argparse.Namespace, architecture: str, folder: Path) -> Path:
    command = [options.spolvero, "synthesize", "--architecture", architecture, "-o", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def ladder(options: argparse.Namespace, folder: Path):
    model = synthesize(options, "tiny", folder / "tiny")
    print("| images | seconds an image | seconds before the first | most memory | all there: seconds | memory |")
    print("|---|---|---|---|---|---|")
    count = 1
    while count <= options.most:
        command = augment(
            options, model, "-o", folder / f"{count}", "--images", f"{count}", "--steps", "2", "--resolution", "64"
        )
        run, again = Measured(command), Measured(command)
        first, last = run.finished[0], run.finished[-1]
        each = f"{(last - first) / (count - 1):.4f}" if count > 1 else ""
        before = first - (last - run.seconds)
        print(
            f"| {count:,} | {each} | {before:.2f} | {run.bytes / 1e6:.0f} MB | {again.seconds:.2f} "
            f"| {again.bytes / 1e6:.0f} MB |",
            flush=True,
        )
        count *= 10
    plan = Measured(
        [options.spolvero, "plan", "--dataset", options.dataset, "--images", "100000", "--progress", "json", "--json"]
    )
    print(f"\nPlanning 100,000 images took {plan.seconds:.1f} s and {plan.bytes / 1e6:.0f} MB.")


SMALL = ["--steps", "1", "--guidance-scale", "1", "--resolution", "16", "--keep-painted-size"]


def resume(options: argparse.Namespace, folder: Path):
    model, few, many = synthesize(options, "tiny", folder / "tiny"), folder / "few", folder / "many"
    Measured(augment(options, model, "-o", few, "--copies", "1", *SMALL))
    lines = [line for line in ledger(few) if "image" in line]
    copies = options.most // len(lines)
    command = augment(options, model, "-o", many, "--copies", f"{copies}", *SMALL)
    begin(command, many)
    enlarge(few, lines, many, copies)
    print("| images | of which are painted | seconds | most memory |")
    print("|---|---|---|---|")
    for removed in (0, 10):
        for line in lines[:removed]:
            (many / line["image"]).unlink()
        run = Measured(command)
        print(f"| {copies * len(lines):,} | {removed} | {run.seconds:.1f} | {run.bytes / 1e6:.0f} MB |", flush=True)


def ledger(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]


def begin(command: list[str | Path], folder: Path) -> float:
    """Lets a run begin, and stops it as soon as it has painted an image; how many seconds that took."""
    before, beginning = painted(folder), time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while process.poll() is None and painted(folder) == before:
        time.sleep(0.05)
    seconds = time.monotonic() - beginning
    process.terminate()
    process.wait()
    return seconds


def painted(folder: Path) -> int:
    path = folder / "ledger.jsonl"
    return path.read_text().count('"image":') if path.exists() else 0


def enlarge(few: Path, lines: list[dict], many: Path, copies: int):
    """Gives a run the images of a small one, linked as often as it is to have them, and their lines."""
    # Its own first line says what its images share.
    setup = ledger(many)[0]
    with open(many / "ledger.jsonl", "w") as file:
        file.write(text(setup))
        for copy, line in itertools.product(range(1, copies + 1), lines):
            stem = line["source"]
            new = line | {"setup": setup["setup"], "copy": copy, "seed": seed(setup["settings"]["seed"], stem, copy)}
            for key in ("image", "mask", "instances"):
                if key in line:
                    new[key] = line[key].replace(f"{stem}_1.", f"{stem}_{copy}.")
                    (many / new[key]).unlink(missing_ok=True)
                    os.link(few / line[key], many / new[key])
            file.write(text(new))


def text(line: dict) -> str:
    return json.dumps(line, separators=(",", ":"), sort_keys=True, ensure_ascii=False) + "\n"


def seed(run: int, stem: str, copy: int) -> int:
    """The seed of an image: the first 53 bits of SHA-256 over the run's seed, the number of the image and the stem."""
    text = run.to_bytes(8, "big") + copy.to_bytes(8, "big") + stem.encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> 11


def start(options: argparse.Namespace, folder: Path):
    model = synthesize(options, "tiny", folder / "tiny")
    options.dataset = rename(options.dataset, folder / "dataset", options.most)
    plan = Measured([options.spolvero, "plan", "--dataset", options.dataset, "--progress", "json", "--json"])
    print("| photographs | planned: seconds | most memory | begun: seconds | begun again |\n|---|---|---|---|---|")
    command = augment(options, model, "-o", folder / "out", "--images", f"{options.most}", *SMALL)
    begun = [begin(command, folder / "out") for _ in range(2)]
    print(
        f"| {options.most:,} | {plan.seconds:.1f} | {plan.bytes / 1e6:.0f} MB | {begun[0]:.1f} | {begun[1]:.1f} |",
        flush=True,
    )


def rename(dataset: Path, folder: Path, count: int) -> Path:
    """A dataset of many photographs: copies of those of a small one."""
    files = [(path, dataset / "SegmentationClass" / f"{path.stem}.png") for path in (dataset / "JPEGImages").iterdir()]
    for part in ("JPEGImages", "SegmentationClass", "ImageSets/Segmentation"):
        (folder / part).mkdir(parents=True)
    stems = [f"photograph_{number:06}" for number in range(count)]
    for stem, (photograph, mask) in zip(stems, itertools.cycle(sorted(files)), strict=False):
        for path in (photograph, mask):
            shutil.copy(path, folder / path.parent.name / f"{stem}{path.suffix}")
    (folder / "ImageSets/Segmentation/train.txt").write_text("\n".join(stems) + "\n")
    return folder


def share(options: argparse.Namespace, folder: Path):
    model = options.model or synthesize(options, "sd15", folder / "sd15")
    run = Measured(
        augment(options, model, "-o", folder / "out", "--images", f"{options.images}", "--steps", f"{options.steps}")
    )
    steps = [(moment, event) for moment, event in run.events if event.get("step")]
    # Fast steps are not all told.
    laps = [
        (b - a) / (y["step"] - x["step"])
        for (a, x), (b, y) in itertools.pairwise(steps)
        if y["step"] > x["step"] and y["images"] == x["images"]
    ]
    if not laps or len(run.finished) < 2:
        raise SystemExit("the images were too fast or too few to tell steps apart: give more --images or --steps")
    step, taken = statistics.median(laps), steps[0][1]["steps"]
    # The first image waits for weights.
    each = statistics.median(b - a for a, b in itertools.pairwise(run.finished))
    beside = each - step * taken
    print("| an image | a step | steps | beside them | the steps' share | of thirty steps |\n|---|---|---|---|---|---|")
    print(
        f"| {each:.1f} s | {step:.2f} s | {taken} | {beside:.2f} s | {100 * step * taken / each:.1f} % "
        f"| {100 * step * 30 / (step * 30 + beside):.1f} % |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["ladder", "resume", "start", "share"])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--spolvero", type=Path, default=Path(".build/release/spolvero"))
    parser.add_argument("--most", type=int)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--images", type=int, default=3)
    parser.add_argument("--steps", type=int, default=30)
    # Further options are those of augment.
    options, options.more = parser.parse_known_args()
    options.most = options.most or {"ladder": 10_000, "resume": 100_000, "start": 100_000}.get(options.what)
    with tempfile.TemporaryDirectory() as folder:
        {"ladder": ladder, "resume": resume, "start": start, "share": share}[options.what](options, Path(folder))


if __name__ == "__main__":
    main()

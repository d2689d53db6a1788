"""What does less work cost? Seconds of every way to paint beside what its pictures are worth.

    cd LittleWorld
    python -m experiment.quality --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

Held-out scenes are repainted on their line art in every mode, from the same noise as in fp32. What is measured stays
in `DIR/quality.jsonl`, a line for each mode, and is not measured again; with `--only TEXT` the modes with this in
their names are, and all others stay as they are. Writes Benchmarks/Results/quality.md and Weights/sheets/quality.jpg.
Times mean something on an idle machine alone.
"""

import json
import resource
import shutil
import subprocess
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from . import command
from .arms import LINEART
from .datasets import GUIDANCE, SIDE, Studio, stems
from .fidelity import frechet
from .quality_page import page, sheet

SCENES = 200
STEPS = 30
RESAMPLINGS = 100
MODES = {
    "fp32": "--precision fp32",
    "fp32, other noise": "--precision fp32 --seed 1",
    "bf16": "--precision bf16",
    "int16": "--precision int16",
    "int8": "--precision int8",
    "guidance 0.1...0.9": "--precision fp32 --guidance-interval 0.1...0.9",
    "guidance 0.2...0.8": "--precision fp32 --guidance-interval 0.2...0.8",
    "guidance 0...0.6": "--precision fp32 --guidance-interval 0...0.6",
    "deep features every 2nd step": "--precision fp32 --reuse-deep-features 2",
    "deep features every 3rd step": "--precision fp32 --reuse-deep-features 3",
    "20 steps": "--precision fp32 --steps 20",
    "15 steps": "--precision fp32 --steps 15",
    "10 steps": "--precision fp32 --steps 10",
    "bf16, 15 steps": "--precision bf16 --steps 15",
    "bf16, 15 steps, guidance 0.2...0.8": "--precision bf16 --steps 15 --guidance-interval 0.2...0.8",
}
"""Options of `spolvero augment` beside those of all modes."""
REFERENCE = next(iter(MODES))


class Gallery:
    """The pictures of the modes, and what is known of them."""

    def __init__(self, studio: Studio, scenes: int):
        self.studio, self.originals = studio, studio.validation(scenes)
        self.path = studio.root / "quality.jsonl"
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        self.rows = {row["mode"]: row for row in map(json.loads, lines) if row["scenes"] == scenes}
        self.stems = stems(self.originals, "val")

    def folder(self, mode: str) -> Path:
        return self.studio.root / "quality" / mode.replace(" ", "-")

    def paint(self, mode: str) -> dict[str, float]:
        """Paints a mode's pictures; seconds and the processors' seconds for each, loading included."""
        folder = self.folder(mode)
        shutil.rmtree(folder, ignore_errors=True)
        words = ["augment", "--dataset", self.originals, "--split", "val", "--copies", 1, "--output", folder]
        words += ["--captions", self.originals / "captions.jsonl", "--resolution", SIDE, "--batch-size", 8]
        words += ["--cfg-scale", GUIDANCE, "--scheduler", "dpmpp-2m", "--model", self.studio.weights]
        options = MODES[mode] if "--steps" in MODES[mode] else f"{MODES[mode]} --steps {STEPS}"
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        self.studio.run(*words, *LINEART.format(self.studio.weights).split(), *options.split())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        count = len(self.stems)
        return {"seconds": (time.monotonic() - start) / count, "processor_seconds": processors / count}

    def measure(self, mode: str) -> None:
        """Adds what is known of a mode, each picture's scores included."""
        times = self.paint(mode)
        scores = self.scores(self.folder(mode))
        row = {"mode": mode, "options": MODES[mode], "scenes": len(self.stems)} | times | scores
        self.rows[mode] = row
        self.path.write_text("".join(json.dumps(each) + "\n" for each in self.rows.values()))
        print(f"{times['seconds']:6.3f} s  {mode}", flush=True)

    def scores(self, folder: Path) -> dict[str, list[float]]:
        """Each picture's agreement with its mask in percent, and its CLIPScore."""
        weights = self.studio.weights
        line = [self.studio.spolvero, "score", folder, "--json", "--device", "cpu"]
        line += ["--segmenter", f"{weights}-segmenter", "--clip", f"{weights}-clip"]
        told = json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)
        agreement = {each["image"]: 100 * each["meanIoU"] for each in told["agreement"]["each"]}
        clip = {each["image"]: each["score"] for each in told["clipScore"]["each"]}
        return {
            "agreement": [agreement[name] for name in sorted(agreement)],
            "clip": [clip[name] for name in sorted(clip)],
        }

    def directions(self, folder: Path, ending: str) -> torch.Tensor:
        """Where CLIP's embeddings of pictures point, `[N, 64]`."""
        path = folder / f"embeddings{ending}.safetensors"
        if not path.exists():
            files = [folder / f"JPEGImages/{stem}{ending}.jpg" for stem in self.stems]
            self.studio.run("embed", "--model", f"{self.studio.weights}-clip", "--image", *files, "--output", path)
        return torch.nn.functional.normalize(load_file(path)["image_embeds"].double(), dim=1)


def spread_of_share(found: torch.Tensor, first: torch.Tensor) -> tuple[float, float]:
    """Change of a mean in percent, and its standard error over pairs."""
    mean = first.mean()
    differences = (found - first) / mean * 100
    return float(differences.mean()), float(differences.std() / len(first) ** 0.5)


def change_of_distance(real: torch.Tensor, found: torch.Tensor, first: torch.Tensor) -> tuple[float, float]:
    """Change of a Fréchet distance in percent, and its standard deviation over resampled scenes."""

    def change(scenes: torch.Tensor) -> float:
        return 100 * (frechet(real[scenes], found[scenes]) / frechet(real[scenes], first[scenes]) - 1)

    generator = torch.Generator().manual_seed(0)
    count = len(real)
    drawn = [change(torch.randint(count, (count,), generator=generator)) for _ in range(RESAMPLINGS)]
    return change(torch.arange(count)), float(torch.tensor(drawn).std())


def judged(gallery: Gallery) -> list[dict]:
    """The table's rows: each mode's numbers and changes against fp32."""
    real = gallery.directions(gallery.originals, "")
    first = gallery.rows[REFERENCE]
    first_directions = gallery.directions(gallery.folder(REFERENCE), "_1")
    rows = []
    for mode in (mode for mode in MODES if mode in gallery.rows):
        row, directions = gallery.rows[mode], gallery.directions(gallery.folder(mode), "_1")
        measures = {key: torch.tensor(row[key], dtype=torch.double) for key in ("agreement", "clip")}
        changes = {
            key: spread_of_share(value, torch.tensor(first[key], dtype=torch.double)) for key, value in measures.items()
        }
        changes["distance"] = change_of_distance(real, directions, first_directions)
        means = {key: float(value.mean()) for key, value in measures.items()}
        means["distance"] = 100 * frechet(real, directions)
        times = {key: row[key] for key in ("seconds", "processor_seconds")}
        rows.append(
            {"mode": mode, "means": means, "changes": changes, "speed": first["seconds"] / row["seconds"]} | times
        )
    return rows


def main() -> None:
    parser = command.make_parser(__doc__, STEPS)
    parser.add_argument("--only", action="append", default=[], metavar="TEXT", help="modes with this in their names")
    parser.add_argument("--skip", action="append", default=[], metavar="TEXT", help="none with this in their names")
    parser.add_argument("--scenes", type=int, default=SCENES, help="pictures of each mode")
    arguments = parser.parse_args()
    gallery = Gallery(command.make_studio(arguments), arguments.scenes)
    for mode in chosen(gallery, arguments.only, arguments.skip):
        gallery.measure(mode)
    rows = judged(gallery)
    page(rows, arguments.spolvero, arguments.scenes, RESAMPLINGS)
    sheet(gallery, [row["mode"] for row in rows])


def chosen(gallery: Gallery, only: list[str], skip: list[str]) -> list[str]:
    """Those that were asked for or, without that, are not measured yet; fp32 too, if it is not."""

    def is_named(mode: str, texts: list[str]) -> bool:
        return any(text in mode for text in texts)

    known = gallery.rows
    named = [
        mode for mode in MODES if (is_named(mode, only) if only else mode not in known) and not is_named(mode, skip)
    ]
    return named if REFERENCE in named or REFERENCE in known else [REFERENCE, *named]


if __name__ == "__main__":
    main()

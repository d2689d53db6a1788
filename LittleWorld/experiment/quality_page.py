"""Writes what `experiment.quality` found: a table, and pictures side by side."""

from pathlib import Path

from PIL import Image, ImageDraw

from .datasets import SIDE
from .report import made_with

RESULTS = Path(__file__).resolve().parents[2] / "Benchmarks/Results/quality.md"
SHEET = Path(__file__).resolve().parents[2] / "Weights/sheets/quality.jpg"
BOUND = 2.0
"""Percent that a mode may lose."""
SHOWN, LINE, QUALITY = 5, 12, 75
HEAD = """# What less work costs
Made by `python -m experiment.quality` in `LittleWorld`: {scenes} held-out scenes of the little world, repainted on
their line art by `spolvero augment` with the model in the box, guidance 4, DPM++ 2M, 30 steps where nothing else is
said, each mode from the same noise. Seconds are those of the whole run, for each picture, with the ratio to fp32's;
processor seconds are those of all threads. Agreement is how far the segmenter in the box finds the masks' classes,
the mean of the pictures' mIoU in percent, CLIPScore and the Fréchet distance (times 100, of the embeddings'
directions, to the scenes themselves) are by the CLIP in the box. What follows ± is the standard error of the change
to fp32: over the scenes, of which both have the same, and for the distance over {resamplings} resamplings of them.
`fp32, other noise` is fp32 once more from another seed: a mode that differs no more than this one is as good as fp32,
as far as this can be measured.

A mode passes where agreement falls and the distance grows by no more than {bound:g} %; `?` stands beside a verdict
whose bound lies within the standard error.
"""
COLUMNS = "| mode | s | ratio | processor s | agreement | change | Fréchet distance | change | CLIPScore | change | |"


def verdict(changes: dict[str, tuple[float, float]]) -> str:
    """Whether a mode loses no more than it may, and whether that is certain."""
    losses = [(-changes["agreement"][0], changes["agreement"][1]), changes["distance"]]
    margins = [BOUND - loss for loss, _ in losses]
    passes = min(margins) >= 0
    # What decides: any bound that is nearly met or, of a failure, the one that is missed most clearly.
    ratios = [margin / max(error, 1e-9) for margin, (_, error) in zip(margins, losses, strict=True)]
    return ("passes" if passes else "fails") + (" ?" if abs(min(ratios)) < 1 else "")


def line(row: dict, is_first: bool) -> str:
    means, changes = row["means"], row["changes"]
    cells = [row["mode"], f"{row['seconds']:.3f}", f"{row['speed']:.2f}", f"{row['processor_seconds']:.3f}"]
    for key in ("agreement", "distance", "clip"):
        change, error = changes[key]
        cells += [f"{means[key]:.2f}", "" if is_first else f"{change:+.1f} ± {error:.1f}"]
    return "| " + " | ".join([*cells, "" if is_first else verdict(changes)]) + " |"


def page(rows: list[dict], spolvero: Path, scenes: int, resamplings: int) -> None:
    """Writes the table; fp32 comes first."""
    text = [
        HEAD.format(scenes=scenes, bound=BOUND, resamplings=resamplings),
        f"{made_with(spolvero)}\n",
        COLUMNS,
        "|---" * (COLUMNS.count("|") - 1) + "|",
        *(line(row, index == 0) for index, row in enumerate(rows)),
        "\n![The same scenes in every mode](../../Weights/sheets/quality.jpg)",
    ]
    RESULTS.write_text("\n".join(text) + "\n")
    print(RESULTS.read_text())


def heading(label: str) -> str:
    """A mode's name in lines that a column is wide enough for."""
    return label.replace(", ", ",\n").replace("guidance ", "guidance\n").replace("features ", "features\n")


def sheet(gallery, modes: list[str]) -> None:
    """Photographs and what every mode makes of them, a row for each scene."""
    names = gallery.stems[:SHOWN]
    columns = [("photograph", gallery.originals, ""), *((mode, gallery.folder(mode), "_1") for mode in modes)]
    headings = [heading(label) for label, _, _ in columns]
    top = 2 + LINE * max(words.count("\n") + 1 for words in headings)
    image = Image.new("RGB", (len(columns) * SIDE, top + len(names) * SIDE), "white")
    draw = ImageDraw.Draw(image)
    for x, (words, (_, folder, ending)) in enumerate(zip(headings, columns, strict=True)):
        draw.multiline_text((x * SIDE + 2, 1), words, "black", font_size=9, spacing=1)
        for y, stem in enumerate(names):
            with Image.open(folder / f"JPEGImages/{stem}{ending}.jpg") as picture:
                image.paste(picture, (x * SIDE, top + y * SIDE))
    image.save(SHEET, quality=QUALITY, optimize=True)

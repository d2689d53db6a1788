#!/usr/bin/env python3
"""Draws `Weights/demo/priors.png`, the picture in the README: what guides a repainting, from `spolvero prior`.

    python tools/priors_figure.py .build/release/spolvero
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

DEMO = Path(__file__).resolve().parents[1] / "Weights" / "demo"
STEM, SIDE, GAP = "astronaut", 256, 6


def main(spolvero: str) -> None:
    photograph, mask = DEMO / "JPEGImages" / f"{STEM}.jpg", DEMO / "SegmentationClass" / f"{STEM}.png"
    with tempfile.TemporaryDirectory() as folder:
        command = [spolvero, "prior", "--image", photograph, "--mask", mask, "--resolution", str(SIDE), "-o", folder]
        subprocess.run(command, check=True)
        priors = [Image.open(Path(folder) / f"{STEM}_{kind}.png").convert("RGB") for kind in ("image", "label", "blend")]
    labels = Image.open(mask).convert("RGB").resize((SIDE, SIDE), Image.Resampling.NEAREST)
    panels = [Image.open(photograph).convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS), labels, *priors]
    strip = Image.new("RGB", (len(panels) * (SIDE + GAP) - GAP, SIDE), "white")
    for index, panel in enumerate(panels):
        strip.paste(panel, (index * (SIDE + GAP), 0))
    # 96 colours keep the file small; the outlines are few greys and stay as they are.
    strip.quantize(96, dither=Image.Dither.NONE).save(DEMO / "priors.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])

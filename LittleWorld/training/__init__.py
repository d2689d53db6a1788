"""Trains the model in the box on the little world: see README.md."""

import sys
from pathlib import Path

# The tokenizer is written, and the line-art network named, as the tools do it.
sys.path.append(str(Path(__file__).resolve().parents[2] / "tools"))

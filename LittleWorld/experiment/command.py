"""What every experiment asks of the command line."""

import argparse
from pathlib import Path

from .datasets import Studio


def make_parser(description: str, steps: int = 25) -> argparse.ArgumentParser:
    """A parser with what a studio needs, which paints in so many `steps` unless told otherwise."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="folder for datasets and results")
    parser.add_argument("--weights", type=Path, required=True, metavar="DIR", help="the model in the box")
    parser.add_argument("--spolvero", type=Path, required=True, metavar="PROGRAM")
    parser.add_argument("--steps", type=int, default=steps, help="denoising steps of a generated picture")
    return parser


def make_studio(arguments: argparse.Namespace) -> Studio:
    arguments.work.mkdir(parents=True, exist_ok=True)
    return Studio(arguments.work, arguments.spolvero, arguments.weights, arguments.steps)

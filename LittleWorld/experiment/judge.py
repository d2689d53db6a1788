"""A segmenter that has seen drawn scenes only: where it finds the classes of a mask, a picture follows the mask."""

import torch
from torch import nn

from training.loop import save_atomically

from . import segmenter
from .arms import Arm
from .datasets import Studio, read


def drawn_scenes(studio: Studio, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Images and masks that a judge learns from."""
    return read(*studio.training(Arm(count)))


def make_judge(studio: Studio, scenes: int, steps: int) -> nn.Module:
    """A judge that has learnt from so many scenes in so many steps; trained once, and kept."""
    path = studio.root / f"judge-{scenes}-{steps}.pt"
    if not path.exists():
        trained = segmenter.train(*drawn_scenes(studio, scenes), seed=0, steps=steps)
        save_atomically(trained.state_dict(), path)
    model = segmenter.make_segmenter()
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()

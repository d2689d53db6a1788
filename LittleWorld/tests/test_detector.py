"""Tests of the instance segmenter's own parts; it is trained for two steps only."""

import numpy as np
import torch

from experiment import detector
from experiment.detector import COARSE, FINE, LAYERS, cut_out, dice, distinct, middles, runs, told
from littleworld import CLASSES

KNOWN = torch.tensor(list(CLASSES.values()))


def labels() -> torch.Tensor:
    """A person and a cat that touches the rim, and a scene with neither, `[2, 2, 40, 40]`."""
    both = torch.zeros(2, 2, 40, 40, dtype=torch.uint8)
    both[0, :, 5:15, 6:10] = torch.tensor([15, 1])[:, None, None]
    both[0, :, 20:, 20:30] = torch.tensor([8, 2])[:, None, None]
    both[0, :, 0:2, 0:2] = torch.tensor([7, 3])[:, None, None]  # too small to learn from
    return both


def test_objects_are_told_by_number_with_their_classes_and_middles() -> None:
    inside, indices, present = told(labels(), 4, KNOWN)
    assert present.tolist() == [[1, 1, 0, 0], [0, 0, 0, 0]]
    assert KNOWN[indices[0, :2]].tolist() == [15, 8]
    assert inside.sum((2, 3))[0].tolist() == [40, 200, 4, 0]
    rows, columns = middles(inside)
    assert (rows[0, :2] * COARSE).tolist() == [8, 28] and (columns[0, :2] * COARSE).tolist() == [8, 24]


def test_an_object_is_cut_out_by_the_weights_at_its_middle() -> None:
    # The first layer passes on how far down a pixel is, and the others that; so what lies below the middle is inside.
    weights = [torch.zeros(outer, inner + 1) for inner, outer in LAYERS]
    weights[0][0, -3] = 1  # of the features and two distances, the last column being the bias
    weights[1][0, 0] = weights[2][0, 0] = 1
    flat = torch.cat([torch.cat([each[:, :-1].flatten(), each[:, -1]]) for each in weights])
    rows = columns = torch.tensor([[1]])
    mask = cut_out(flat[None, None], rows, columns, torch.zeros(1, 8, 16, 16))[0, 0]
    middle = (1 + 0.5) * COARSE / FINE
    assert (mask[: int(middle)] <= 0).all() and (mask[int(middle) + 1 :] > 0).all()


def test_masks_that_agree_have_no_distance() -> None:
    wanted = told(labels(), 2, KNOWN)[0]
    assert dice(wanted, wanted)[0].abs().max() < 1e-4
    assert dice(1 - wanted, wanted)[0].min() > 0.99


def test_of_masks_that_lie_on_each_other_the_surest_is_kept() -> None:
    inside = told(labels(), 2, KNOWN)[0][0].bool()
    sure, indices = torch.tensor([0.5, 0.9, 0.7, 0.6]), torch.tensor([0, 1, 0, 1])
    kept = distinct(sure, indices, inside[[0, 1, 0, 0]])
    ids = list(CLASSES.values())
    assert [(index, round(score, 1)) for index, score, _ in kept] == [(ids[1], 0.9), (ids[0], 0.7), (ids[1], 0.6)]


def test_runs_go_down_the_columns_and_begin_with_what_is_outside() -> None:
    mask = np.array([[1, 0, 0], [1, 1, 0]], bool)
    assert runs(mask) == {"size": [2, 3], "counts": [0, 2, 1, 1, 2]}
    assert runs(~mask) == {"size": [2, 3], "counts": [2, 1, 1, 2]}
    assert runs(np.zeros((2, 3), bool)) == {"size": [2, 3], "counts": [6]}


def test_a_detector_learns_and_says_what_it_finds_in_cocos_format(monkeypatch) -> None:
    images, ids = torch.zeros(2, 3, 96, 96), torch.zeros(2, 2, 96, 96, dtype=torch.uint8)
    ids[:, :, :40, :40] = labels()
    model = detector.train(images, ids, seed=0, steps=2)
    monkeypatch.setattr(detector, "LEAST_SURE", 0.0)
    found = detector.results(model, images, ["val_000003", "val_000011"])
    assert {each["image_id"] for each in found} <= {3, 11}
    assert all(each["category_id"] in CLASSES.values() for each in found)
    assert all(sum(each["segmentation"]["counts"]) == 96**2 for each in found)

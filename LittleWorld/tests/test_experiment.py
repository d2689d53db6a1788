"""Tests of the experiment's own parts; nothing is trained."""

from pathlib import Path

import numpy as np
import pytest
import torch

from experiment import datasets, report, segmenter
from experiment.__main__ import REPORT, Results
from experiment.arms import TABLES, Arm, arms_of, tables
from experiment.fidelity import frechet
from experiment.fit import COPIES, agreement, correlations, medians, spearman
from experiment.following import FORMS
from littleworld import CLASSES


class Oracle(torch.nn.Module):
    """Finds what it was told: the class in the first channel."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.one_hot(images[:, 0].long(), segmenter.OUTPUTS).permute(0, 3, 1, 2).float()


def every_class() -> torch.Tensor:
    """Masks `[N, 4, 4]` of a single class each, the background first."""
    return torch.tensor([0, *CLASSES.values()])[:, None, None].repeat(1, 4, 4)


def test_mean_iou_counts_every_class_alike_and_no_border() -> None:
    masks = every_class()
    images = masks[:, None].repeat(1, 3, 1, 1).float()
    masks[:, 0] = segmenter.BORDER
    images[:, :, 0] = 0
    assert segmenter.mean_iou(Oracle(), images, masks) == 100
    images[-1] = 0  # the last class is taken for background: half of what is called so is background
    expected = 100 * (len(masks) - 2 + 0.5) / len(masks)
    assert segmenter.mean_iou(Oracle(), images, masks) == pytest.approx(expected)


def test_mirrors_and_crops_masks_with_their_pictures() -> None:
    torch.manual_seed(0)
    places = torch.arange(datasets.SIDE**2).reshape(1, datasets.SIDE, datasets.SIDE).repeat(8, 1, 1)
    images = (places / datasets.SIDE**2 - 0.5)[:, None].repeat(1, 3, 1, 1)
    seen, masks = segmenter.augmented(images, places)
    assert masks.shape == (8, segmenter.CROP, segmenter.CROP)
    assert {bool(mask[0, 0] < mask[0, 1]) for mask in masks} == {True, False}
    for image, mask in zip(seen, masks, strict=True):
        # Light changes a picture's values, not their order along a row.
        assert (image[0].diff(dim=1).sign() * mask.diff(dim=1).sign() >= 0).all()


def test_epochs_have_equal_shares_of_the_steps(monkeypatch) -> None:
    seen = []

    def noted(images: torch.Tensor, masks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen.append(set(masks[:, 0, 0].tolist()))
        return images, masks

    monkeypatch.setattr(segmenter, "augmented", noted)
    images, masks = torch.zeros(6, 3, 64, 64), torch.arange(6)[:, None, None].repeat(1, 64, 64)
    segmenter.train(images, masks, seed=0, steps=4, epochs=[torch.tensor([0, 1]), torch.tensor([5])])
    assert seen[0] | seen[1] == {0, 1} and seen[2] == seen[3] == {5}


def test_results_go_on_where_they_were_stopped_and_are_in_the_order_of_seeds(tmp_path: Path) -> None:
    first, second = Arm(60), Arm(240)
    results = Results(tmp_path / "results.jsonl")
    for arm, seed, value in ((first, 2, 3.0), (second, 0, 7.0), (first, 0, 1.0), (first, 1, 2.0)):
        results.add(arm, seed, value, f"machine {seed}")
    again = Results(tmp_path / "results.jsonl")
    assert again.of(first) == results.of(first) == [1, 2, 3]
    assert again.of(second) == [7]
    assert again.machines([second]) == results.machines([second]) == ["machine 0"]
    assert again.machines([first, second]) == ["machine 0", "machine 1", "machine 2"]


def test_differences_are_taken_seed_by_seed() -> None:
    assert report.row("more", [2, 4, 6], [1, 3, 5]) == "| more | 4.0 ± 2.0 | +1.0 ± 0.0 | 3 |"
    assert report.row("none", [1, 3, 5], [1, 3, 5]) == "| none | 3.0 ± 2.0 |  | 3 |"


def test_every_arm_has_a_name_of_its_own_and_a_place_in_a_table() -> None:
    arms = arms_of(TABLES)
    assert len({arm.name for arm in arms}) == len(arms)
    text = report.text(report.sections(TABLES, lambda arm: [1.0, 2.0], "0"))
    assert all(f"| {label} |" in text for rows in TABLES.values() for label in rows)


def test_tables_that_are_not_made_again_stay_as_they_are() -> None:
    before = report.text(report.sections(TABLES, lambda arm: [1.0, 2.0], "an older machine"))
    again = report.sections(tables("Table 6"), lambda arm: [3.0, 5.0], "a newer machine")
    after = report.text(report.sections_in(before) | again)
    assert report.sections_in(after) == report.sections_in(before) | again
    assert len(again) == 1 and after.count("a newer machine") == 1


def test_the_committed_report_is_one_that_a_run_can_add_to() -> None:
    text = REPORT.read_text()
    assert report.text(report.sections_in(text)) == text


def test_the_frechet_distance_of_shifted_features_is_the_square_of_their_shift() -> None:
    features = torch.randn(500, 4, generator=torch.Generator().manual_seed(0)).double()
    assert frechet(features, features) == pytest.approx(0, abs=1e-9)
    assert frechet(features, features + 2) == pytest.approx(4 * 2**2)


def test_agreement_counts_the_ids_of_a_mask_alike_and_no_border() -> None:
    mask = np.zeros((4, 4), np.uint8)
    mask[:, 3], mask[0] = 15, segmenter.BORDER
    found = mask.copy()
    found[0] = 7
    found[1, 3] = 0  # of 3 pixels of a person one is missed, and the 9 of the background have one more
    # The oracle reads what an image says in -1 … 1.
    image = np.repeat(found[:, :, None], 3, axis=2).astype(np.float32)
    assert agreement(Oracle(), (image + 1) * 127.5, mask) == pytest.approx((2 / 3 + 9 / 10) / 2)


def test_ranks_are_compared_and_constants_say_nothing() -> None:
    rising = np.array([1.0, 2, 4, 8])
    assert spearman(rising, rising**3) == pytest.approx(1)
    assert spearman(rising, -rising) == pytest.approx(-1)
    assert spearman(np.array([1.0, 1, 2, 2]), np.array([3.0, 3, 5, 5])) == pytest.approx(1)
    assert spearman(rising, np.ones(4)) == 0


def test_scores_that_rank_as_the_agreement_does_are_found() -> None:
    pictures = sum(COPIES.values()) + 1
    agreements = np.arange(5 * pictures, dtype=float).reshape(5, pictures)
    assert correlations(agreements * 2, agreements) == pytest.approx((1, 1, 1))
    assert correlations(-agreements, agreements) == pytest.approx((-1, -1, -1))
    first = list(COPIES.values())[0]
    assert medians(agreements)[1:] == list(agreements[2, first:])


@pytest.mark.parametrize("form", FORMS.values())
def test_forms_are_one_for_the_photograph_and_less_for_noise(form) -> None:
    mask = np.zeros((96, 96), np.uint8)
    mask[20:70, 30:80] = 8
    photograph = np.where(mask[:, :, None] > 0, np.uint8(200), np.uint8(50)).repeat(3, axis=2)
    noise = np.random.default_rng(0).integers(0, 256, photograph.shape, np.uint8)
    assert form(photograph, photograph, mask) == pytest.approx(1)
    assert form(noise, photograph, mask) < 0.75

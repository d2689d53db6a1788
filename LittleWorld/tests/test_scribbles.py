"""Tests of scribbles: where they lie, how long and how thick they are."""

import numpy as np
import pytest

from littleworld import make_scene
from training import scribbles
from training.scribbles import UNLABELLED, Sketch, centre_line, thinned


def rectangle(height: int, width: int) -> np.ndarray:
    """A person of so many pixels on a background of 40×60."""
    mask = np.zeros((40, 60), np.uint8)
    mask[8 : 8 + height, 10 : 10 + width] = 15
    return mask


def test_a_long_region_is_thinned_to_the_line_along_its_middle():
    line = centre_line(thinned(rectangle(9, 40)[None] == 15)[0])
    ends = sorted(line[[0, -1], 0])
    assert ends[0] < 17 and ends[1] > 43
    assert (abs(line[4:-4, 1] - 12) <= 1).all()
    assert (np.abs(np.diff(line, axis=0)).max(1) == 1).all()


@pytest.mark.parametrize("side", [1, 2, 3])
def test_a_small_region_gets_a_dot(side):
    drawn = Sketch(rectangle(side, side)).draw(thickness=1)
    assert (drawn == 15).any()


@pytest.mark.parametrize("index", range(4))
def test_every_region_is_scribbled_on_and_no_pixel_has_another_class(index):
    mask = make_scene("val", index).draw(96).classes
    sketch = Sketch(mask)
    regions, classes = scribbles.regions_of(mask)
    assert sketch.classes == classes and set(classes) == set(np.unique(mask)) - {255}
    for drawn in (sketch.draw(), sketch.random(np.random.default_rng(index))):
        labelled = drawn != UNLABELLED
        assert (drawn[labelled] == mask[labelled]).all()
        assert all((labelled & region).any() for region in regions)
        assert labelled.mean() < 0.25


def test_scribbles_are_as_long_and_as_thick_as_asked():
    sketch = Sketch(rectangle(12, 40))
    whole, half = ((sketch.draw(1, (share, share), (0.0, 0.0)) == 15).sum() for share in (1, 0.5))
    assert half == pytest.approx(whole / 2, abs=2)
    assert (sketch.draw(3) == 15).sum() == pytest.approx(3 * whole, rel=0.2)


def test_the_same_seed_draws_the_same():
    sketch = Sketch(make_scene("val", 0).draw(96).classes)
    first, again, other = (sketch.random(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()

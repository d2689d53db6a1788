"""What `experiment.quality` makes of numbers."""

import torch

from experiment.quality import MODES, REFERENCE, change_of_distance, chosen, spread_of_share
from experiment.quality_page import line, verdict


class Known:
    """As much of a gallery as `chosen` looks at."""

    def __init__(self, *modes: str):
        self.rows = dict.fromkeys(modes)


def test_what_is_not_measured_yet_is_chosen():
    rest = [mode for mode in MODES if mode not in (REFERENCE, "bf16")]
    assert chosen(Known(REFERENCE, "bf16"), [], []) == rest
    assert chosen(Known(), [], ["int8"]) == [mode for mode in MODES if mode != "int8"]


def test_what_is_asked_for_is_measured_anew_after_fp32():
    assert chosen(Known("int8"), ["int8"], []) == [REFERENCE, "int8"]
    assert chosen(Known(REFERENCE, "int8"), ["int8"], []) == ["int8"]


def test_a_change_is_that_of_pairs():
    first = torch.tensor([50.0, 70.0], dtype=torch.double)
    assert spread_of_share(0.9 * first, first)[0] == -10
    assert spread_of_share(first - 3, first) == (-5, 0)


def test_the_same_pictures_are_as_far_away():
    real, found = torch.randn(2, 40, 4, dtype=torch.double, generator=torch.Generator().manual_seed(1))
    assert change_of_distance(real, found, found) == (0, 0)
    assert change_of_distance(real, 2 * found, found)[0] > 10


def changes(agreement: tuple[float, float], distance: tuple[float, float]) -> dict[str, tuple[float, float]]:
    return {"agreement": agreement, "distance": distance, "clip": (0.0, 0.0)}


def test_a_mode_passes_within_the_bound():
    assert verdict(changes((-1.0, 0.3), (-5.0, 1.0))) == "passes"
    assert verdict(changes((-1.9, 0.3), (0.0, 1.0))) == "passes ?"
    assert verdict(changes((1.0, 0.3), (2.5, 1.0))) == "fails ?"
    assert verdict(changes((-4.0, 0.3), (2.5, 1.0))) == "fails"


def test_a_line_has_every_column():
    means = {"agreement": 70.0, "distance": 3.0, "clip": 0.8}
    row = {"mode": "bf16", "seconds": 0.2, "processor_seconds": 0.4, "speed": 1.5, "means": means}
    row["changes"] = changes((-1.0, 0.3), (1.0, 0.2))
    assert line(row, False).count("|") == 12
    assert line(row, False).endswith("| passes |") and line(row, True).endswith("|  |")

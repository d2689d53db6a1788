"""Tests of the experiment with single objects; nothing is painted or trained."""

import json
from pathlib import Path

from experiment import instances, scribbles
from experiment.instances import Arm
from experiment.scribbles import CURRICULUM, LISTS, RATIOS, STARTS


def test_only_generators_that_are_there_are_compared(tmp_path: Path) -> None:
    for name in ("littleworld", "littleworld-inpainting"):
        (tmp_path / name).mkdir()
    tables = instances.tables(tmp_path / "littleworld", (60,))
    assert list(tables["60 originals"].values()) == [Arm(60), Arm(60, "blended"), Arm(60, "inpainting")]


def test_boxes_are_those_that_the_ledger_says_were_painted(tmp_path: Path) -> None:
    box = {"x": 3, "y": 4, "width": 10, "height": 20}
    line = {"image": "JPEGImages/a_1.jpg", "source": "a", "repainted": [{"box": box}, {"box": box | {"x": 50}}]}
    lines = [{"setup": "0123456789abcdef", "settings": {}, "models": {}}, line | {"setup": "0123456789abcdef"}]
    (tmp_path / "ledger.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = instances.boxes(tmp_path)
    assert [corners for _, _, corners in found] == [[3, 4, 13, 24], [50, 4, 60, 24]]
    assert found[0][:2] == (tmp_path / "JPEGImages/a_1.jpg", tmp_path / "JPEGImages/a.jpg")


def test_a_single_ratio_is_a_stage_of_the_curriculum(tmp_path: Path) -> None:
    lists = tmp_path / LISTS / CURRICULUM
    lists.mkdir(parents=True)
    for epoch in range(scribbles.EPOCHS):
        stage = sum(epoch >= start for start in STARTS)
        (lists / f"epoch_{epoch:03}.txt").write_text(f"a\na_{stage}\n")
    for number, ratio in enumerate(RATIOS, start=1):
        assert scribbles.epochs(tmp_path, scribbles.Arm(60, ratio=ratio)) == [["a", f"a_{number}"]]
    assert len(scribbles.epochs(tmp_path, scribbles.Arm(60, scheme=CURRICULUM))) == scribbles.EPOCHS


def test_every_arm_has_a_name_of_its_own() -> None:
    arms = [arm for table in scribbles.TABLES.values() for arm in table.values()]
    assert len({arm.name for arm in arms}) == len(arms) == 28
    assert {arm.originals for arm in arms} == {60, 240}

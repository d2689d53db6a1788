"""The little world: the same scene from the same seed, masks that fit, classes as uneven as promised."""

import json
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from littleworld import CLASSES, make_scene
from littleworld.canvas import BORDER, PAPER
from littleworld.classes import KINDS, VOC
from littleworld.roles import SEEDS
from littleworld.shards import write_shard
from littleworld.voc import write_voc

SIDE = 96
# Words by which a caption may name a class.
WORDS = {
    "aeroplane": {"aeroplane", "plane"},
    "diningtable": {"table"},
    "pottedplant": {"plant"},
    "tvmonitor": {"television", "tv"},
}


def named_in(caption: str) -> set[str]:
    words = set(caption.replace(",", "").split())
    return {name for name in CLASSES if words & WORDS.get(name, {name})}


@pytest.mark.parametrize("role", SEEDS)
def test_a_seed_gives_the_same_scene_again(role):
    first, again = make_scene(role, 7), make_scene(role, 7)
    assert first.caption == again.caption
    for name in ("image", "classes", "instances", "lines"):
        assert np.array_equal(getattr(first.draw(SIDE), name), getattr(again.draw(SIDE), name))


def test_roles_share_no_scene():
    pictures = {make_scene(role, index).draw(32).image.tobytes() for role in SEEDS for index in range(20)}
    assert len(pictures) == 20 * len(SEEDS)


@pytest.mark.parametrize("index", range(8))
def test_a_scene_shows_the_same_at_any_side(index):
    scene = make_scene("world", index)
    small, large = scene.draw(64), scene.draw(128)
    halved = np.asarray(Image.fromarray(large.image).reduce(2), np.float32)
    assert np.abs(halved - small.image).mean() < 4
    sharp = large.classes[::2, ::2]
    certain = (sharp != BORDER) & (small.classes != BORDER)
    assert (sharp == small.classes)[certain].mean() > 0.995


def test_masks_agree_with_each_other_and_with_the_scene():
    for index in range(40):
        scene = make_scene("train", index)
        drawing = scene.draw(SIDE)
        assert {VOC[value] for value in np.unique(drawing.classes) if value not in (0, BORDER)} == set(scene.classes)
        assert np.array_equal(drawing.classes == 0, drawing.instances == 0)
        assert np.array_equal(drawing.classes == BORDER, drawing.instances == BORDER)
        for number, figure in enumerate(scene.figures, 1):
            inside = drawing.classes[drawing.instances == number]
            assert (inside == CLASSES[figure.name]).all()
            assert inside.size > 40, f"{figure.name} of scene {index} can hardly be seen"


def test_no_class_touches_another_or_the_background_without_a_border():
    for index in range(40):
        ids = make_scene("val", index).draw(SIDE).instances
        for a, b in ((ids[1:], ids[:-1]), (ids[:, 1:], ids[:, :-1])):
            assert ((a == b) | (a == BORDER) | (b == BORDER)).all()
        assert 0.02 < (ids == BORDER).mean() < 0.2


def test_figures_stand_out_at_their_masks():
    """Masks and pictures agree: colours change more at the masks' borders than elsewhere, and lines lie there."""
    for index in range(20):
        drawing = make_scene("world", index).draw(SIDE)
        grey = drawing.image.astype(np.float32).mean(2)
        steps = np.hypot(*np.gradient(grey))
        border = drawing.classes == BORDER
        assert steps[border].mean() > 2 * steps[drawing.classes == 0].mean()
        assert drawing.lines[border].mean() < drawing.lines[~border].mean() - 40
        assert drawing.lines.max() == PAPER


def test_the_broad_world_shows_every_class_often():
    counts = Counter(name for index in range(600) for name in make_scene("world", index).classes)
    assert set(counts) == set(KINDS)
    assert max(counts.values()) < 4 * min(counts.values())


@pytest.mark.parametrize("role", ["demo", "train", "val"])
def test_labelled_roles_are_as_imbalanced_as_voc(role):
    counts = Counter(name for index in range(60) for name in make_scene(role, index).classes)
    assert set(counts) == set(CLASSES)
    assert 24 <= counts["person"] <= 36
    assert sum(2 <= count <= 4 for count in counts.values()) >= 8


def test_captions_name_only_what_is_there_and_sometimes_forget():
    present = forgotten = 0
    for index in range(400):
        scene = make_scene("world", index)
        names = named_in(scene.caption)
        assert names <= set(scene.classes), scene.caption
        present, forgotten = present + len(scene.classes), forgotten + len(set(scene.classes) - names)
        assert not {"left", "right"} & set(scene.caption.split())
    assert 0.12 < forgotten / present < 0.22


def test_unknown_roles_and_indices_are_refused():
    with pytest.raises(ValueError, match="night"):
        make_scene("night", 0)
    with pytest.raises(ValueError, match="-1"):
        make_scene("world", -1)


def test_a_shard_holds_the_scenes(tmp_path):
    write_shard("world", 3, 2, 48, tmp_path / "shard.npz")
    shard = np.load(tmp_path / "shard.npz")
    scene = make_scene("world", 4)
    drawing = scene.draw(48)
    assert [path.name for path in tmp_path.iterdir()] == ["shard.npz"]
    assert shard["captions"][1] == scene.caption
    assert np.array_equal(shard["images"][1], drawing.image)
    for name in ("classes", "instances", "lines"):
        assert np.array_equal(shard[name][1], getattr(drawing, name))


def test_a_voc_folder_holds_the_scenes(tmp_path):
    write_voc("demo", 0, 3, SIDE, tmp_path)
    stems = (tmp_path / "ImageSets" / "Segmentation" / "train.txt").read_text().split()
    captions = [json.loads(line) for line in (tmp_path / "captions.jsonl").read_text().splitlines()]
    assert stems == [entry["image"] for entry in captions]
    for index, stem in enumerate(stems):
        scene = make_scene("demo", index)
        drawing = scene.draw(SIDE)
        assert captions[index]["caption"] == scene.caption
        for folder, ids in (("SegmentationClass", drawing.classes), ("SegmentationObject", drawing.instances)):
            mask = Image.open(tmp_path / folder / f"{stem}.png")
            assert mask.mode == "P"
            assert np.array_equal(np.asarray(mask), ids)
            # VOC's person is (192, 128, 128), its border (224, 224, 192).
            colours = np.array(mask.getpalette()).reshape(-1, 3)
            assert colours[VOC.index("person")].tolist() == [192, 128, 128]
            assert colours[BORDER].tolist() == [224, 224, 192]
        photograph = np.asarray(Image.open(tmp_path / "JPEGImages" / f"{stem}.jpg"), np.float32)
        assert np.abs(photograph - drawing.image).mean() < 3

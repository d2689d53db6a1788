"""Tests of what looks at pictures: its examples, its losses, and how it is written."""

import math

import pytest
import torch
from transformers import AutoModel, BertTokenizer, BlipForConditionalGeneration, SegformerForSemanticSegmentation
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from training import captioner, clip, objects, observers, pictures, segmenter, wordpieces
from training.configuration import CONFIGURATIONS, MODEL, Workplace
from training.loop import Run

SIDE = 24


@pytest.fixture
def place(tmp_path) -> Workplace:
    return Workplace(tmp_path, CONFIGURATIONS[96], MODEL)


def labels() -> tuple[torch.Tensor, torch.Tensor]:
    """Classes and instances of two scenes: a horse and a person; nothing."""
    classes, instances = torch.zeros(2, 2, SIDE, SIDE, dtype=torch.uint8)
    instances[0, 1:9, 1:10] = classes[0, 1:9, 1:10] = objects.BORDER
    instances[0, 2:8, 2:9], classes[0, 2:8, 2:9] = 1, 13
    instances[0, 10:24, 12:20], classes[0, 10:24, 12:20] = 2, 15
    instances[1, 3:6, 3:20], classes[1, 3:6, 3:20] = 1, 15  # too flat to be known
    return classes, instances


def test_objects_are_found_with_their_boxes_and_classes():
    found = objects.of_labels(*labels())
    assert found.scenes.tolist() == [0, 0] and found.classes.tolist() == [13, 15]
    assert found.corners.tolist() == [[2, 2, 9, 8], [12, 10, 20, 24]]


def test_crops_are_what_clips_processor_makes_of_a_box():
    torch.manual_seed(0)
    image = torch.nn.functional.interpolate(torch.rand(1, 3, 6, 6), SIDE, mode="bicubic").clamp(0, 1)
    box = torch.tensor([[2, 4, 22, 16]])
    [found] = objects.crops(image, box)
    cut = (image[0, :, 4:16, 2:22] * 255).byte().permute(1, 2, 0).numpy()
    processor = CLIPImageProcessorPil(
        size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}, image_mean=[0] * 3, image_std=[1] * 3
    )
    expected = processor(images=cut, return_tensors="pt")["pixel_values"][0]
    assert (found - expected).abs().mean() < 0.01  # of bilinear and cubic filters


def test_equal_texts_are_all_of_them_right():
    tokens = torch.tensor([[1, 2], [1, 3], [1, 2]])
    right = torch.tensor([[9.0, 0, 9], [0, 9, 0], [9, 0, 9]])
    even = -(2 * math.log(0.5) + math.log(1)) / 3
    assert float(clip.pairing_loss(10 * right, tokens)) == pytest.approx(even, abs=1e-3)
    assert clip.pairing_loss(10 * right.roll(1, 1), tokens) > 10


def test_light_changes_a_whole_picture_and_stays_in_range():
    torch.manual_seed(0)
    images = torch.zeros(64, 3, 8, 8)
    lit = pictures.relit(images, 0.5)
    assert lit.abs().max() <= 1
    assert lit.mean((1, 2, 3)).std() > 0.15 and lit[:, 0].std((1, 2)).max() < 2 * pictures.GRAIN


def test_every_word_of_a_caption_is_one_piece_and_other_words_are_letters(tmp_path):
    wordpieces.write(tmp_path, wordpieces.vocabulary(["a red car, by the sea", "a picture of a red bus"]))
    words = BertTokenizer.from_pretrained(tmp_path)
    assert words.tokenize("a red bus, by the sea") == ["a", "red", "bus", ",", "by", "the", "sea"]
    assert words.tokenize("cars") == ["car", "##s"]
    assert words.unk_token not in words.tokenize("zebra-7?")


def test_captions_begin_with_the_decoders_own_token_and_padding_is_not_learnt(place, monkeypatch):
    wordpieces.write(wordpieces.folder(place), wordpieces.vocabulary(["a red car", "a bus"]))
    words = wordpieces.load(place)
    monkeypatch.setattr("training.scenes.read", lambda *_: ["a red car", "a bus"])
    ids = captioner.read_captions(place, words)
    assert ids[:, 0].tolist() == [len(words)] * 2 and ids[0, -1] == words.sep_token_id
    torch.manual_seed(0)
    model = captioner.make_captioner(place, words).eval()
    images = torch.zeros(1, 3, 96, 96)
    short = ids[1:, : int((ids[1] != words.pad_token_id).sum())]
    torch.testing.assert_close(captioner.loss(model, images, ids[1:]), captioner.loss(model, images, short))


def test_mean_iou_counts_classes_that_are_there():
    masks = torch.tensor([[0, 0, 15, 255]])
    assert segmenter.mean_iou(masks, masks) == 100
    assert segmenter.mean_iou(torch.tensor([[0, 15, 15, 3]]), masks) == 50


def test_folders_hold_what_was_learnt_and_are_read_by_transformers(place, tmp_path):
    wordpieces.write(wordpieces.folder(place), wordpieces.vocabulary(["a red car"]))
    made = {
        "captioner": lambda: captioner.make_captioner(place, wordpieces.load(place)),
        "clip": lambda: clip.make_clip(place),
        "segmenter": segmenter.make_segmenter,
    }
    kinds = {name: AutoModel for name in made} | {
        "captioner": BlipForConditionalGeneration,
        "segmenter": SegformerForSemanticSegmentation,
    }
    model = tmp_path / "model"
    model.symlink_to(MODEL)
    place = Workplace(place.root, place.configuration, model)
    assert observers.export(place) == []
    for name, make in made.items():
        Run(place.run(name), make, getattr(place.configuration, name))._save()
    folders = observers.export(place)
    assert [folder.name for folder in folders] == ["model-captioner", "model-clip", "model-segmenter"]
    assert sum(map(observers.differences.size, folders)) < observers.LIMIT
    vocabularies = ((folder / "vocab.txt").read_text() for folder in (wordpieces.folder(place), folders[0]))
    assert next(vocabularies) == next(vocabularies)
    for name, folder in zip(made, folders, strict=True):
        again = kinds[name].from_pretrained(folder, dtype=torch.float32).state_dict()
        loaded = {"captioner": captioner, "clip": clip, "segmenter": segmenter}[name].load(place).state_dict()
        for key, value in loaded.items():
            torch.testing.assert_close(again[key], value.half().to(again[key].dtype), msg=f"{name}: {key}")

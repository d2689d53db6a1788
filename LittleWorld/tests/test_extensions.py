"""Tests of what extends the exported model: it begins as that model, and only what it learns is kept."""

import json

import numpy as np
import pytest
import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from training import boxes, controlnet, differences, exported, extensions, gligen, inpainting, masks, scribblegen
from training.configuration import CONFIGURATIONS, MODEL, Training, Workplace
from training.loop import Run, device
from training.scenes import mirrored
from training.unet import Noise

SIDE = 24


@pytest.fixture
def place(tmp_path) -> Workplace:
    return Workplace(tmp_path, CONFIGURATIONS[96], MODEL)


@pytest.fixture
def inputs() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Noisy latents, timesteps and prompts' context."""
    torch.manual_seed(0)
    values = torch.randn(2, 4, SIDE, SIDE), torch.tensor([700, 20]), torch.randn(2, 48, 128)
    return tuple(value.to(device()) for value in values)


def same(found: torch.Tensor, expected: torch.Tensor) -> None:
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


def learnt(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters() if parameter.requires_grad)


@torch.no_grad()
def test_everything_begins_as_the_exported_model(place, inputs):
    expected = exported.load_unet(place)(*inputs).sample
    target = device()
    guided = controlnet.Guided(exported.load_unet(place), controlnet.make_controlnet(place).to(target))
    same(guided(*inputs, torch.rand(2, 3, 4 * SIDE, 4 * SIDE, device=target)), expected)
    hole = torch.randn(2, 1, SIDE, SIDE, device=target), torch.randn(2, 4, SIDE, SIDE, device=target)
    same(inpainting.repaint(inpainting.make_inpainting(place).to(target), *inputs, *hole), expected)
    places = torch.rand(2, 30, 4), torch.randn(2, 30, 128), torch.ones(2, 30)
    placed = gligen.Placed(gligen.make_gligen(place).to(target))
    same(placed(*inputs, *(value.to(target) for value in places)), expected)
    sketched = scribblegen.Sketched(exported.load_unet(place), scribblegen.make_networks(place).to(target))
    hints = (torch.rand(1, channels, 4 * SIDE, 4 * SIDE) for channels in scribblegen.CHANNELS.values())
    same(sketched(*inputs, *(value.to(target) for value in (*hints, torch.tensor([0, 1])))), expected)


def test_what_is_learnt_has_room_in_the_repository(place):
    networks = controlnet.make_controlnet(place), inpainting.make_inpainting(place), gligen.make_gligen(place)
    assert 2 * sum(map(learnt, networks)) < 0.97 * extensions.LIMIT


@pytest.mark.parametrize("make", [controlnet.make_controlnet, inpainting.make_inpainting, gligen.make_gligen])
def test_a_folder_of_differences_holds_what_was_learnt_and_is_read_by_diffusers(place, tmp_path, make):
    network = make(place).cpu()
    with torch.no_grad():
        for parameter in filter(lambda parameter: parameter.requires_grad, network.parameters()):
            parameter += 0.01
    folder = tmp_path / "network"
    differences.write(network, [exported.unet_file(place)], folder)
    assert differences.size(folder) < 2 * learnt(network) + 80_000
    assert (folder / differences.BASES[0]).is_symlink()
    assert str(MODEL) not in (folder / "config.json").read_text()
    kind = ControlNetModel if isinstance(network, ControlNetModel) else UNet2DConditionModel
    again = kind.from_pretrained(folder, ignore_mismatched_sizes=True, dtype=torch.float32).state_dict()
    for name, value in network.state_dict().items():
        assert torch.equal(again[name], value.half().float()), name


def test_the_controlnet_for_classes_is_kept_as_what_it_differs_in_from_that_for_colours(place, tmp_path, monkeypatch):
    networks = scribblegen.make_networks(place).cpu()
    with torch.no_grad():
        for parameter in filter(lambda parameter: parameter.requires_grad, networks.parameters()):
            parameter += 0.01
    monkeypatch.setattr(scribblegen, "load", lambda _: networks)
    monkeypatch.setattr(extensions, "controlnet_folder", lambda _, name: tmp_path / name)
    colours, one_hot = extensions.write_scribblegen(place)
    assert differences.size(one_hot) < 600_000 < differences.size(colours) < 1_700_000
    for folder, network in zip((colours, one_hot), networks.values(), strict=True):
        again = ControlNetModel.from_pretrained(folder, ignore_mismatched_sizes=True, dtype=torch.float32).state_dict()
        for name, value in again.items():
            assert torch.equal(network.state_dict()[name].half().float(), value), name
        shards = json.loads((folder / differences.INDEX).read_text())["weight_map"]
        hint = load_file(folder / shards[scribblegen.DROP_OUT])[scribblegen.DROP_OUT]
        assert torch.equal(hint, network.get_parameter(scribblegen.DROP_OUT).half())


def test_a_pipelines_folder_links_to_the_models_parts(place, tmp_path):
    folder = tmp_path / "littleworld-inpainting"
    extensions.write_pipeline(place, folder, "StableDiffusionInpaintPipeline", inpainting.make_inpainting(place))
    assert json.loads((folder / "model_index.json").read_text())["_class_name"] == "StableDiffusionInpaintPipeline"
    for part in extensions.SHARED:
        assert (folder / part).is_symlink() and (folder / part).resolve() == (MODEL / part).resolve()
    assert differences.size(folder) < 100_000


def test_a_run_ends_with_its_minutes(tmp_path):
    run = Run(tmp_path, lambda: nn.Linear(3, 1), Training(steps=10**9, batch=4, rate=0.1, minutes=0.002))
    inputs = torch.randn(4, 3, device=run.device)
    run.train(lambda: {"loss": run.model(inputs).float().square().mean()}, lambda model: {})
    assert 0 < run.step < 10**9
    assert run.progress >= 1
    assert Run(tmp_path, lambda: nn.Linear(3, 1), run.settings).step == run.step


def instances() -> torch.Tensor:
    """A scene with two objects and their borders, `[8, 48, 48]`."""
    ids = torch.zeros(8, 48, 48, dtype=torch.uint8)
    ids[:, 3:13, 3:13] = ids[:, 27:39, 25:39] = masks.BORDER
    ids[:, 4:12, 4:12], ids[:, 28:38, 26:38] = 1, 2
    return ids


def test_objects_are_repainted_whole_with_their_borders():
    torch.manual_seed(0)
    ids = instances()
    seen = set()
    for _ in range(8):
        for mask in masks.some_objects(ids):
            first, second = mask[3:13, 3:13], mask[27:39, 25:39]
            assert first.all() or not first.any()
            assert second.all() or not second.any()
            seen.add((bool(first.all()), bool(second.all())))
    assert len(seen) == 4


def test_the_background_is_all_but_the_objects_insides():
    expected = (instances() != 1) & (instances() != 2)
    assert torch.equal(masks.background(instances()), expected)


def test_rectangles_have_every_size_and_place():
    torch.manual_seed(0)
    drawn = masks.rectangles(torch.zeros(400, 32, 32, dtype=torch.uint8))
    shares = drawn.float().mean(dim=(1, 2))
    assert shares.min() < 0.1 < 0.75 < shares.max()
    assert drawn.float().mean(0).max() < 0.8 and drawn[:, 1:-1, 1:-1].any(0).all()


def test_every_kind_of_mask_is_drawn():
    torch.manual_seed(0)
    ids = instances()[:1].expand(200, 48, 48)
    drawn = masks.random_masks(ids)
    assert drawn.shape == (200, 1, 48, 48) and set(drawn.unique().tolist()) == {0, 1}
    everything = drawn.flatten(1).all(1).float().mean()
    background = (drawn[:, 0].bool() == masks.background(ids)).flatten(1).all(1).float().mean()
    assert 0.08 < everything < 0.25 and 0.1 < background < 0.3


def test_masks_are_halved_as_by_diffusers_and_hide_pixels():
    torch.manual_seed(0)
    mask = torch.randint(2, (2, 1, 32, 32)).float()
    assert torch.equal(masks.of_latents(mask), F.interpolate(mask, (8, 8)))
    image = torch.rand(2, 3, 32, 32) + 0.5
    assert torch.equal(masks.hidden(image, mask) == 0, mask.expand_as(image) == 1)


def test_boxes_lie_around_the_objects():
    ids = instances()[:1].numpy()
    classes = np.select([ids == 1, ids == 2, ids == 255], [15, 8, 255]).astype(np.uint8)
    found = boxes.of_scenes(classes, ids)
    assert found.present.sum() == 2 and found.classes[0, :2].tolist() == [15, 8]
    torch.testing.assert_close(48 * found.corners[0, :2], torch.tensor([[4.0, 4, 12, 12], [26, 28, 38, 38]]))
    turned = boxes.of_scenes(classes[..., ::-1], ids[..., ::-1])
    which = torch.tensor([1])
    same(found.mirrored(which).corners, turned.corners)
    assert torch.equal(found.mirrored(1 - which).corners, found.corners)
    kept = found.only(torch.eye(30)[:1])
    assert kept.present.sum() == 1 and kept.corners.count_nonzero() == 4


def test_classes_are_embedded_as_the_pipeline_embeds_phrases(place):
    words, encoder = exported.load_tokenizer(place), exported.load_text_encoder(place)
    table = boxes.class_embeddings(words, encoder)
    tokens = words(["dining table"], padding=True, return_tensors="pt").to(encoder.device)
    same(table[11], encoder(**tokens).pooler_output[0])
    assert table[:1].count_nonzero() == 0


def test_maps_are_mirrored_where_asked():
    maps = torch.arange(2 * 3 * 4).reshape(2, 3, 4)
    found = mirrored(maps, torch.tensor([0, 1]))
    assert torch.equal(found[0], maps[0]) and torch.equal(found[1], maps[1].flip(-1))


def test_label_maps_have_vocs_colours(monkeypatch, place):
    monkeypatch.setattr("training.scenes.read", lambda *_: np.array([[[0, 15], [255, 1]]], np.uint8))
    found = controlnet.LabelMaps(place)(torch.tensor([0], device=device()))
    expected = torch.tensor([[[0, 0, 0], [192, 128, 128]], [[224, 224, 192], [128, 0, 0]]]) / 255
    same(found[0].cpu(), expected.permute(2, 0, 1))


def test_scribbles_have_vocs_colours_or_a_channel_a_class(monkeypatch, place):
    monkeypatch.setattr("training.scribbles.read", lambda *_: np.array([[[[0, 15], [255, 1]]]], np.uint8))
    drawn = scribblegen.Scribbles(place)
    ids = drawn.random(torch.tensor([0, 0], device=device()), torch.tensor([0, 1], device=device()))
    assert torch.equal(ids[1], ids[0].flip(-1))
    on_voc, _, on_black = drawn.coloured(ids[:1].repeat(3, 1, 1), torch.arange(3, device=device())).cpu()
    expected = torch.tensor([[[0, 0, 0], [192, 128, 128]], [[0, 0, 0], [128, 0, 0]]]) / 255
    same(on_black, expected.permute(2, 0, 1))
    expected[1, 0] = torch.tensor([224, 224, 192]) / 255
    same(on_voc, expected.permute(2, 0, 1))
    classes = scribblegen.one_hot(ids[:1])
    assert classes.shape == (1, 22, 2, 2) and classes.argmax(1).tolist() == [[[0, 15], [21, 1]]]


def test_the_learnt_hint_takes_the_place_of_dropped_ones(place):
    network = scribblegen.make_networks(place)[scribblegen.COLOURS].cpu()
    hints = torch.rand(2, 3, 96, 96)
    seen = scribblegen.told(network, hints, torch.tensor([0, 1]))
    assert torch.equal(seen[0], hints[0]) and torch.allclose(seen[1], torch.tensor(1 / 3))
    seen.sum().backward()
    assert torch.equal(network.get_parameter(scribblegen.DROP_OUT).grad, torch.ones(96, 96, 3))


def test_the_loss_is_the_mean_of_the_errors():
    noise, clean = Noise(torch.device("cpu")), torch.randn(3, 4, 2, 2)
    arguments = (lambda noisy, timesteps: torch.zeros_like(noisy), clean, torch.tensor([900, 500, 10]))
    torch.manual_seed(0)
    errors = noise.errors(*arguments)
    torch.manual_seed(0)
    assert errors.shape == clean.shape and noise.loss(*arguments) == errors.mean()

"""Tests of the training's own parts, on networks of a few thousand weights."""

import signal
from contextlib import nullcontext
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import nn

from training import guides
from training.autoencoder import make_autoencoder
from training.configuration import Configuration, Training
from training.decoder import random_pairs
from training.latents import encode, standardize
from training.lineart import LineArtGenerator
from training.loop import CHECKPOINT, Run, load_average, read_losses
from training.prompts import class_words, prompts
from training.together import Guided
from training.unet import Noise

FIXTURES = Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "augmentation"
SMALL = Configuration(size=32, scenes=4, autoencoder_channels=(16, 16, 16))


def run(folder: Path, steps: int, stopped_after: int | None = None) -> Run:
    """A line fitted to noise: every update depends on the random numbers drawn before."""
    training = Run(folder, lambda: nn.Linear(3, 1), Training(steps=steps, batch=4, rate=0.1, warmup=2))

    def losses() -> dict[str, torch.Tensor]:
        if training.step + 1 == stopped_after:
            signal.raise_signal(signal.SIGTERM)
        inputs = torch.randn(4, 3)
        return {"loss": (training.model(inputs).float() - inputs.sum(1, keepdim=True)).square().mean()}

    with pytest.raises(SystemExit) if stopped_after else nullcontext():
        training.train(losses, lambda model: {"weight": float(model.weight.sum())}, report_every=1, validate_every=3)
    return training


def test_a_run_that_was_stopped_ends_as_one_that_was_not(tmp_path):
    whole = run(tmp_path / "whole", steps=8)
    assert run(tmp_path / "halves", steps=8, stopped_after=4).step == 4
    resumed = run(tmp_path / "halves", steps=8)
    assert resumed.step == 8
    for part in ("model", "average"):
        found, expected = (getattr(training, part).state_dict() for training in (resumed, whole))
        torch.testing.assert_close(found, expected, rtol=0, atol=0)
    losses = [[(row[0], *row[2:]) for row in read_losses(tmp_path / name)] for name in ("whole", "halves")]
    assert losses[0] == losses[1]


def test_the_decoder_sees_latents_of_the_pixels_beside_them():
    # Every latent pixel holds the number of its place, its picture's pixels the same number.
    numbers = torch.arange(2 * 8 * 8, dtype=torch.float32).reshape(2, 1, 8, 8)
    means = torch.stack([numbers, numbers.flip(-1)]).expand(2, 2, 4, 8, 8)
    moments = torch.cat([means, torch.full_like(means, -60)], dim=2).half()
    images = numbers.repeat_interleave(4, -1).repeat_interleave(4, -2).expand(2, 3, 32, 32)
    with torch.autocast("cpu", torch.bfloat16):
        parts, crops = random_pairs(moments, images, batch=20, side=16)
    torch.testing.assert_close(parts[:, :3], crops[:, :, ::4, ::4], rtol=0, atol=1e-3)
    assert len({float(part[0, 0, 0]) for part in parts}) > 5


def test_every_adapter_guides_its_share_of_a_batch():
    guided = Guided.__new__(Guided)
    nn.Module.__init__(guided)

    def levels(number: float):
        """An adapter of two levels, each of which is its number."""
        return lambda guide: [torch.full((len(guide), 2, side, side), number) for side in (4, 2)]

    guided.adapters = {"canny": levels(1.0), "label": levels(2.0)}
    features = guided.features({"canny": torch.zeros(2, 1, 16, 16), "label": torch.zeros(3, 1, 16, 16)}, plain=1)
    assert [tuple(level.shape) for level in features] == [(6, 2, 4, 4), (6, 2, 2, 2)]
    assert [level[:, 0, 0, 0].tolist() for level in features] == [[0, 1, 1, 2, 2, 2]] * 2


def test_timesteps_cover_the_whole_course_evenly():
    torch.manual_seed(0)
    timesteps = Noise(torch.device("cpu")).random_timesteps(8)
    assert (timesteps.sort().values // 125).tolist() == list(range(8))
    assert timesteps.tolist() != timesteps.sort().values.tolist()


def test_losses_after_the_last_checkpoint_are_forgotten(tmp_path):
    run(tmp_path, steps=8, stopped_after=4)
    checkpoint = (tmp_path / CHECKPOINT).read_bytes()
    run(tmp_path, steps=8)
    (tmp_path / CHECKPOINT).write_bytes(checkpoint)
    run(tmp_path, steps=8)
    steps = [int(row[0]) for row in read_losses(tmp_path) if row[2] == "loss"]
    assert steps == list(range(1, 9))


def test_the_average_of_a_run_is_what_is_loaded(tmp_path):
    training = run(tmp_path, steps=8)
    loaded = load_average(tmp_path, nn.Linear(3, 1))
    torch.testing.assert_close(loaded.weight, training.average.module.weight)
    assert not torch.equal(loaded.weight, training.model.weight)
    assert not loaded.weight.requires_grad


def test_standardized_latents_decode_to_the_same_picture():
    torch.manual_seed(0)
    autoencoder = make_autoencoder(SMALL).eval()
    images = torch.randint(256, (8, 3, 32, 32), dtype=torch.uint8)
    with torch.no_grad():
        autoencoder.quant_conv.bias += 3 * torch.randn(8)
        before = autoencoder.decode(autoencoder.encode(images / 255).latent_dist.mode()).sample
        standardize(autoencoder, images)
        after = autoencoder.decode(autoencoder.encode(images / 255).latent_dist.mode()).sample
    torch.testing.assert_close(before, after, rtol=1e-4, atol=1e-4)
    means = encode(autoencoder, images)[:, :4]
    assert means.mean(dim=(0, 2, 3)).abs().max() < 0.2


@pytest.mark.parametrize("name", ["landscape", "portrait", "ties"])
def test_canny_guides_are_those_of_the_program(name):
    picture = cv2.cvtColor(cv2.imread(str(FIXTURES / f"{name}_picture.png")), cv2.COLOR_BGR2RGB)
    expected = cv2.imread(str(FIXTURES / f"{name}_canny.png"), cv2.IMREAD_GRAYSCALE)
    np.testing.assert_array_equal(guides.canny(picture[None])[0], expected)


def test_label_edges_are_two_pixels_wide():
    mask = np.array([[[0, 0, 0, 1, 255], [0, 0, 1, 1, 255], [0, 0, 1, 1, 1]]], np.uint8)
    expected = [[0, 0, 255, 255, 255], [0, 255, 255, 255, 255], [0, 255, 255, 0, 255]]
    np.testing.assert_array_equal(guides.label_edges(mask)[0], expected)


def test_the_palette_is_vocs():
    palette = guides.voc_palette()
    assert palette[[1, 15, 20, 255]].tolist() == [[128, 0, 0], [192, 128, 128], [0, 64, 128], [224, 224, 192]]


def test_blends_are_rounded_and_saturated_as_the_programs():
    rows = torch.arange(256, dtype=torch.uint8)[None, :, None].expand(1, 256, 256)
    found = guides.blended(rows, rows.transpose(1, 2), torch.tensor([[0.7, 0.9]]))[0, 0] * 255
    expected = cv2.imread(str(FIXTURES / "weighted_0.7_0.9.png"), cv2.IMREAD_GRAYSCALE)
    # The program adds with a single rounding, which changes a half now and then.
    apart = np.abs(found.round().numpy().astype(int) - expected)
    assert apart.max() <= 1
    assert apart.mean() < 0.005


def test_prompts_have_the_programs_forms():
    words = class_words(np.array([[0, 15, 255], [11, 11, 0]], np.uint8))
    assert words == ["dining table", "person"]
    assert prompts("a cook", words) == (
        "a cook; dining table, person", "a cook", "A photo of dining table, person", ""
    )
    assert prompts("a meadow", []) == ("a meadow", "a meadow", "A photo", "")


def test_line_art_has_the_published_names_and_sides():
    generator = LineArtGenerator(base=8)
    names = set(generator.state_dict())
    assert {"model0.1.weight", "model2.0.conv_block.5.bias", "model3.3.weight", "model4.1.bias"} <= names
    assert generator(torch.rand(1, 3, 24, 32)).shape == (1, 1, 24, 32)

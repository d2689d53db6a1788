"""The converter on segmenters, compared with what MMSegmentation and torchvision computed for the fixtures."""

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

import convert
from conversion.annotators import WEIGHTS, Weights
from conversion.encoder_decoder import Network

MODELS = Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "models"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("deeplabv3plus", "DepthwiseSeparableASPPHead"),
        ("deeplabv3", "ASPPHead"),
        ("pspnet", "PSPHead"),
        ("deeplab_torchvision", "DeepLabHead"),
    ],
)
@torch.no_grad()
def test_segmenters(tmp_path, name, head):
    fixture = load_file(MODELS / f"{name}.safetensors")
    own = {key.removeprefix("model."): value for key, value in fixture.items() if key.startswith("model.")}
    # As published: with a second head, and counts of the training's steps.
    others = {"backbone.layer1.0.bn1.num_batches_tracked": torch.tensor(7)}
    others |= {f"{prefix}.0.weight": torch.ones(2, 2) for prefix in ("auxiliary_head", "aux_classifier")}
    torch.save({"state_dict": own | others, "meta": {"CLASSES": ("background",)}}, tmp_path / "published.pth")
    convert.main([str(tmp_path / "published.pth"), str(tmp_path / "out")])

    settings = json.loads((tmp_path / "out" / "config.json").read_text())
    with safe_open(MODELS / f"{name}.safetensors", "pt") as file:
        assert settings == json.loads(file.metadata()["config"])
    assert settings["decode_head"] == head and settings["depths"] == [1, 2, 1, 1]
    found = Network(Weights(load_file(tmp_path / "out" / WEIGHTS)), settings)(fixture["pixels"])
    assert (found - fixture["logits"]).abs().max() < 1e-5 * fixture["logits"].abs().max()
    processor = json.loads((tmp_path / "out" / "preprocessor_config.json").read_text())
    assert processor["resampling"] == ("pillow" if head == "DeepLabHead" else "opencv")

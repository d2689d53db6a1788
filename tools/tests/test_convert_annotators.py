"""The converter on annotators' networks of the published names and shapes, compared with controlnet_aux's own."""

import json

import pytest
import torch
from safetensors.torch import load_file

import convert
from conversion.annotators import WEIGHTS, Weights
from conversion.dpt import DPT
from conversion.hed import HED
from conversion.lineart_anime import LINE_ART_ANIME
from conversion.pidinet import PIDINET

pytest.importorskip("controlnet_aux", reason="pip install --no-deps controlnet_aux; pip install timm einops")
pytestmark = pytest.mark.filterwarnings("ignore")


def converted(tmp_path, annotator, state, settings):
    """Converts a pickled file and returns what the folder's weights draw."""
    torch.save(state, tmp_path / "published.pth")
    convert.main([str(tmp_path / "published.pth"), str(tmp_path / "out")])
    found = json.loads((tmp_path / "out" / "config.json").read_text())
    assert found == settings
    weights = Weights(load_file(tmp_path / "out" / WEIGHTS))
    return lambda image: annotator.draw(weights, found, image)


@torch.no_grad()
def test_hed(tmp_path):
    from controlnet_aux.hed import ControlNetHED_Apache2

    torch.manual_seed(0)
    network = ControlNetHED_Apache2().eval()
    network.norm.copy_(torch.rand(1, 3, 1, 1) * 100)
    settings = {
        "_class_name": "ControlNetHED",
        "in_channels": 3,
        "block_out_channels": [64, 128, 256, 512, 512],
        "layers_per_block": [2, 2, 3, 3, 3],
    }
    draw = converted(tmp_path, HED, network.state_dict(), settings)
    image = torch.rand(1, 3, 48, 80)
    edges = [torch.nn.functional.interpolate(edge, (48, 80), mode="bilinear") for edge in network(255 * image)]
    torch.testing.assert_close(draw(image), torch.stack(edges).mean(dim=0).sigmoid())


@torch.no_grad()
def test_pidinet(tmp_path):
    from controlnet_aux.pidi.model import pidinet

    torch.manual_seed(0)
    network = pidinet().eval()
    settings = {"_class_name": "PiDiNet", "base_channels": 60, "dilation_channels": 24, "attention_channels": 4}
    state = {"epoch": 3, "state_dict": {f"module.{name}": value for name, value in network.state_dict().items()}}
    draw = converted(tmp_path, PIDINET, state, settings)
    image = torch.rand(1, 3, 48, 80)
    torch.testing.assert_close(draw(image), network(image)[-1])


@torch.no_grad()
def test_lineart_anime(tmp_path):
    from functools import partial

    from controlnet_aux.lineart_anime import UnetGenerator

    torch.manual_seed(0)
    norm = partial(torch.nn.InstanceNorm2d, affine=False, track_running_stats=False)
    network = UnetGenerator(3, 1, 8, 64, norm_layer=norm, use_dropout=False).eval()
    settings = {"_class_name": "UnetGenerator", "num_downs": 8, "base_channels": 64}
    state = {f"module.{name}": value for name, value in network.state_dict().items()}
    draw = converted(tmp_path, LINE_ART_ANIME, state, settings)
    image = torch.rand(1, 3, 256, 256)
    torch.testing.assert_close(draw(image), (network(2 * image - 1) + 1) / 2)


@pytest.mark.parametrize("backbone", ["vitb_rn50_384", "vitl16_384"])
@torch.no_grad()
def test_depth(tmp_path, backbone):
    from controlnet_aux.midas.midas.dpt_depth import DPTDepthModel

    torch.manual_seed(0)
    network = DPTDepthModel(backbone=backbone).eval()
    network.scratch.output_conv[4].bias.fill_(1)
    is_hybrid = backbone == "vitb_rn50_384"
    settings = {
        "_class_name": "DPTDepthModel",
        "image_size": 384,
        "patch_size": 16,
        "hidden_size": 768 if is_hybrid else 1024,
        "num_hidden_layers": 12 if is_hybrid else 24,
        "num_attention_heads": 12 if is_hybrid else 16,
        "layer_norm_eps": 1e-6,
        "backbone_out_indices": [8, 11] if is_hybrid else [5, 11, 17, 23],
        "neck_hidden_sizes": [256, 512, 768, 768] if is_hybrid else [256, 512, 1024, 1024],
        "fusion_hidden_size": 256,
        "head_size": 32,
        "resnet_depths": [3, 4, 9] if is_hybrid else [],
        "resnet_hidden_sizes": [256, 512, 1024] if is_hybrid else [],
        "resnet_embedding_size": 64,
        "resnet_num_groups": 32,
    }
    draw = converted(tmp_path, DPT, network.state_dict(), settings)
    image = torch.rand(1, 3, 64, 96)
    torch.testing.assert_close(draw(image)[:, 0], network(2 * image - 1))


@torch.no_grad()
def test_depth_of_transformers(tmp_path):
    from transformers import DPTConfig, DPTForDepthEstimation

    torch.manual_seed(0)
    config = DPTConfig(
        hidden_size=16, intermediate_size=64, num_hidden_layers=4, num_attention_heads=2, image_size=64, patch_size=16,
        backbone_out_indices=[0, 1, 2, 3], neck_hidden_sizes=[8, 8, 12, 12], fusion_hidden_size=8, layer_norm_eps=1e-12,
    )  # fmt: skip
    network = DPTForDepthEstimation(config).eval()
    for tensor in network.parameters():
        tensor.normal_(std=0.2)
    network.head.head[4].bias.fill_(5)
    network.save_pretrained(tmp_path / "transformers")
    convert.main([str(tmp_path / "transformers"), str(tmp_path / "out")])

    settings = json.loads((tmp_path / "out" / "config.json").read_text())
    assert settings["_class_name"] == "DPTDepthModel" and settings["layer_norm_eps"] == 1e-12
    image = torch.rand(1, 3, 96, 96)
    found = DPT.draw(Weights(load_file(tmp_path / "out" / WEIGHTS)), settings, image)
    torch.testing.assert_close(found[:, 0], network(2 * image - 1).predicted_depth, rtol=1e-4, atol=1e-4)


@torch.no_grad()
def test_a_tensor_too_many_is_named(tmp_path):
    from controlnet_aux.pidi.model import pidinet

    torch.save(pidinet().state_dict() | {"block5_1.conv1.weight": torch.zeros(2)}, tmp_path / "a.pth")
    with pytest.raises(SystemExit, match="block5_1.conv1.weight"):
        convert.main([str(tmp_path / "a.pth"), str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()

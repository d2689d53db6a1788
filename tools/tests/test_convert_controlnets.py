"""ControlNets in their authors' names, random and tiny."""

import json

import ldm_names
import pytest
import torch
from converted import equal, weights
from diffusers import ControlNetModel, DiffusionPipeline
from safetensors.torch import load_file, save_file

import convert
from make_tiny_model import ARCHITECTURES, write_pipeline

WEIGHTS = "diffusion_pytorch_model.safetensors"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sd15")
    write_pipeline(ARCHITECTURES["sd15"], folder, torch.Generator().manual_seed(1))
    return folder


def control(model, channels):
    """A random ControlNet of the model, and what stands for none of its hints."""
    torch.manual_seed(2)
    unet = DiffusionPipeline.from_pretrained(model).unet
    network = ControlNetModel.from_unet(
        unet, conditioning_channels=channels, conditioning_embedding_out_channels=(4, 6, 8, 10)
    )
    for parameter in network.parameters():
        parameter.data += 0.05 * torch.randn_like(parameter)
    return network, torch.randn(16, 16, channels)


def checkpoint(model, network, hint, path):
    tensors = ldm_names.single_file(DiffusionPipeline.from_pretrained(model))
    tensors |= {f"control_model.{name}": value for name, value in ldm_names.control_tensors(network).items()}
    tensors |= {} if hint is None else {"drop_out_embedding": hint}
    tensors = {name: value.clone().contiguous() for name, value in tensors.items()}
    torch.save({"state_dict": tensors, "pytorch-lightning_version": "1.5.0"}, path)


def expect_written(folder, network, hint, order, dtype=torch.float32):
    found = load_file(folder / WEIGHTS)
    expected = dict(network.state_dict()) | ({} if hint is None else {"drop_out_embedding": hint})
    assert equal({name: value.to(dtype) for name, value in expected.items()}, found)
    config = json.loads((folder / "config.json").read_text())
    assert config["_class_name"] == "ControlNetModel"
    assert config["conditioning_channels"] == network.config.conditioning_channels
    assert config["controlnet_conditioning_channel_order"] == "rgb"
    assert config["image_channel_order"] == order


@pytest.mark.parametrize("channels", [3, 22])
def test_checkpoint_becomes_model_and_control(model, tmp_path, channels):
    network, hint = control(model, channels)
    checkpoint(model, network, hint, tmp_path / "control_sd15.ckpt")
    convert.main([str(tmp_path / "control_sd15.ckpt"), str(tmp_path / "out"), "--config", str(model)])

    found = {name: value for name, value in weights(tmp_path / "out").items() if not name.startswith("control.")}
    assert equal(weights(model), found)
    expect_written(tmp_path / "out" / "control", network, hint, "rgb")


@pytest.mark.parametrize("channels", [3, 22])
def test_colours_of_bgr_are_read_as_rgb(model, tmp_path, channels, capsys):
    network, hint = control(model, channels)
    checkpoint(model, network, hint, tmp_path / "control_sd15.ckpt")
    options = ["--config", str(model), "--channel-order", "bgr"]
    convert.main([str(tmp_path / "control_sd15.ckpt"), str(tmp_path / "out"), *options])
    assert "If these weights" not in capsys.readouterr().out

    # The same picture in either order gives the same.
    picture = torch.rand(1, channels, 16, 16)
    seen = picture.flip(1) if channels == 3 else picture
    converted = ControlNetModel.from_pretrained(tmp_path / "out" / "control")
    with torch.no_grad():
        expected = network.controlnet_cond_embedding(seen)
        assert torch.allclose(converted.controlnet_cond_embedding(picture), expected, atol=1e-6)
    absent = load_file(tmp_path / "out" / "control" / WEIGHTS)["drop_out_embedding"]
    assert torch.equal(absent, hint.flip(-1) if channels == 3 else hint)
    config = json.loads((tmp_path / "out" / "control" / "config.json").read_text())
    assert config["image_channel_order"] == "bgr"


def test_a_control_alone_asks_for_its_model(model, tmp_path, capsys):
    network, _ = control(model, 3)
    tensors = {f"control_model.{name}": value for name, value in ldm_names.control_tensors(network).items()}
    save_file({name: value.clone() for name, value in tensors.items()}, tmp_path / "control.safetensors")
    with pytest.raises(SystemExit, match="Name with --config"):
        convert.main([str(tmp_path / "control.safetensors"), str(tmp_path / "out")])
    options = ["--config", str(model), "--dtype", "fp16"]
    convert.main([str(tmp_path / "control.safetensors"), str(tmp_path / "out"), *options])
    expect_written(tmp_path / "out", network, None, "rgb", torch.float16)
    assert "without what stands for no control image" in capsys.readouterr().out


def test_incomplete_controls_are_refused(model, tmp_path):
    network, hint = control(model, 3)
    for gone, words in [("input_hint_block.4.weight", "input_hint_block"), ("zero_convs.1.0.bias", "does not fit")]:
        tensors = {f"control_model.{name}": value.clone() for name, value in ldm_names.control_tensors(network).items()}
        del tensors[f"control_model.{gone}"]
        save_file(tensors, tmp_path / "control.safetensors")
        with pytest.raises(SystemExit, match=words):
            convert.main([str(tmp_path / "control.safetensors"), str(tmp_path / "out"), "--config", str(model)])
    assert not (tmp_path / "out").exists()


def test_the_order_is_for_controls(model, tmp_path):
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    with pytest.raises(SystemExit, match="no ControlNet, for which --channel-order is"):
        convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--channel-order", "bgr"])

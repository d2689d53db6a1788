"""The converter on adapters, the line-art annotator and files that it does not know; random, nothing is downloaded."""

import json

import pytest
import torch
from converted import equal
from diffusers import T2IAdapter
from safetensors.torch import load_file, save_file

import convert
from conversion.adapters import original_features
from conversion.annotators import Weights
from conversion.errors import reason
from conversion.lineart import draw
from make_tiny_model import ARCHITECTURES, make_adapter


def original_adapter(adapter: T2IAdapter) -> dict[str, torch.Tensor]:
    """The adapter's tensors under its authors' names."""
    tensors = {}
    for name, value in adapter.state_dict().items():
        parts = name.removeprefix("adapter.").split(".")
        if parts[0] == "body" and adapter.config.adapter_type == "light_adapter":
            parts = [part.replace("resnets", "body") for part in parts]
        elif parts[0] == "body":
            resnet = int(parts.pop(3)) if parts[2] == "resnets" else 0
            parts = [part for part in parts if part != "resnets"]
            parts[1] = str(2 * int(parts[1]) + resnet)
        tensors[".".join(parts)] = value
    return tensors


@pytest.mark.parametrize("kind", ["full_adapter", "full_adapter_xl", "light_adapter"])
@pytest.mark.parametrize("dtype", ["fp32", "fp16", "bf16"])
def test_adapter_becomes_what_it_was_made_from(tmp_path, kind, dtype):
    adapter = make_adapter(ARCHITECTURES["sd15"], torch.Generator().manual_seed(1), kind)
    torch.save(original_adapter(adapter), tmp_path / "adapter.pth")
    convert.main([str(tmp_path / "adapter.pth"), str(tmp_path / "out"), "--dtype", dtype])

    converted = T2IAdapter.from_pretrained(tmp_path / "out", dtype=convert.DTYPES[dtype])
    keys = ("adapter_type", "in_channels", "channels", "num_res_blocks", "downscale_factor")
    assert all(adapter.config[key] == converted.config[key] for key in keys)
    assert equal(adapter.to(convert.DTYPES[dtype]).state_dict(), converted.state_dict())


def test_adapter_with_layers_of_its_own_is_refused(tmp_path):
    adapter = make_adapter(ARCHITECTURES["sdxl"], torch.Generator().manual_seed(1))
    tensors = original_adapter(adapter) | {"body.4.down_opt.op.weight": torch.zeros(8, 8, 3, 3)}
    torch.save(tensors, tmp_path / "adapter.pth")
    with pytest.raises(SystemExit, match="down_opt"):
        convert.main([str(tmp_path / "adapter.pth"), str(tmp_path / "out")])
    torch.save(original_adapter(adapter) | {"conv_in.weight": torch.zeros(4)}, tmp_path / "adapter.pth")
    with pytest.raises(SystemExit, match="another shape"):
        convert.main([str(tmp_path / "adapter.pth"), str(tmp_path / "out")])


def test_original_forward_pass_notices_exchanged_layers():
    adapter = make_adapter(ARCHITECTURES["sd15"], torch.Generator().manual_seed(1)).eval()
    tensors, image = original_adapter(adapter), torch.rand(1, 1, 128, 64)
    settings = dict(adapter.config)
    with torch.no_grad():
        expected = adapter(image)
        assert all(map(torch.allclose, original_features(tensors, settings, image), expected))
        first, second = "body.6.block1.weight", "body.7.block1.weight"
        tensors[first], tensors[second] = tensors[second], tensors[first]
        assert not torch.allclose(original_features(tensors, settings, image)[3], expected[3])


class Residual(torch.nn.Module):
    def __init__(self, width: int):
        super().__init__()
        nn = torch.nn
        self.conv_block = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width), nn.ReLU(),
            nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width),
        )  # fmt: skip

    def forward(self, x):
        return x + self.conv_block(x)


class Generator(torch.nn.Module):
    """Informative drawings' generator, as a module: the judge of the converter's functional one."""

    def __init__(self, width: int, blocks: int):
        super().__init__()
        nn, half = torch.nn, dict(stride=2, padding=1)
        up = half | dict(output_padding=1)
        self.model0 = nn.Sequential(
            nn.ReflectionPad2d(3), nn.Conv2d(3, width, 7), nn.InstanceNorm2d(width), nn.ReLU()
        )
        self.model1 = nn.Sequential(
            nn.Conv2d(width, 2 * width, 3, **half), nn.InstanceNorm2d(2 * width), nn.ReLU(),
            nn.Conv2d(2 * width, 4 * width, 3, **half), nn.InstanceNorm2d(4 * width), nn.ReLU(),
        )  # fmt: skip
        self.model2 = nn.Sequential(*(Residual(4 * width) for _ in range(blocks)))
        self.model3 = nn.Sequential(
            nn.ConvTranspose2d(4 * width, 2 * width, 3, **up), nn.InstanceNorm2d(2 * width), nn.ReLU(),
            nn.ConvTranspose2d(2 * width, width, 3, **up), nn.InstanceNorm2d(width), nn.ReLU(),
        )  # fmt: skip
        self.model4 = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(width, 1, 7), nn.Sigmoid())

    def forward(self, x):
        for part in (self.model0, self.model1, self.model2, self.model3, self.model4):
            x = part(x)
        return x


def test_line_art_generator_keeps_its_names_and_its_drawing(tmp_path):
    torch.manual_seed(0)
    generator = Generator(width=4, blocks=3).eval()
    torch.save(generator.state_dict(), tmp_path / "sk_model.pth")
    convert.main([str(tmp_path / "sk_model.pth"), str(tmp_path / "out")])

    settings = json.loads((tmp_path / "out" / "config.json").read_text())
    assert settings == {
        "_class_name": "LineArtGenerator",
        "in_channels": 3,
        "out_channels": 1,
        "num_residual_blocks": 3,
        "base_channels": 4,
    }
    image = torch.rand(1, 3, 32, 48)
    with torch.no_grad():
        found = draw(Weights(load_file(tmp_path / "out" / "diffusion_pytorch_model.safetensors")), settings, image)
        torch.testing.assert_close(found, generator(image))


def test_line_art_generator_of_another_shape_is_refused(tmp_path):
    tensors = Generator(width=4, blocks=3).state_dict()
    for name, value in (("model0.1.weight", torch.zeros(3)), ("model2.1.conv_block.1.weight", torch.zeros(8, 8, 3, 3))):
        save_file(tensors | {name: value}, tmp_path / "a.safetensors")
        with pytest.raises(SystemExit, match="another shape"):
            convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out")])


@pytest.mark.parametrize("dtype", ["fp32", "fp16", "bf16"])
def test_ip_adapter_keeps_its_names(tmp_path, dtype):
    parts = {
        "image_proj": {"proj.weight": torch.randn(8, 3), "norm.weight": torch.ones(2)},
        "ip_adapter": {"1.to_k_ip.weight": torch.randn(4, 2), "1.to_v_ip.weight": torch.randn(4, 2)},
    }
    torch.save(parts, tmp_path / "ip-adapter.bin")
    convert.main([str(tmp_path / "ip-adapter.bin"), str(tmp_path / "out"), "--dtype", dtype])
    found = load_file(tmp_path / "out" / "ip-adapter.safetensors")
    wanted = {f"{part}.{name}": value for part, values in parts.items() for name, value in values.items()}
    assert equal({name: value.to(convert.DTYPES[dtype]) for name, value in wanted.items()}, found)


def test_unknown_models_are_named_by_their_tensors(tmp_path):
    save_file({"some.layer.weight": torch.zeros(1)}, tmp_path / "a.safetensors")
    with pytest.raises(SystemExit, match="some.layer.weight"):
        convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out")])


def test_values_beyond_fp16_are_refused(tmp_path):
    torch.manual_seed(0)
    tensors = Generator(width=4, blocks=3).state_dict()
    tensors["model4.1.bias"] = torch.tensor([1e5])
    torch.save(tensors, tmp_path / "sk_model.pth")
    with pytest.raises(SystemExit, match="model4.1.bias"):
        convert.main([str(tmp_path / "sk_model.pth"), str(tmp_path / "out"), "--dtype", "fp16"])


def test_existing_output_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(SystemExit, match="exists"):
        convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out")])


def test_a_librarys_page_of_advice_is_cut_to_its_first_sentence():
    advice = "\x1b[31mWeights only load failed.\x1b[0m In 2.6, the default was changed. Set weights_only=False."
    assert reason(RuntimeError(advice)) == "Weights only load failed"
    assert reason(ValueError("first line:\nsecond line")) == "first line: second line"
    assert reason(KeyError("a")) == "there is no 'a'"
    assert reason(MemoryError()) == "MemoryError"

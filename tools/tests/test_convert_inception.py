"""The converter on a network of the published names and shapes, compared with pytorch-fid's own."""

import json
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

import convert
from conversion.annotators import WEIGHTS, Weights
from conversion.inception import INCEPTION

pytest.importorskip("pytorch_fid", reason="pip install pytorch-fid")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))
from fid_network import fid_blocks, fid_inception, fill  # noqa: E402


@torch.no_grad()
def test_inception(tmp_path):
    network = fill(fid_inception())
    torch.save(network.state_dict(), tmp_path / "published.pth")
    convert.main([str(tmp_path / "published.pth"), str(tmp_path / "out")])
    assert json.loads((tmp_path / "out" / "config.json").read_text()) == {"_class_name": "FIDInceptionV3"}
    weights = Weights(load_file(tmp_path / "out" / WEIGHTS))
    image = torch.rand(1, 3, 48, 80)
    found = INCEPTION.draw(weights, {}, image)
    torch.testing.assert_close(found, fid_blocks(network, resize=True)(image)[0].flatten(1), rtol=1e-4, atol=1e-4)

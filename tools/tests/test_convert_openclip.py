"""The converter on tiny models of OpenCLIP's own, compared with what OpenCLIP computes."""

import json

import pytest
import torch
from transformers import CLIPImageProcessor, CLIPModel, CLIPTokenizer

import convert
from tiny_tokenizer import vocabulary, write_tokenizer

open_clip = pytest.importorskip("open_clip", reason="pip install --no-deps open_clip_torch ftfy wcwidth")
VOCABULARY = len(vocabulary()[0])
MODEL = {
    "embed_dim": 20,
    "vision_cfg": {"image_size": 28, "layers": 2, "width": 32, "head_width": 8, "patch_size": 7},
    "text_cfg": {"context_length": 12, "vocab_size": VOCABULARY, "width": 24, "heads": 3, "layers": 2},
}


def published(folder, settings):
    """A random model as its authors lay it out."""
    folder.mkdir()
    torch.manual_seed(0)
    model = open_clip.model.CLIP(**settings).eval()
    for parameter in model.parameters():
        parameter.data += 0.1 * torch.randn(parameter.shape)
    torch.save(model.state_dict(), folder / "open_clip_pytorch_model.bin")
    contents = {"model_cfg": settings, "preprocess_cfg": {"mean": [0.5, 0.4, 0.3], "std": [0.2, 0.3, 0.4]}}
    (folder / "open_clip_config.json").write_text(json.dumps(contents))
    write_tokenizer(folder, max_length=12)
    return model


@pytest.mark.parametrize("quick", [False, True])
@torch.no_grad()
def test_openclip(tmp_path, quick):
    model = published(tmp_path / "in", MODEL | {"quick_gelu": quick})
    convert.main([str(tmp_path / "in"), str(tmp_path / "out")])
    found = CLIPModel.from_pretrained(tmp_path / "out").eval()
    image = torch.randn(2, 3, 28, 28)
    torch.testing.assert_close(found.get_image_features(image).pooler_output, model.encode_image(image))
    texts = ["a photo of a dog", "two boats"]
    options = dict(padding="max_length", max_length=12, return_tensors="pt")
    tokens = CLIPTokenizer.from_pretrained(tmp_path / "out")(texts, **options).input_ids
    # OpenCLIP fills up with zeros.
    end = tokens.eq(VOCABULARY - 1).int().argmax(dim=1)
    filled = tokens.masked_fill(torch.arange(12) > end[:, None], 0)
    torch.testing.assert_close(found.get_text_features(tokens).pooler_output, model.encode_text(filled))
    torch.testing.assert_close(found.logit_scale, model.logit_scale)
    assert list(CLIPImageProcessor.from_pretrained(tmp_path / "out").image_std) == [0.2, 0.3, 0.4]


def test_what_is_no_clip(tmp_path):
    published(tmp_path / "in", MODEL)
    settings = MODEL | {"text_cfg": MODEL["text_cfg"] | {"hf_model_name": "roberta-base"}}
    (tmp_path / "in" / "open_clip_config.json").write_text(json.dumps({"model_cfg": settings}))
    with pytest.raises(SystemExit, match="text_cfg.hf_model_name, which CLIP has not"):
        convert.main([str(tmp_path / "in"), str(tmp_path / "out")])


@pytest.mark.parametrize(("name", "words"), [("open_clip_pytorch_model.bin", "no weights"), ("merges.txt", "no tok")])
def test_what_is_missing(tmp_path, name, words):
    published(tmp_path / "in", MODEL)
    (tmp_path / "in" / name).unlink()
    with pytest.raises(SystemExit, match=words):
        convert.main([str(tmp_path / "in"), str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()

"""The captioner with a tiny random BLIP; nothing is downloaded."""

import json
from pathlib import Path

import pytest
import torch
from PIL import Image
from transformers import BertTokenizer, BlipConfig, BlipForConditionalGeneration, BlipImageProcessor, BlipProcessor

import caption

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] a red cat dog on grass".split()


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> str:
    torch.manual_seed(0)
    size = dict(hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2)
    # As in the published model, what begins a caption is no word of the tokenizer.
    tokens = dict(bos_token_id=len(WORDS), eos_token_id=3, sep_token_id=3, pad_token_id=0)
    text = size | tokens | dict(vocab_size=len(WORDS) + 1, encoder_hidden_size=16, projection_dim=16)
    configuration = BlipConfig(text_config=text, vision_config=size | dict(image_size=32, patch_size=8))
    network = BlipForConditionalGeneration(configuration)
    # Words only: a random network may end its sentence before it begins.
    network.text_decoder.cls.predictions.bias.data[[0, 1, 2, 3, 4, len(WORDS)]] = -100
    folder = tmp_path_factory.mktemp("blip")
    network.save_pretrained(folder)
    tokenizer = BertTokenizer(vocab={word: index for index, word in enumerate(WORDS)})
    BlipProcessor(BlipImageProcessor(size=dict(height=32, width=32)), tokenizer).save_pretrained(folder)
    return str(folder)


def draw(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for index, name in enumerate(names):
        Image.new("RGB" if index else "L", (50, 40), 40 * index).save(folder / name)


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_every_photograph_gets_a_line_and_a_second_run_goes_on(model, tmp_path):
    photographs, output = tmp_path / "photographs", tmp_path / "captions.jsonl"
    draw(photographs, "a.jpg", "b.PNG", "c.jpeg")
    (photographs / "notes.txt").write_text("no picture")
    caption.main([str(photographs), str(output), "--model", model, "--batch-size", "2"])
    first = lines(output)
    assert [line["image"] for line in first] == ["a.jpg", "b.PNG", "c.jpeg"]
    assert all(line["caption"] and set(line["caption"].split()) <= set(WORDS[5:]) for line in first)

    draw(photographs, "aa.jpg")
    caption.main([str(photographs), str(output), "--model", model])
    assert lines(output)[:3] == first
    assert [line["image"] for line in lines(output)[3:]] == ["aa.jpg"]


def test_a_list_chooses(model, tmp_path):
    draw(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    (tmp_path / "train.txt").write_text("c\n\na 1\n")
    output = tmp_path / "captions.jsonl"
    caption.main([str(tmp_path), str(output), "--model", model, "--list", str(tmp_path / "train.txt")])
    assert [line["image"] for line in lines(output)] == ["a.jpg", "c.jpg"]

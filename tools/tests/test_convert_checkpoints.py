"""Single-file checkpoints of random models, made here: nothing is downloaded, nothing is left over."""

import json
import re
import shutil
import subprocess
import sys

import ldm_names
import pytest
import torch
from converted import equal, weights
from diffusers import DiffusionPipeline
from safetensors.torch import load_file, save_file

import convert
from make_tiny_model import ARCHITECTURES, write_pipeline


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request, tmp_path_factory):
    """A random pipeline's folder."""
    folder = tmp_path_factory.mktemp(request.param)
    write_pipeline(ARCHITECTURES[request.param], folder, torch.Generator().manual_seed(1))
    return folder


@pytest.mark.parametrize("suffix", [".safetensors", ".ckpt"])
def test_checkpoint_becomes_the_folder_it_was_made_from(model, tmp_path, suffix):
    tensors = ldm_names.single_file(DiffusionPipeline.from_pretrained(model))
    source = tmp_path / f"checkpoint{suffix}"
    if suffix == ".ckpt":
        torch.save({"state_dict": tensors, "global_step": 470000}, source)
    else:
        save_file(tensors, source)
    convert.main([str(source), str(tmp_path / "out"), "--config", str(model)])

    assert equal(weights(model), weights(tmp_path / "out"))
    assert (tmp_path / "out" / "tokenizer" / "tokenizer_config.json").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {source.name, "out"}


@pytest.mark.parametrize("name, dtype", [("fp16", torch.float16), ("bf16", torch.bfloat16)])
def test_dtype_is_what_was_asked_for(model, tmp_path, name, dtype):
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--config", str(model), "--dtype", name])
    assert {value.dtype for value in weights(tmp_path / "out").values()} == {dtype}


def test_prediction_type_replaces_the_configurations(model, tmp_path):
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    options = ["--config", str(model), "--prediction-type", "v_prediction"]
    convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), *options])
    scheduler = json.loads((tmp_path / "out" / "scheduler" / "scheduler_config.json").read_text())
    assert scheduler["prediction_type"] == "v_prediction"


@pytest.mark.parametrize(
    "absent, part",
    [
        ("model.diffusion_model.middle_block.1.norm.weight", "UNet"),
        ("first_stage_model.decoder.conv_out.bias", "autoencoder"),
        ("ln_final.weight|final_layer_norm.weight", "text_encoder"),
    ],
)
def test_checkpoint_without_a_tensor_is_refused_and_leaves_nothing(model, tmp_path, absent, part):
    tensors = ldm_names.single_file(DiffusionPipeline.from_pretrained(model))
    gone = next(name for name in tensors if re.search(absent, name))
    del tensors[gone]
    save_file(tensors, tmp_path / "a.safetensors")
    with pytest.raises(SystemExit, match=f"lacks .*{part}"):
        convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--config", str(model)])
    assert [path.name for path in tmp_path.iterdir()] == ["a.safetensors"]


PARTS = {
    "unet": "model.diffusion_model.",
    "vae": "first_stage_model.",
    "text_encoder": "cond_stage_model.|conditioner.embedders.0.",
}


def without(part, tensors):
    return {name: value for name, value in tensors.items() if not re.match(PARTS[part], name)}


@pytest.mark.parametrize("part", PARTS)
def test_absent_part_is_taken_only_from_where_the_user_says(model, tmp_path, part, capsys):
    tensors = ldm_names.single_file(DiffusionPipeline.from_pretrained(model))
    save_file(without(part, tensors), tmp_path / "a.safetensors")
    arguments = [str(tmp_path / "a.safetensors"), str(tmp_path / "out")]
    with pytest.raises(SystemExit) as exit:
        convert.main([*arguments, "--config", str(model)])
    assert re.search(rf"holds no .*{part}.*--missing-from", exit.value.code, re.IGNORECASE)
    assert "\n" not in exit.value.code and not (tmp_path / "out").exists()

    convert.main([*arguments, "--missing-from", str(model)])
    assert equal(weights(model), weights(tmp_path / "out"))
    assert f"taken from {model}" in capsys.readouterr().out


def test_part_that_is_nowhere_is_named(tmp_path):
    write_pipeline(ARCHITECTURES["sd15"], tmp_path / "model", torch.Generator().manual_seed(1))
    tensors = ldm_names.single_file(DiffusionPipeline.from_pretrained(tmp_path / "model"))
    save_file(without("vae", tensors), tmp_path / "a.safetensors")
    arguments = [str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--missing-from", str(tmp_path / "model")]
    weights_file = tmp_path / "model" / "vae" / "diffusion_pytorch_model.safetensors"
    incomplete = load_file(weights_file)
    del incomplete["decoder.conv_out.bias"]
    save_file(incomplete, weights_file, metadata={"format": "pt"})
    with pytest.raises(SystemExit, match="lacks .*decoder.conv_out.bias"):
        convert.main(arguments)
    weights_file.rename(weights_file.with_suffix(".other"))
    with pytest.raises(SystemExit, match="vae cannot be read"):
        convert.main(arguments)
    (tmp_path / "model" / "vae" / "config.json").unlink()
    with pytest.raises(SystemExit, match="no autoencoder .* either"):
        convert.main(arguments)


def test_configuration_needs_no_weights(model, tmp_path):
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    shutil.copytree(model, tmp_path / "texts", ignore=shutil.ignore_patterns("*.safetensors"))
    convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--config", str(tmp_path / "texts")])
    assert equal(weights(model), weights(tmp_path / "out"))


def test_configuration_of_another_architecture_is_refused(model, tmp_path):
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    other = "sd2" if "sdxl" in model.name else "sdxl"
    write_pipeline(ARCHITECTURES[other], tmp_path / other, torch.Generator().manual_seed(1))
    with pytest.raises(SystemExit) as exit:
        convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--config", str(tmp_path / other)])
    assert re.fullmatch(r"convert\.py: [^\n]*a\.safetensors[^\n]* --config\.", exit.value.code)


@pytest.mark.parametrize("positions", [None, torch.int64, torch.float32])
@pytest.mark.parametrize("architecture", ["sd15", "sdxl"])
def test_old_names_of_clip_are_read(tmp_path, architecture, positions):
    write_pipeline(ARCHITECTURES[architecture], tmp_path / "model", torch.Generator().manual_seed(1))
    tensors = ldm_names.single_file(DiffusionPipeline.from_pretrained(tmp_path / "model"))
    tensors = {name.replace(".transformer.text_model.", ".transformer."): value for name, value in tensors.items()}
    if positions:
        prefix = "conditioner.embedders.0" if architecture == "sdxl" else "cond_stage_model"
        tensors[f"{prefix}.transformer.embeddings.position_ids"] = torch.arange(77)[None].to(positions)
    save_file(tensors, tmp_path / "a.safetensors")
    convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out"), "--config", str(tmp_path / "model")])
    assert equal(weights(tmp_path / "model"), weights(tmp_path / "out"))


def test_checkpoint_without_a_network_asks_for_a_configuration(model, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    with pytest.raises(SystemExit, match="name with --config"):
        convert.main([str(tmp_path / "a.safetensors"), str(tmp_path / "out")])


def test_the_program_says_nothing_but_its_own_words(model, tmp_path):
    save_file(ldm_names.single_file(DiffusionPipeline.from_pretrained(model)), tmp_path / "a.safetensors")
    program = [sys.executable, convert.__file__, tmp_path / "a.safetensors", tmp_path / "out", "--config", model]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    refused = subprocess.run(program, capture_output=True, text=True)
    assert refused.returncode == 1 and re.fullmatch(r"convert\.py: .* exists\. Name a new folder\.\n", refused.stderr)

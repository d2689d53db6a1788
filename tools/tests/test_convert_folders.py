"""Folders of diffusers and transformers whose weights are pickles, variants, shards or of another number type."""

import json
import shutil

import pytest
import torch
from converted import equal, weights
from diffusers import DiffusionPipeline, T2IAdapter
from safetensors.torch import load_file, save_file
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

import convert
from conversion.weights import weight_files
from make_tiny_model import ARCHITECTURES, make_adapter, write_pipeline

WEIGHTS = "diffusion_pytorch_model.safetensors"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pipeline")
    write_pipeline(ARCHITECTURES["sd15"], folder, torch.Generator().manual_seed(1))
    return folder


@pytest.fixture
def source(pipeline, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(pipeline, tmp_path / "source")


@pytest.fixture
def adapter(tmp_path):
    make_adapter(ARCHITECTURES["sd15"], torch.Generator().manual_seed(1)).save_pretrained(tmp_path / "adapter")
    return tmp_path / "adapter"


def run(source, tmp_path, *options):
    convert.main([str(source), str(tmp_path / "out"), *options])
    return tmp_path / "out"


def refusal(source, tmp_path, *options):
    with pytest.raises(SystemExit) as exit:
        run(source, tmp_path, *options)
    assert not (tmp_path / "out").exists() and "\n" not in exit.value.code
    return exit.value.code


def to_pickle(file):
    """The same weights under the names of diffusers and transformers before safetensors."""
    stem = file.name.removesuffix(".safetensors")
    torch.save(load_file(file), file.with_name(f"{'pytorch_model' if stem == 'model' else stem}.bin"))
    file.unlink()


def to_shards(file, kind):
    """Two shards and their index."""
    tensors = load_file(file)
    file.unlink()
    stem, places = file.name.removesuffix(".safetensors"), {}
    for number, names in enumerate((sorted(tensors)[::2], sorted(tensors)[1::2]), start=1):
        shard = file.with_name(f"{stem}-0000{number}-of-00002.{kind}")
        part = {name: tensors[name] for name in names}
        save_file(part, shard) if kind == "safetensors" else torch.save(part, shard)
        places |= dict.fromkeys(names, shard.name)
    file.with_name(f"{stem}.{kind}.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}))


@pytest.mark.parametrize("pickled", [[], ["unet"], ["unet", "vae", "text_encoder"]])
def test_pipeline_has_the_same_tensors_and_texts(pipeline, source, tmp_path, pickled):
    for part in pickled:
        to_pickle(next((source / part).glob("*.safetensors")))
    out = run(source, tmp_path)
    assert equal(weights(pipeline), weights(out))
    for name in ("tokenizer/vocab.json", "tokenizer/merges.txt", "scheduler/scheduler_config.json"):
        assert (out / name).read_bytes() == (pipeline / name).read_bytes()
    assert not list(out.glob("*/*.bin"))
    DiffusionPipeline.from_pretrained(out)


def test_parts_that_nobody_reads_are_left_out(source, tmp_path, capsys):
    index = json.loads((source / "model_index.json").read_text())
    index |= {
        "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"],
        "feature_extractor": ["transformers", "CLIPImageProcessor"],
    }
    (source / "model_index.json").write_text(json.dumps(index))
    for part in ("safety_checker", "feature_extractor"):
        (source / part).mkdir()
    (source / "safety_checker" / "pytorch_model.bin").write_bytes(b"not read")
    out = run(source, tmp_path)
    assert {path.name for path in out.iterdir() if path.is_dir()} == {
        "scheduler", "text_encoder", "tokenizer", "unet", "vae",
    }  # fmt: skip
    written = json.loads((out / "model_index.json").read_text())
    assert written == index | dict.fromkeys(("safety_checker", "feature_extractor"), [None, None])
    assert "feature_extractor, safety_checker" in capsys.readouterr().out


def test_an_image_encoder_is_kept_with_its_preprocessing(pipeline, source, tmp_path):
    encoder = CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=8,
            intermediate_size=8,
            num_attention_heads=2,
            num_hidden_layers=1,
            image_size=8,
            patch_size=4,
            projection_dim=4,
        )
    )
    encoder.save_pretrained(source / "image_encoder")
    to_pickle(source / "image_encoder" / "model.safetensors")
    (source / "feature_extractor").mkdir()
    (source / "feature_extractor" / "preprocessor_config.json").write_text('{"crop_size": 8}')
    index = json.loads((source / "model_index.json").read_text())
    index |= {
        "image_encoder": ["transformers", "CLIPVisionModelWithProjection"],
        "feature_extractor": ["transformers", "CLIPImageProcessor"],
    }
    (source / "model_index.json").write_text(json.dumps(index))
    out = run(source, tmp_path)
    written = load_file(out / "image_encoder" / "model.safetensors")
    expected = {name: value for name, value in encoder.state_dict().items() if not name.endswith("position_ids")}
    assert equal(expected, written)
    assert (out / "feature_extractor" / "preprocessor_config.json").read_text() == '{"crop_size": 8}'
    assert json.loads((out / "model_index.json").read_text()) == index


@pytest.mark.parametrize("kind", ["bin", "safetensors"])
def test_shards_become_one_file(pipeline, source, tmp_path, kind):
    to_shards(source / "unet" / WEIGHTS, kind)
    out = run(source, tmp_path)
    assert equal(weights(pipeline), weights(out))
    assert {path.name for path in (out / "unet").iterdir()} == {"config.json", WEIGHTS}


@pytest.mark.parametrize("named", ["folder", "file"])
@pytest.mark.parametrize("name", ["diffusion_pytorch_model.bin", "pytorch_model.bin", "model.ckpt"])
def test_adapter_is_converted_by_its_folder_or_file(adapter, tmp_path, named, name):
    expected = load_file(adapter / WEIGHTS)
    torch.save(expected, adapter / name)
    (adapter / WEIGHTS).unlink()
    out = run(adapter if named == "folder" else adapter / name, tmp_path)
    assert equal(expected, load_file(out / WEIGHTS))
    assert T2IAdapter.from_pretrained(out).config.adapter_type == "full_adapter"


def test_a_file_of_any_name_is_taken_when_it_is_named(adapter, tmp_path):
    expected = load_file(adapter / WEIGHTS)
    (adapter / WEIGHTS).rename(adapter / "step-2000.safetensors")
    assert "step-2000.safetensors" in refusal(adapter, tmp_path)
    assert equal(expected, load_file(run(adapter / "step-2000.safetensors", tmp_path) / WEIGHTS))


def test_the_most_precise_weights_are_taken(tmp_path):
    best_first = [
        "diffusion_pytorch_model.safetensors",
        "diffusion_pytorch_model.safetensors.index.json",
        "model.safetensors",
        "diffusion_pytorch_model.bin",
        "pytorch_model.bin",
        "diffusion_pytorch_model.fp16.safetensors",
        "diffusion_pytorch_model.safetensors.index.fp16.json",
        "diffusion_pytorch_model.fp16.bin",
        "diffusion_pytorch_model.bf16.safetensors",
        "diffusion_pytorch_model.ema.bin",
        "diffusion_pytorch_model.non_ema.safetensors",
    ]
    others = ["config.json", "optimizer.bin", "diffusion_pytorch_model-00001-of-00002.bin", "README.md"]
    for name in [*reversed(best_first), *others]:
        (tmp_path / name).touch()
    assert [path.name for path in weight_files(tmp_path)] == best_first


@pytest.mark.parametrize("variant", ["fp16", "bf16", "non_ema"])
def test_a_variant_alone_is_taken_and_named(pipeline, source, tmp_path, variant, capsys):
    for part, stem in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model")):
        (source / part / f"{stem}.safetensors").rename(source / part / f"{stem}.{variant}.safetensors")
    assert equal(weights(pipeline), weights(run(source, tmp_path)))
    assert f"unet/diffusion_pytorch_model.{variant}.safetensors" in capsys.readouterr().out


@pytest.mark.parametrize("stored", [torch.float64, torch.float16, torch.bfloat16, torch.float8_e4m3fn])
@pytest.mark.parametrize("name, dtype", convert.DTYPES.items())
def test_numbers_are_cast(source, tmp_path, stored, name, dtype):
    file = source / "text_encoder" / "model.safetensors"
    tensors = {key: value.to(stored) for key, value in load_file(file).items()}
    positions = {"text_model.embeddings.position_ids": torch.arange(77)[None]}
    save_file(tensors | positions, file)
    out = run(file, tmp_path, "--dtype", name)
    expected = {key: value.to(dtype) for key, value in tensors.items()}
    assert equal(expected, load_file(out / "model.safetensors"))
    assert json.loads((out / "config.json").read_text())["dtype"] == str(dtype).removeprefix("torch.")


def test_not_a_number_stays_what_it_is(adapter, tmp_path):
    tensors = load_file(adapter / WEIGHTS)
    tensors["adapter.conv_in.bias"][0] = torch.nan
    save_file(tensors, adapter / WEIGHTS)
    assert load_file(run(adapter, tmp_path) / WEIGHTS)["adapter.conv_in.bias"][0].isnan()


def test_values_beyond_fp16_are_refused(adapter, tmp_path):
    tensors = load_file(adapter / WEIGHTS)
    tensors["adapter.conv_in.bias"][0] = 1e5
    save_file(tensors, adapter / WEIGHTS)
    assert "adapter.conv_in.bias" in refusal(adapter, tmp_path, "--dtype", "fp16")


def test_what_is_absent_is_named(source, tmp_path):
    (source / "unet" / WEIGHTS).rename(source / "unet" / "optimizer.bin")
    assert "optimizer.bin" in refusal(source, tmp_path)
    shutil.rmtree(source / "unet")
    assert "'unet'" in refusal(source, tmp_path)
    (source / "model_index.json").write_text("{")
    assert "model_index.json cannot be read" in refusal(source, tmp_path)
    (source / "model_index.json").unlink()
    assert "neither model_index.json" in refusal(source, tmp_path)


def test_parts_outside_of_the_folder_are_refused(source, tmp_path):
    index = json.loads((source / "model_index.json").read_text())
    (source / "model_index.json").write_text(json.dumps(index | {"../source/unet": index["unet"]}))
    assert "'../source/unet'" in refusal(source, tmp_path)


def test_broken_shards_are_named(adapter, tmp_path):
    to_shards(adapter / WEIGHTS, "bin")
    first, second = sorted(adapter.glob("*.bin"))
    assert str(adapter) in refusal(first, tmp_path)
    torch.save({"other": torch.zeros(1)}, second)
    assert "lack" in refusal(adapter, tmp_path)
    second.unlink()
    assert second.name in refusal(adapter, tmp_path)
    index = adapter / "diffusion_pytorch_model.bin.index.json"
    index.write_text(json.dumps({"weight_map": {"a": "../a.bin"}}))
    assert "'../a.bin'" in refusal(adapter, tmp_path)
    index.write_text("[]")
    assert index.name in refusal(adapter, tmp_path)


@pytest.mark.parametrize("option", [["--prediction-type", "epsilon"], ["--config", "."], ["--missing-from", "."]])
def test_options_of_checkpoints_are_refused(source, tmp_path, option, monkeypatch):
    monkeypatch.chdir(source)
    assert option[0] in refusal(source, tmp_path, *option)


def test_a_folder_that_cannot_be_written_is_named(adapter, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match="out cannot be written"):
        convert.main([str(adapter), str(tmp_path / "file" / "out")])

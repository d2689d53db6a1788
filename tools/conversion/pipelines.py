"""Single-file checkpoints of Stable Diffusion 1.x, 2.x and XL, made pipelines part by part."""

from pathlib import Path

import torch
from diffusers import DiffusionPipeline, StableDiffusionPipeline, StableDiffusionXLPipeline
from diffusers.loaders.single_file_utils import fetch_diffusers_config
from huggingface_hub import snapshot_download

from .check import check_outputs, seeded_noise
from .errors import ConversionError, explaining
from .files import narrow
from .parts import WORDS, absent_parts, part_names, read_part, take_part, usual_names

# Parts that a configuration may name and that are not needed to paint.
UNUSED = {"safety_checker": None, "feature_extractor": None, "image_encoder": None}


def convert_checkpoint(
    path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype, options
) -> None:
    """Writes the pipeline's folder and checks every part against the pipeline read from the single file."""
    pipeline = load(path, usual_names(tensors), options)
    with explaining(
        f"{path} holds a model of another kind",
        "Expected one that paints from text: Stable Diffusion 1.x, 2.x or XL.",
    ):
        expected = {name: outputs(part, pipeline) for name, part in modules(pipeline).items()}
    for part in modules(pipeline).values():
        narrow(dict(part.state_dict()), dtype)
        part.to(dtype)
    pipeline.save_pretrained(folder)

    converted = DiffusionPipeline.from_pretrained(folder, dtype=torch.float32, **unused(pipeline))
    for name, part in modules(converted).items():
        check_outputs(name, expected[name], outputs(part, converted), dtype)


def load(path: Path, tensors: dict[str, torch.Tensor], options) -> DiffusionPipeline:
    """The pipeline in fp32: the checkpoint's parts, those it lacks from where the user said, texts from a folder."""
    absent = absent_parts(tensors)
    if absent and not options.missing_from:
        raise ConversionError(
            f"{path} holds no {' and no '.join(WORDS[name] for name in absent)}. Say with --missing-from DIR from "
            "which diffusers folder of the same architecture to take what is missing."
        )
    config = options.config or options.missing_from or fetched_config(path, tensors)
    parts = {
        name: take_part(name, options.missing_from) if name in absent else read_part(name, path, tensors, config)
        for name in part_names(tensors)
    }
    pipeline = assemble(path, config, parts)
    if options.prediction_type:
        scheduler = pipeline.scheduler
        pipeline.scheduler = type(scheduler).from_config(scheduler.config, prediction_type=options.prediction_type)
    return pipeline


def assemble(path: Path, config: Path, parts: dict[str, torch.nn.Module]) -> DiffusionPipeline:
    """The parts, with the scheduler and the tokenizers of `config`."""
    loader = StableDiffusionXLPipeline if "text_encoder_2" in parts else StableDiffusionPipeline
    left = {name: None for name in UNUSED if name in loader._optional_components}
    with explaining(
        f"{config} has no scheduler and tokenizers for {path}",
        "Name a complete diffusers folder of the same architecture with --config.",
    ):
        return loader.from_pretrained(config, local_files_only=True, **parts, **left)


def fetched_config(path: Path, tensors: dict[str, torch.Tensor]) -> Path:
    """The texts of the checkpoint's architecture, from the Hugging Face Hub or its cache on this machine."""
    with explaining(
        f"The configuration and tokenizer of {path} cannot be fetched from the Hugging Face Hub",
        "Without a network, name with --config a diffusers folder of the same architecture, of which only the JSON "
        "files and the tokenizer are read.",
    ):
        repository = fetch_diffusers_config(tensors)["pretrained_model_name_or_path"]
        return Path(snapshot_download(repository, allow_patterns=["*.json", "*.txt"]))


def unused(pipeline: DiffusionPipeline) -> dict[str, None]:
    return {name: None for name in UNUSED if name in pipeline.components}


def modules(pipeline: DiffusionPipeline) -> dict[str, torch.nn.Module]:
    """The parts with weights."""
    return {name: part for name, part in pipeline.components.items() if isinstance(part, torch.nn.Module)}


@torch.no_grad()
def outputs(part: torch.nn.Module, pipeline: DiffusionPipeline) -> list[torch.Tensor]:
    """What a part makes of seeded noise, in fp32."""
    part.eval()
    settings = part.config
    if part is pipeline.unet:
        conditions = None
        if settings.addition_embed_type == "text_time":
            width = settings.projection_class_embeddings_input_dim - 6 * settings.addition_time_embed_dim
            ids = torch.tensor([[512.0, 512, 0, 0, 512, 512]])
            conditions = {"text_embeds": seeded_noise(1, width), "time_ids": ids}
        sample = seeded_noise(1, settings.in_channels, 16, 8)
        context = seeded_noise(1, 77, settings.cross_attention_dim)
        return [part(sample, torch.tensor(500), context, added_cond_kwargs=conditions).sample]
    if part is pipeline.vae:
        picture = part.decode(seeded_noise(1, settings.latent_channels, 8, 16)).sample
        return [picture, part.encode(picture).latent_dist.mean]
    ids = torch.arange(77)[None] * 97 % (settings.vocab_size - 2)
    ids[:, 20:] = settings.vocab_size - 1  # the end of the text
    result = part(ids, output_hidden_states=True)
    pooled = result.text_embeds if "text_embeds" in result else result.pooler_output
    return [result.last_hidden_state, result.hidden_states[-2], pooled]

"""Single-file checkpoints of Stable Diffusion 1.x, 2.x and XL, read by diffusers' own `from_single_file`."""

from pathlib import Path

import accelerate  # noqa: F401 — without it, diffusers leaves absent tensors random and says nothing
import torch
from diffusers import DiffusionPipeline, StableDiffusionPipeline, StableDiffusionXLPipeline

from .check import check_outputs, seeded_noise
from .errors import ConversionError
from .files import narrow

# Parts that a configuration may name, that the checkpoints do not hold, and that are not needed to paint.
UNUSED = {"safety_checker": None, "feature_extractor": None, "image_encoder": None}
OFFLINE = (
    "diffusers knows the architecture from the checkpoint and fetches its configuration and tokenizer from the "
    "Hugging Face Hub. Without a network, pass --config DIR: any diffusers folder of the same architecture, of "
    "which only the JSON files and the tokenizer are read."
)


def is_checkpoint(tensors: dict[str, torch.Tensor]) -> bool:
    return any(name.startswith("model.diffusion_model.") for name in tensors)


def convert_checkpoint(
    path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype, options
) -> None:
    """Writes the pipeline's folder and checks every part against the pipeline read from the single file."""
    pipeline = load(path, tensors, options)
    expected = {name: outputs(part, pipeline) for name, part in modules(pipeline).items()}
    for part in modules(pipeline).values():
        narrow(dict(part.state_dict()), dtype)
        part.to(dtype)
    pipeline.save_pretrained(folder)

    converted = DiffusionPipeline.from_pretrained(folder, dtype=torch.float32, **unused(pipeline))
    for name, part in modules(converted).items():
        check_outputs(name, expected[name], outputs(part, converted), dtype)


def load(path: Path, tensors: dict[str, torch.Tensor], options) -> DiffusionPipeline:
    is_xl = any(name.startswith("conditioner.embedders.1.") for name in tensors)
    loader = StableDiffusionXLPipeline if is_xl else StableDiffusionPipeline
    parts = {name: None for name in UNUSED if name in loader._optional_components}
    try:
        pipeline = loader.from_single_file(
            str(path),
            config=None if options.config is None else str(options.config),
            local_files_only=options.config is not None,
            **parts,
        )
    except NotImplementedError as error:  # a parameter that got no data
        raise ConversionError(
            f"{path} lacks tensors of the UNet or the autoencoder: it is cut short, or --config describes another "
            "architecture."
        ) from error
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ConversionError(f"diffusers cannot read {path} as {loader.__name__}: {error}\n{OFFLINE}") from error
    for name, part in modules(pipeline).items():
        missing = [key for key, value in part.named_parameters() if value.is_meta]
        if missing:
            raise ConversionError(
                f"{path} lacks {len(missing)} tensors of the {name}, {missing[0]} among them. Does --config describe "
                "this architecture?"
            )
        part.float()
    if options.prediction_type:
        scheduler = pipeline.scheduler
        pipeline.scheduler = type(scheduler).from_config(scheduler.config, prediction_type=options.prediction_type)
    return pipeline


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

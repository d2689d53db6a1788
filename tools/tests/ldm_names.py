"""The names that Stable Diffusion's authors gave their tensors, for a pipeline of any width.

The way back from what diffusers reads; written from the block numbering of the original code, so that a test of the
conversion does not lean on the converter's own tables.
"""

import re

import torch
from diffusers import DiffusionPipeline

RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
UNET_ENDS = {
    "conv_in": "input_blocks.0.0",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
VAE_RESNET = {"conv_shortcut": "nin_shortcut"}
VAE_ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}
OPEN_CLIP = {
    "layer_norm1": "ln_1",
    "layer_norm2": "ln_2",
    "mlp.fc1": "mlp.c_fc",
    "mlp.fc2": "mlp.c_proj",
    "self_attn.out_proj": "attn.out_proj",
}


def replaced(text: str, table: dict[str, str]) -> str:
    for new, old in table.items():
        if text == new or text.startswith(new + "."):
            return old + text[len(new) :]
    return text


def unet_name(name: str, layers: int, has_attention: dict[tuple[str, int], bool]) -> str:
    """One name of the UNet: blocks are numbered through, each resnet with its attention, each resampling alone."""
    if match := re.fullmatch(r"(down|up)_blocks\.(\d+)\.(resnets|attentions)\.(\d+)\.(.*)", name):
        side, block, kind, index, rest = match[1], int(match[2]), match[3], int(match[4]), match[5]
        place = 1 + block * (layers + 1) + index if side == "down" else block * (layers + 1) + index
        stem = f"{'input' if side == 'down' else 'output'}_blocks.{place}"
        return f"{stem}.1.{rest}" if kind == "attentions" else f"{stem}.0.{replaced(rest, RESNET)}"
    if match := re.fullmatch(r"down_blocks\.(\d+)\.downsamplers\.0\.conv\.(.*)", name):
        return f"input_blocks.{(int(match[1]) + 1) * (layers + 1)}.0.op.{match[2]}"
    if match := re.fullmatch(r"up_blocks\.(\d+)\.upsamplers\.0\.conv\.(.*)", name):
        block = int(match[1])
        slot = 2 if has_attention["up", block] else 1
        return f"output_blocks.{block * (layers + 1) + layers}.{slot}.conv.{match[2]}"
    if match := re.fullmatch(r"mid_block\.resnets\.(\d)\.(.*)", name):
        return f"middle_block.{2 * int(match[1])}.{replaced(match[2], RESNET)}"
    if match := re.fullmatch(r"mid_block\.attentions\.0\.(.*)", name):
        return f"middle_block.1.{match[1]}"
    return replaced(name, UNET_ENDS)


def unet_tensors(unet) -> dict[str, torch.Tensor]:
    has_attention = {
        ("up", index): "Attn" in kind for index, kind in enumerate(unet.config.up_block_types)
    }
    return {
        unet_name(name, unet.config.layers_per_block, has_attention): value
        for name, value in unet.state_dict().items()
    }


def control_name(name: str, layers: int) -> str:
    """One name of a ControlNet: as the UNet's way down, a 1×1 convolution for each block, and the hint's convolutions,
    of which every second place is an activation."""
    if match := re.fullmatch(r"controlnet_down_blocks\.(\d+)\.(.*)", name):
        return f"zero_convs.{match[1]}.0.{match[2]}"
    if match := re.fullmatch(r"controlnet_mid_block\.(.*)", name):
        return f"middle_block_out.0.{match[1]}"
    if match := re.fullmatch(r"controlnet_cond_embedding\.blocks\.(\d+)\.(.*)", name):
        return f"input_hint_block.{2 * int(match[1]) + 2}.{match[2]}"
    ends = {"controlnet_cond_embedding.conv_in": "input_hint_block.0"}
    ends |= {"controlnet_cond_embedding.conv_out": "input_hint_block.14"}
    return unet_name(replaced(name, ends), layers, {})


def control_tensors(network) -> dict[str, torch.Tensor]:
    layers = network.config.layers_per_block
    return {control_name(name, layers): value for name, value in network.state_dict().items()}


def vae_tensors(vae) -> dict[str, torch.Tensor]:
    last = len(vae.config.block_out_channels) - 1
    tensors = {}
    for name, value in vae.state_dict().items():
        if match := re.fullmatch(r"(encoder|decoder)\.(down|up)_blocks\.(\d)\.(resnets|\w+samplers)\.(\d)\.(.*)", name):
            side, way, block, kind, index, rest = match.groups()
            place = int(block) if way == "down" else last - int(block)
            resnet = f"block.{index}.{replaced(rest, VAE_RESNET)}"
            name = f"{side}.{way}.{place}." + (resnet if kind == "resnets" else f"{way}sample.{rest}")
        elif match := re.fullmatch(r"(encoder|decoder)\.mid_block\.resnets\.(\d)\.(.*)", name):
            name = f"{match[1]}.mid.block_{int(match[2]) + 1}.{match[3]}"
        elif match := re.fullmatch(r"(encoder|decoder)\.mid_block\.attentions\.0\.(.*)", name):
            name = f"{match[1]}.mid.attn_1.{replaced(match[2], VAE_ATTENTION)}"
            value = value[:, :, None, None] if value.ndim == 2 else value  # linear layers were 1×1 convolutions
        tensors[name.replace("conv_norm_out", "norm_out")] = value
    return tensors


def clip_tensors(encoder) -> dict[str, torch.Tensor]:
    """OpenAI's CLIP, as in Stable Diffusion 1.x and XL: the names of old transformers."""
    return {f"text_model.{name.removeprefix('text_model.')}": value for name, value in encoder.state_dict().items()}


def open_clip_tensors(encoder) -> dict[str, torch.Tensor]:
    """OpenCLIP, as in Stable Diffusion 2.x and XL: query, key and value in one matrix, the projection transposed."""
    state = {name.removeprefix("text_model."): value for name, value in encoder.state_dict().items()}
    tensors = {
        "positional_embedding": state.pop("embeddings.position_embedding.weight"),
        "token_embedding.weight": state.pop("embeddings.token_embedding.weight"),
        "ln_final.weight": state.pop("final_layer_norm.weight"),
        "ln_final.bias": state.pop("final_layer_norm.bias"),
    }
    if "text_projection.weight" in state:
        tensors["text_projection"] = state.pop("text_projection.weight").T.contiguous()
    for name, value in state.items():
        layer, rest = re.fullmatch(r"encoder\.layers\.(\d+)\.(.*)", name).groups()
        stem = f"transformer.resblocks.{layer}"
        if match := re.fullmatch(r"self_attn\.([qkv])_proj\.(weight|bias)", rest):
            if match[1] == "q":
                parts = [state[name.replace("q_proj", f"{part}_proj")] for part in "qkv"]
                tensors[f"{stem}.attn.in_proj_{match[2]}"] = torch.cat(parts)
        else:
            tensors[f"{stem}.{replaced(rest, OPEN_CLIP)}"] = value
    return tensors


def single_file(pipeline: DiffusionPipeline) -> dict[str, torch.Tensor]:
    """The whole checkpoint."""
    encoder = pipeline.text_encoder
    if "text_encoder_2" in pipeline.components:
        texts = {
            "conditioner.embedders.0.transformer.": clip_tensors(encoder),
            "conditioner.embedders.1.model.": open_clip_tensors(pipeline.text_encoder_2),
        }
    elif encoder.config.hidden_act == "gelu":
        texts = {"cond_stage_model.model.": open_clip_tensors(encoder)}
    else:
        texts = {"cond_stage_model.transformer.": clip_tensors(encoder)}
    groups = texts | {
        "model.diffusion_model.": unet_tensors(pipeline.unet),
        "first_stage_model.": vae_tensors(pipeline.vae),
    }
    return {
        prefix + name: value.contiguous() for prefix, group in groups.items() for name, value in group.items()
    }

#!/usr/bin/env python3
"""Turns published weights into the folders that Spolvero reads.

Takes single-file Stable Diffusion 1.x, 2.x and XL checkpoints (.safetensors, .ckpt); folders in the layout of
diffusers or transformers, pipelines or single components, whose weights are pickles (.bin), variants, shards or of
another number type; ControlNets in their authors' names, alone or with the model that they steer, as ScribbleGen's
(control_sd15_….ckpt); original T2I-Adapters (.pth, Stable Diffusion 1.x full and light, XL); IP-Adapters (.bin);
annotators' networks (ControlNetHED.pth, table5_pidinet.pth, dpt_hybrid-midas-501f0c75.pt, dpt_large-midas-2f21e586.pt,
sk_model.pth, sk_model2.pth, netG.pth; transformers' DPTForDepthEstimation); segmenters of MMSegmentation and
torchvision (DeepLabV3, DeepLabV3+, PSPNet); OpenCLIP's own folders; and the network of the Fréchet inception distance
(pt_inception-2015-12-05-6726825d.pth). It finds out by itself which one it has. The result is loaded back and must
compute what the source computes, or nothing is written.

    python tools/convert.py v1-5-pruned-emaonly.safetensors stable-diffusion-1.5 --dtype fp16
    python tools/convert.py t2iadapter_canny_sd15v2 canny-adapter
    python tools/convert.py t2iadapter_canny_sd15v2.pth canny-adapter
    python tools/convert.py ip-adapter_sd15.bin ip-adapter-sd15
    python tools/convert.py control_sd15_scribbles.ckpt scribblegen --channel-order bgr
    python tools/convert.py sk_model.pth line-art
    python tools/convert.py deeplabv3plus_r101-d8_512x512_40k_voc12aug.pth deeplab
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from safetensors import SafetensorError

import conversion.quiet  # noqa: F401 — before the modules whose imports already warn
from conversion.adapters import convert_adapter, is_adapter
from conversion.annotators import convert_annotator, plain_names
from conversion.components import convert_component
from conversion.controlnets import convert_control, has_control, without_control
from conversion.dpt import DPT
from conversion.dpt_transformers import convert_depth_folder, is_depth_folder
from conversion.encoder_decoder import convert_encoder_decoder, is_encoder_decoder
from conversion.errors import ConversionError, reason
from conversion.files import DTYPES, load_tensors
from conversion.folders import convert_folder
from conversion.hed import HED
from conversion.inception import INCEPTION
from conversion.ip_adapter import convert_ip_adapter, is_ip_adapter
from conversion.lineart import LINE_ART
from conversion.lineart_anime import LINE_ART_ANIME
from conversion.openclip import convert_openclip, is_openclip_folder
from conversion.parts import is_checkpoint
from conversion.pidinet import PIDINET
from conversion.pipelines import convert_checkpoint

ANNOTATORS = [LINE_ART, LINE_ART_ANIME, HED, PIDINET, DPT, INCEPTION]


def convert(source: Path, folder: Path, options: argparse.Namespace) -> None:
    """Recognizes the source, a file by its tensors' names, and writes its parts into `folder`."""
    dtype = DTYPES[options.dtype]
    tensors = {} if source.is_dir() else load_tensors(source)
    if has_control(tensors):
        convert_controlled(source, tensors, folder, dtype, options)
        return
    refuse_options(options, "ControlNet", ["channel_order"])
    if is_checkpoint(tensors):
        convert_checkpoint(source, tensors, folder, dtype, options)
        return
    refuse_options(options, "single-file checkpoint", ["config", "missing_from", "prediction_type"])
    if source.is_dir() and is_depth_folder(source):
        convert_depth_folder(source, folder, dtype)
    elif is_openclip_folder(source):
        convert_openclip(source, folder, dtype)
    elif source.is_dir():
        convert_folder(source, folder, dtype)
    elif is_adapter(tensors):
        convert_adapter(source, tensors, folder, dtype)
    elif annotator := next((kind for kind in ANNOTATORS if kind.telltale <= plain_names(tensors).keys()), None):
        convert_annotator(annotator, source, tensors, folder, dtype)
    elif is_encoder_decoder(tensors):
        convert_encoder_decoder(source, tensors, folder, dtype)
    elif is_ip_adapter(tensors):
        convert_ip_adapter(source, tensors, folder, dtype)
    elif (source.parent / "config.json").is_file():
        convert_component(source, folder, dtype)
    else:
        raise ConversionError(
            f"{source} is nothing that this program knows; its tensors are named {', '.join(list(tensors)[:4])} … "
            "Expected a single-file Stable Diffusion 1.x, 2.x or XL checkpoint, a ControlNet, an original T2I-Adapter, "
            "an IP-Adapter, the network of an annotator or of FID, a segmenter, or a component's weights beside their "
            "config.json."
        )


def convert_controlled(
    source: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype, options: argparse.Namespace
) -> None:
    """Writes a ControlNet or, where the model that it steers is there too, that and the ControlNet in `control`."""
    if is_checkpoint(tensors):
        convert_checkpoint(source, without_control(tensors), folder, dtype, options)
        (folder / "control").mkdir()
        convert_control(source, tensors, folder / "unet", folder / "control", dtype, options)
        return
    refuse_options(options, "whole checkpoint", ["missing_from", "prediction_type"])
    if not options.config:
        raise ConversionError(
            f"{source} holds a ControlNet alone. Name with --config a diffusers folder of the model that it steers, of "
            "which only the UNet's config.json is read."
        )
    convert_control(source, tensors, options.config / "unet", folder, dtype, options)


def refuse_options(options: argparse.Namespace, kind: str, names: list[str]) -> None:
    for name in names:
        if getattr(options, name):
            flag = f"--{name.replace('_', '-')}"
            raise ConversionError(f"{options.source} is no {kind}, for which {flag} is. Leave it out.")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the published file or folder")
    parser.add_argument("output", type=Path, help="the folder to make")
    parser.add_argument("--dtype", choices=DTYPES, default="fp32", help="the weights' precision (fp32)")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="DIR",
        help="for checkpoints: a diffusers folder of the same architecture, to read its JSON files and tokenizer "
        "from instead of fetching them",
    )
    parser.add_argument(
        "--missing-from",
        type=Path,
        metavar="DIR",
        help="for checkpoints without autoencoder, text encoder or UNet: a diffusers folder of the same architecture, "
        "to take them from; also read as --config is, unless that is given",
    )
    parser.add_argument(
        "--prediction-type",
        choices=["epsilon", "v_prediction"],
        help="for checkpoints: what the UNet predicts, where the configuration is wrong about it; Stable Diffusion "
        "2.x comes in both kinds with the same shapes",
    )
    parser.add_argument(
        "--channel-order",
        choices=["rgb", "bgr"],
        help="for ControlNets: the order of the channels of the images that it was trained on (rgb); ScribbleGen's for "
        "PASCAL VOC have learnt bgr",
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    try:
        run(options)
    except ConversionError as error:
        sys.exit(f"convert.py: {error}")
    except (OSError, SafetensorError) as error:
        sys.exit(
            f"convert.py: {options.output} cannot be written ({reason(error)}). Free some space, or check the folders "
            "and their permissions, then start again."
        )
    print(f"Wrote {options.output}.")


def run(options: argparse.Namespace) -> None:
    """Converts into a scratch folder beside the output, which becomes the output when all is well."""
    if options.output.exists():
        raise ConversionError(f"{options.output} exists. Name a new folder.")
    for flag, folder in (("--config", options.config), ("--missing-from", options.missing_from)):
        if folder and not (folder / "model_index.json").is_file():
            raise ConversionError(f"{flag} {folder} holds no model_index.json. Name a pipeline's folder.")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.output.parent, prefix=".convert-") as scratch:
        folder = Path(scratch) / "model"
        folder.mkdir()
        convert(options.source, folder, options)
        shutil.move(folder, options.output)


if __name__ == "__main__":
    main()

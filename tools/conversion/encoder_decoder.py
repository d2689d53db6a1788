"""Segmenters of MMSegmentation and torchvision: ResNets with the heads of DeepLabV3, DeepLabV3+ and PSPNet."""

from pathlib import Path

import torch
import torch.nn.functional as F

from tiny_tokenizer import write_json

from .annotators import Annotator, Weights, convert_annotator, plain_names

VOC = (
    "background aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person "
    "pottedplant sheep sofa train tvmonitor"
).split()
CITYSCAPES = (
    "road;sidewalk;building;wall;fence;pole;traffic light;traffic sign;vegetation;terrain;sky;person;rider;car;truck;"
    "bus;train;motorcycle;bicycle"
).split(";")
STRIDES, DILATIONS = [1, 2, 1, 1], [1, 1, 2, 4]
HEADS = {
    "DeepLabHead": "classifier.0.project.0.weight",
    "DepthwiseSeparableASPPHead": "decode_head.sep_bottleneck.0.pointwise_conv.conv.weight",
    "ASPPHead": "decode_head.aspp_modules.0.conv.weight",
    "PSPHead": "decode_head.psp_modules.0.1.conv.weight",
}
UNUSED = ("auxiliary_head.", "aux_classifier.")


def own_tensors(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Without the second head that training wanted, and counts of its steps."""
    return {
        name: value
        for name, value in plain_names(tensors).items()
        if not name.startswith(UNUSED) and not name.endswith("num_batches_tracked")
    }


def head_of(tensors: dict[str, torch.Tensor]) -> str | None:
    return next((head for head, name in HEADS.items() if name in tensors), None)


def is_encoder_decoder(tensors: dict[str, torch.Tensor]) -> bool:
    names = plain_names(tensors)
    return "backbone.layer1.0.conv3.weight" in names and head_of(names) is not None


def settings(weights: Weights) -> dict:
    """The network's settings, from its tensors. Strides and dilations cannot be seen: they are the published ones."""
    head = head_of(weights.tensors)
    is_deep = "backbone.stem.0.weight" in weights.tensors
    last = "classifier.4" if head == "DeepLabHead" else "decode_head.conv_seg"
    classes, channels = weights[f"{last}.weight"].shape[:2]
    stem = weights["backbone.stem.6.weight" if is_deep else "backbone.conv1.weight"]
    first = weights["backbone.stem.0.weight" if is_deep else "backbone.conv1.weight"]
    found = {
        "_class_name": "EncoderDecoder",
        "backbone": "ResNetV1c" if is_deep else "ResNet",
        "in_channels": first.shape[1],
        "base_channels": stem.shape[0],
        "depths": [weights.count(f"backbone.layer{stage}.{{}}.conv1.weight") for stage in range(1, 5)],
        "strides": STRIDES,
        "dilations": DILATIONS,
        "decode_head": head,
        "channels": channels,
        "id2label": dict(enumerate({21: VOC, 19: CITYSCAPES}.get(classes, [f"class {i}" for i in range(classes)]))),
    }
    if head == "PSPHead":
        return found | {"pool_scales": [1, 2, 3, 6]}
    if head == "DepthwiseSeparableASPPHead":
        found["c1_channels"] = weights["decode_head.c1_bottleneck.conv.weight"].shape[0]
    return found | {"aspp_dilations": [1, 12, 24, 36]}


def processor(settings: dict) -> dict:
    """What an image goes through first, as in the configurations that were published with the weights."""
    if settings["decode_head"] == "DeepLabHead":
        return {"shortest_edge": 520, "longest_edge": 65536, "resampling": "pillow"}
    if len(settings["id2label"]) == len(CITYSCAPES):
        return {"shortest_edge": 1024, "longest_edge": 2048, "resampling": "opencv"}
    return {"shortest_edge": 512, "longest_edge": 2048, "resampling": "opencv"}


class Network:
    """The forward pass, on tensors with their own names."""

    def __init__(self, weights: Weights, settings: dict):
        self.weights, self.settings = weights, settings

    def __call__(self, image: torch.Tensor) -> torch.Tensor:
        maps = self.backbone(image)
        return getattr(self, self.settings["decode_head"])(maps)

    def normed(self, x: torch.Tensor, conv: str, norm: str, relu: bool = True, **options) -> torch.Tensor:
        y = self.weights.conv(conv, x, **options)
        names = ("running_mean", "running_var", "weight", "bias")
        y = F.batch_norm(y, *(self.weights[f"{norm}.{name}"] for name in names))
        return y.relu() if relu else y

    def module(self, x: torch.Tensor, name: str, **options) -> torch.Tensor:
        return self.normed(x, f"{name}.conv", f"{name}.bn", **options)

    def separable(self, x: torch.Tensor, name: str, dilation: int = 1) -> torch.Tensor:
        x = self.module(x, f"{name}.depthwise_conv", padding=dilation, dilation=dilation, groups=x.shape[1])
        return self.module(x, f"{name}.pointwise_conv")

    def backbone(self, x: torch.Tensor) -> list[torch.Tensor]:
        if self.settings["backbone"] == "ResNet":
            x = self.normed(x, "backbone.conv1", "backbone.bn1", stride=2, padding=3)
        else:
            for i in range(3):
                names = (f"backbone.stem.{3 * i}", f"backbone.stem.{3 * i + 1}")
                x = self.normed(x, *names, stride=1 if i else 2, padding=1)
        x = F.max_pool2d(x, 3, 2, 1)
        maps = []
        for stage, depth in enumerate(self.settings["depths"]):
            for block in range(depth):
                x = self.bottleneck(x, f"backbone.layer{stage + 1}.{block}", stage, block == 0)
            maps.append(x)
        return maps

    def bottleneck(self, x: torch.Tensor, name: str, stage: int, is_first: bool) -> torch.Tensor:
        stride = self.settings["strides"][stage] if is_first else 1
        dilation = self.settings["dilations"][stage]
        dilation = max(dilation // 2, 1) if is_first else dilation
        y = self.normed(x, f"{name}.conv1", f"{name}.bn1")
        options = dict(stride=stride, padding=dilation, dilation=dilation)
        y = self.normed(y, f"{name}.conv2", f"{name}.bn2", **options)
        y = self.normed(y, f"{name}.conv3", f"{name}.bn3", relu=False)
        if is_first:
            x = self.normed(x, f"{name}.downsample.0", f"{name}.downsample.1", relu=False, stride=stride)
        return (x + y).relu()

    def DeepLabHead(self, maps: list[torch.Tensor]) -> torch.Tensor:
        x, place = maps[-1], "classifier.0.convs"
        branches = [
            self.normed(x, f"{place}.{i}.0", f"{place}.{i}.1", **reach(dilation))
            for i, dilation in enumerate(self.settings["aspp_dilations"])
        ]
        place = f"{place}.{len(branches)}"
        branches.append(enlarged(self.normed(x.mean((2, 3), True), f"{place}.1", f"{place}.2"), x))
        y = self.normed(torch.cat(branches, 1), "classifier.0.project.0", "classifier.0.project.1")
        return self.weights.conv("classifier.4", self.normed(y, "classifier.1", "classifier.2", padding=1))

    def ASPPHead(self, maps: list[torch.Tensor]) -> torch.Tensor:
        x = maps[-1]
        branches = [
            self.module(x, f"decode_head.aspp_modules.{i}", **reach(dilation))
            for i, dilation in enumerate(self.settings["aspp_dilations"])
        ]
        return self.classified(self.joined([self.mean(x), *branches]))

    def DepthwiseSeparableASPPHead(self, maps: list[torch.Tensor]) -> torch.Tensor:
        x, place = maps[-1], "decode_head.aspp_modules"
        branches = [
            self.separable(x, f"{place}.{i}", dilation) if dilation > 1 else self.module(x, f"{place}.{i}")
            for i, dilation in enumerate(self.settings["aspp_dilations"])
        ]
        details = self.module(maps[0], "decode_head.c1_bottleneck")
        y = torch.cat([enlarged(self.joined([self.mean(x), *branches]), details), details], 1)
        for i in range(2):
            y = self.separable(y, f"decode_head.sep_bottleneck.{i}")
        return self.classified(y)

    def PSPHead(self, maps: list[torch.Tensor]) -> torch.Tensor:
        x = maps[-1]
        means = [
            enlarged(self.module(F.adaptive_avg_pool2d(x, parts), f"decode_head.psp_modules.{i}.1"), x)
            for i, parts in enumerate(self.settings["pool_scales"])
        ]
        return self.classified(self.joined([x, *means]))

    def mean(self, x: torch.Tensor) -> torch.Tensor:
        return enlarged(self.module(x.mean((2, 3), True), "decode_head.image_pool.1"), x)

    def joined(self, branches: list[torch.Tensor]) -> torch.Tensor:
        return self.module(torch.cat(branches, 1), "decode_head.bottleneck", padding=1)

    def classified(self, x: torch.Tensor) -> torch.Tensor:
        return self.weights.conv("decode_head.conv_seg", x)


def reach(dilation: int) -> dict:
    """Options of a kernel of 3×3, or of a matrix where its taps would be neighbours."""
    return dict(padding=dilation, dilation=dilation) if dilation > 1 else {}


def enlarged(x: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, other.shape[2:], mode="bilinear", align_corners=False)


ENCODER_DECODER = Annotator(
    "segmenter",
    "a ResNet with the head of DeepLabV3, DeepLabV3+ or PSPNet, of MMSegmentation or torchvision",
    set(),
    settings,
    lambda weights, settings, image: Network(weights, settings)(image),
)


def convert_encoder_decoder(path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype) -> None:
    """Writes the network and what an image goes through first."""
    tensors = own_tensors(tensors)
    convert_annotator(ENCODER_DECODER, path, tensors, folder, dtype)
    write_json(folder / "preprocessor_config.json", processor(settings(Weights(tensors))))

"""The network of the Fréchet inception distance (`pt_inception-2015-12-05-6726825d.pth` of pytorch-fid)."""

import torch
import torch.nn.functional as F

from .annotators import Annotator, Weights


def settings(weights: Weights) -> dict:
    """There is one network of the kind."""
    return {"_class_name": "FIDInceptionV3"}


def draw(weights: Weights, settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The network's forward pass: NCHW RGB in 0 … 1 to features, [N, 2048]."""

    def layer(name: str, x: torch.Tensor, *, stride: int = 1, padded: bool = True) -> torch.Tensor:
        kernel = weights[f"{name}.conv.weight"]
        padding = tuple(side // 2 for side in kernel.shape[2:]) if padded else 0
        numbers = [weights[f"{name}.bn.{key}"] for key in ("running_mean", "running_var", "weight", "bias")]
        return F.relu(F.batch_norm(F.conv2d(x, kernel, stride=stride, padding=padding), *numbers, eps=1e-3))

    def layers(block: str, names: str, x: torch.Tensor) -> torch.Tensor:
        """Layers in a row; a plus leads to the last two, side by side, and an exclamation mark halves the size."""
        for name in names.split():
            if "+" in name:
                x = torch.cat([layer(f"{block}.{part}", x) for part in name.split("+")], dim=1)
            else:
                halves = name.endswith("!")
                x = layer(f"{block}.{name.rstrip('!')}", x, stride=1 + halves, padded=not halves)
        return x

    def mean(x: torch.Tensor) -> torch.Tensor:
        return F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False)

    x = 2 * F.interpolate(image, size=(299, 299), mode="bilinear", align_corners=False) - 1
    x = layer("Conv2d_2a_3x3", layer("Conv2d_1a_3x3", x, stride=2, padded=False), padded=False)
    x = F.max_pool2d(layer("Conv2d_2b_3x3", x), 3, stride=2)
    x = F.max_pool2d(layer("Conv2d_4a_3x3", layer("Conv2d_3b_1x1", x), padded=False), 3, stride=2)
    for block, branches in BLOCKS.items():
        # The pool of a block that halves the size has no layer; the last block's takes the largest.
        halves = "!" in branches[0]
        pool = F.max_pool2d(x, 3, stride=2) if halves else mean(x)
        if block == "Mixed_7c":
            pool = F.max_pool2d(x, 3, stride=1, padding=1)
        pooled = pool if halves else layer(f"{block}.branch_pool", pool)
        x = torch.cat([*(layers(block, names, x) for names in branches), pooled], dim=1)
    # The classifier is not used, but published with the rest.
    weights.read |= {name for name in weights.tensors if name.startswith("fc.")}
    return x.mean(dim=(2, 3))


A = ("branch1x1", "branch5x5_1 branch5x5_2", "branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3")
C = (
    "branch1x1",
    "branch7x7_1 branch7x7_2 branch7x7_3",
    "branch7x7dbl_1 branch7x7dbl_2 branch7x7dbl_3 branch7x7dbl_4 branch7x7dbl_5",
)
E = (
    "branch1x1",
    "branch3x3_1 branch3x3_2a+branch3x3_2b",
    "branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3a+branch3x3dbl_3b",
)
BLOCKS = {
    **dict.fromkeys(("Mixed_5b", "Mixed_5c", "Mixed_5d"), A),
    "Mixed_6a": ("branch3x3!", "branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3!"),
    **dict.fromkeys(("Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"), C),
    "Mixed_7a": ("branch3x3_1 branch3x3_2!", "branch7x7x3_1 branch7x7x3_2 branch7x7x3_3 branch7x7x3_4!"),
    **dict.fromkeys(("Mixed_7b", "Mixed_7c"), E),
}

INCEPTION = Annotator(
    "network of the Fréchet inception distance",
    "pytorch-fid's pt_inception-2015-12-05-6726825d.pth",
    {"Conv2d_1a_3x3.conv.weight", "Mixed_7c.branch3x3dbl_3b.conv.weight"},
    settings,
    draw,
    unused=(".num_batches_tracked",),
)

"""Trains a SegFormer to find the classes of the scenes.

    python -m training.segmenter --work DIR
"""

import torch
from torch.nn import functional as F
from transformers import SegformerConfig, SegformerForSemanticSegmentation

from . import scenes
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, load_average
from .pictures import Pictures
from .prompts import BORDER

NAMES = (
    "background aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person "
    "pottedplant sheep sofa train tvmonitor"
).split()
"""VOC's classes by their ids: a dataset's names and a segmenter's are compared. The world has not all of them."""
OUTPUTS = len(NAMES)
LIGHT = 0.15


def make_segmenter() -> SegformerForSemanticSegmentation:
    """SegFormer with a first stage at half of the picture's side instead of a quarter: figures are small."""
    return SegformerForSemanticSegmentation(
        SegformerConfig(
            depths=[2, 2, 2, 1],
            hidden_sizes=[24, 48, 80, 112],
            strides=[2, 2, 2, 2],
            sr_ratios=[4, 2, 1, 1],
            num_attention_heads=[1, 2, 5, 7],
            decoder_hidden_size=96,
            classifier_dropout_prob=0.0,
            drop_path_rate=0.0,
            id2label=dict(enumerate(NAMES)),
            label2id={name: index for index, name in enumerate(NAMES)},
        )
    )


def load(place: Workplace) -> SegformerForSemanticSegmentation:
    return load_average(place.run("segmenter"), make_segmenter())


def scores(model: SegformerForSemanticSegmentation, images: torch.Tensor) -> torch.Tensor:
    """Of pictures `[N, 3, S, S]`, `[N, 21, S, S]`."""
    return F.interpolate(model(images).logits.float(), images.shape[-2:], mode="bilinear")


def confusion(found: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """How many pixels of a mask's class, by row, were taken for which, by column, `[21, 21]`; borders do not count."""
    seen = masks != BORDER
    return torch.bincount(masks[seen] * OUTPUTS + found[seen], minlength=OUTPUTS**2).view(OUTPUTS, OUTPUTS)


def intersection_over_union(pairs: torch.Tensor) -> torch.Tensor:
    """Of each class of a confusion matrix; 0 for one that is nowhere."""
    both = pairs.diagonal()
    return both / (pairs.sum(0) + pairs.sum(1) - both).clamp(min=1)


def mean_iou(found: torch.Tensor, masks: torch.Tensor) -> float:
    """Mean intersection over union of the classes that the masks hold, in percent."""
    pairs = confusion(found, masks)
    return float(100 * intersection_over_union(pairs)[pairs.sum(1) > 0].mean())


def train(place: Workplace) -> None:
    settings = place.configuration.segmenter
    run = Run(place.run("segmenter"), make_segmenter, settings)
    pictures, held_out = Pictures(place), Pictures(place, held_out=True)
    masks, held_out_masks = (
        torch.from_numpy(scenes.read(place, "classes", held_out=which)).to(run.device) for which in (False, True)
    )

    def step() -> dict[str, torch.Tensor]:
        indices, mirrored, images = pictures.random(settings.batch, LIGHT)
        wanted = scenes.mirrored(masks[indices], mirrored).long()
        return {"loss": F.cross_entropy(scores(run.model, images), wanted, ignore_index=BORDER)}

    def validate(model: SegformerForSemanticSegmentation) -> dict[str, float]:
        parts = [scores(model, held_out[i : i + 64]).argmax(1) for i in range(0, len(held_out), 64)]
        return {"mIoU": mean_iou(torch.cat(parts), held_out_masks.long())}

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()

"""DeepLabV3+ from segmentation-models-pytorch, trained for a fixed number of steps."""

import segmentation_models_pytorch as smp
import torch
from torch import nn
from torch.nn import functional as F

from littleworld import CLASSES
from training.loop import device
from training.prompts import BORDER
from training.segmenter import OUTPUTS, confusion, intersection_over_union

STEPS, BATCH, RATE = 600, 16, 2e-3
CROP = 80
"""Side of the random window of a picture that is learnt from, in pixels."""


def make_segmenter() -> nn.Module:
    # No pretrained encoder: it would know more of the world than there is in this one.
    return smp.DeepLabV3Plus("resnet18", encoder_weights=None, classes=OUTPUTS, decoder_channels=64)


def train(
    images: torch.Tensor,
    masks: torch.Tensor,
    seed: int,
    steps: int = STEPS,
    epochs: list[torch.Tensor] | None = None,
) -> nn.Module:
    """The same number of steps however many pictures there are, so that more pictures are no longer training.

    Args:
        epochs: The pictures of each epoch, by their numbers; epochs have equal shares of the steps.
    """
    torch.manual_seed(seed)
    epochs = [pictures.to(device()) for pictures in epochs or [torch.arange(len(images))]]
    images, masks = images.to(device()), masks.to(device())
    model = make_segmenter().to(device(), memory_format=torch.channels_last).train()
    model = recorded(model, torch.zeros(BATCH, 3, CROP, CROP, device=device()))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for step in range(steps):
        there = epochs[step * len(epochs) // steps]
        batch = there[torch.randint(len(there), (BATCH,), device=images.device)]
        x, y = augmented(images[batch], masks[batch])
        loss = F.cross_entropy(model(x), y, ignore_index=BORDER)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return model.eval()


def recorded(model: nn.Module, *example: torch.Tensor) -> nn.Module:
    """On a GPU, a step forward and back is recorded and replayed: asking for its hundreds of kernels takes longer.

    Args:
        example: Its inputs; all others have their shapes.
    """
    return torch.cuda.make_graphed_callables(model, example) if example[0].is_cuda else model


def augmented(images: torch.Tensor, masks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The usual augmentation, which generated pictures must beat: mirrored, cropped, in other light and colours.

    Masks are `[N, …, S, S]`.
    """
    mirrored = torch.rand(len(images), device=images.device) < 0.5
    images = torch.where(mirrored[:, None, None, None], images.flip(3), images)
    masks = torch.where(mirrored.view(-1, *[1] * (masks.dim() - 1)), masks.flip(-1), masks)
    top, left = (int(torch.randint(images.shape[-1] - CROP + 1, ())) for _ in range(2))
    images, masks = (x[..., top : top + CROP, left : left + CROP] for x in (images, masks))
    gain, brightness = (torch.randn(len(images), n, 1, 1, device=images.device) for n in (3, 1))
    return (images * (1 + 0.2 * gain) + 0.1 * brightness).clamp(-1, 1), masks


@torch.no_grad()
def mean_iou(model: nn.Module, images: torch.Tensor, masks: torch.Tensor) -> float:
    """Mean intersection over union of the background and the world's classes, in percent; borders do not count."""
    target = next((parameter.device for parameter in model.parameters()), images.device)
    pairs = sum(
        confusion(model(x.to(target)).argmax(1).cpu(), y)
        for x, y in zip(images.split(50), masks.split(50), strict=True)
    )
    ids = [0, *CLASSES.values()]
    return float(100 * intersection_over_union(pairs)[ids].mean())

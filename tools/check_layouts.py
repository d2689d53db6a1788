"""Tries what `convert-dataset` writes with the programs that read it: pycocotools, MMSegmentation 1.x, PyTorch.

    python tools/check_layouts.py DATASET [SPOLVERO]

The dataset, with a split `train`, is written in every layout. MMSegmentation reads it through `mmsegmentation.py`,
whose compiled operations it does not need, and PyTorch through `dataset.py`: both have to give the same masks, and the
same images but for the rounding of two JPEG decoders. pycocotools has to draw the masks from the file of instances.
"""

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import MagicMock

import numpy
from PIL import Image
from pycocotools.coco import COCO

sys.modules["mmcv.ops"] = sys.modules["mmcv._ext"] = MagicMock()

from mmengine.config import Config  # noqa: E402
from mmseg.registry import DATASETS  # noqa: E402
from mmseg.utils import register_all_modules  # noqa: E402


def pytorch(root: Path) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
    spec = importlib.util.spec_from_file_location("dataset", root / "dataset.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [(image.permute(1, 2, 0).numpy(), mask.numpy()) for image, mask in module.Dataset("train")]


def mmsegmentation(root: Path) -> dict[str, tuple[numpy.ndarray, numpy.ndarray]]:
    configuration = Config.fromfile(root / "mmsegmentation.py")
    dataset = configuration.train_dataloader.dataset
    DATASETS.build(dataset)
    dataset.pipeline = [dict(type="LoadImageFromFile"), dict(type="LoadAnnotations")]
    items = [item for item in DATASETS.build(dataset)]
    return {Path(item["img_path"]).stem: (item["img"][..., ::-1], item["gt_seg_map"]) for item in items}


def is_same(image: numpy.ndarray, mask: numpy.ndarray, other: numpy.ndarray, labels: numpy.ndarray) -> bool:
    if image.shape != other.shape or (mask != labels).any():
        return False
    return numpy.abs(image.astype(int) - other).max() <= 3


def check_coco(root: Path) -> None:
    file = COCO(root / "annotations" / "instances_train.json")
    for image in file.loadImgs(file.getImgIds()):
        name = Path(image["file_name"]).stem
        labels = numpy.array(Image.open(root / "annotations" / "masks_train" / f"{name}.png"))
        drawn = numpy.zeros_like(labels)
        for annotation in file.loadAnns(file.getAnnIds(image["id"])):
            mask = file.annToMask(annotation) > 0
            assert mask.sum() == annotation["area"], annotation["id"]
            drawn[mask] = annotation["category_id"]
        assert (drawn == numpy.where(labels == 255, 0, labels)).all(), name


def main() -> None:
    register_all_modules()
    data, program = sys.argv[1], (sys.argv + [".build/release/spolvero"])[2]
    for layout in (
        "voc",
        "mmsegmentation",
        "coco",
        "imagefolder",
        "yolo",
        "labelme",
        "cvat",
        "datumaro",
        "coco-panoptic",
    ):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "out"
            command = [program, "convert-dataset", data, "--split", "train", "--output-layout", layout, "-o", root]
            subprocess.run(command, check=True, capture_output=True)
            pairs, read = pytorch(root), mmsegmentation(root)
            assert len(pairs) == len(read) > 0
            for image, mask in pairs:
                assert any(is_same(image, mask, *other) for other in read.values()), layout
            if layout == "coco":
                check_coco(root)
            print(f"{layout}: {len(pairs)} images are the same for PyTorch and MMSegmentation")


if __name__ == "__main__":
    main()

extension TrainingFiles {
  /// A program with a `Dataset` of PyTorch.
  var program: String {
    let rows = splits.map { split in
      let (images, masks) = (images(split, ""), masks(split))
      let columns = [
        layout.listPath(of: split.name), "\(images.folder){}\(images.end.dropLast())",
        "\(masks.folder){}\(masks.end)",
      ]
      return
        "    \(Self.quoted(split.name)): (\(columns.map(Self.quoted).joined(separator: ", "))),"
    }
    return """
      \"""Images [3, H, W] and masks [H, W] of this dataset for torch's DataLoader: Dataset("\(training.name)", transform).

      Ids whose class is left open are 255 in the masks: CrossEntropyLoss(ignore_index=255).
      \"""

      import json
      from pathlib import Path

      import numpy
      import torch
      from PIL import Image, ImageOps

      ROOT = Path(__file__).resolve().parent
      # Of each split: its list, where images are, without their extensions, and masks.
      SPLITS = {
      \(rows.joined(separator: "\n"))
      }
      EXTENSIONS = (\(quotedExtensions),)
      OPEN = torch.tensor([\(openIDs)])


      class Dataset(torch.utils.data.Dataset):
          def __init__(self, split="\(training.name)", transform=None):
              file, image, mask = SPLITS[split]
              text = (ROOT / file).read_text("utf-8")
              names = text.splitlines()
              if file.endswith(".jsonl"):
                  names = [Path(json.loads(line)["file_name"]).stem for line in names]
              if file.endswith(".json"):
                  names = [Path(image["file_name"]).stem for image in json.loads(text)["images"]]
              self.pairs = [(ROOT / image.format(name), ROOT / mask.format(name)) for name in names]
              self.transform = transform

          def __len__(self):
              return len(self.pairs)

          def __getitem__(self, index):
              image, mask = self.pairs[index]
      \(Self.reading)

      """
  }
}

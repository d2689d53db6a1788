import Foundation

extension TrainingFiles {
  /// A program with a `Dataset` of PyTorch that has other images in each epoch, by lists in a folder for each scheme.
  public var scheduleProgram: String {
    let split = training
    let list = layout.listPath(of: layout.listName("epoch_{1:03d}", in: "{0}"))
    let (images, masks) = (images(split, ""), masks(split))
    return """
      \"""The images [3, H, W] and masks [H, W] of each epoch of a training scheme, for torch's DataLoader.

      data = Schedule("append", transform); before each epoch data.set_epoch(epoch), and then a new iterator. Ids whose
      class is left open are 255 in the masks: CrossEntropyLoss(ignore_index=255).
      \"""

      import json
      from pathlib import Path

      import numpy
      import torch
      from PIL import Image, ImageOps

      ROOT = Path(__file__).resolve().parent
      LIST = \(Self.quoted(list))
      IMAGE, EXTENSIONS = \(Self.quoted(images.folder + "{}" + images.end.dropLast())), (\(quotedExtensions),)
      MASK, OPEN = \(Self.quoted(masks.folder + "{}" + masks.end)), torch.tensor([\(openIDs)])


      class Schedule(torch.utils.data.Dataset):
          def __init__(self, scheme, transform=None):
              self.scheme, self.transform = scheme, transform
              self.set_epoch(0)

          def set_epoch(self, epoch):
              text = (ROOT / LIST.format(self.scheme, epoch)).read_text("utf-8")
              self.names = text.splitlines()
              if LIST.endswith(".jsonl"):
                  self.names = [Path(json.loads(line)["file_name"]).stem for line in self.names]
              if LIST.endswith(".json"):
                  self.names = [Path(image["file_name"]).stem for image in json.loads(text)["images"]]

          def __len__(self):
              return len(self.names)

          def __getitem__(self, index):
              image, mask = (ROOT / path.format(self.names[index]) for path in (IMAGE, MASK))
      \(Self.reading)

      """
  }
}

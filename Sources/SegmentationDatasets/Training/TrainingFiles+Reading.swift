/// What the programs for PyTorch share.
extension TrainingFiles {
  /// The end of `__getitem__`, which makes tensors of the files `image`, without its extension, and `mask`.
  static let reading = """
            image = next(Path(f"{image}{end}") for end in EXTENSIONS if Path(f"{image}{end}").exists())
            image = numpy.array(ImageOps.exif_transpose(Image.open(image)).convert("RGB"))
            image = torch.from_numpy(image).permute(2, 0, 1)
            mask = torch.from_numpy(numpy.array(Image.open(mask))).long()
            mask = torch.where(torch.isin(mask, OPEN), 255, mask)
            return self.transform(image, mask) if self.transform else (image, mask)
    """

  /// The ids that stand for no class, with commas between them.
  var openIDs: String {
    classes.ignored.union([255]).sorted().map(String.init).joined(separator: ", ")
  }

  /// The extensions of the photographs as Python's texts, with commas between them.
  var quotedExtensions: String {
    extensions.map { Self.quoted("." + $0) }.joined(separator: ", ")
  }
}

public import Foundation

extension SegmentationDataset {
  /// The same dataset with scribbles in place of its masks, `<stem>.png` each: ids, with an ignored one such as 255 where
  /// nothing is scribbled, or the classes' colours. Instances are left out: scribbles do not cover them.
  ///
  /// Photographs without a file there are among the ``problems``.
  ///
  /// - Parameter folder: The scribbles.
  /// - Throws: ``DatasetError`` for a folder without any, and for classes that leave no id open.
  public func readingScribbles(in folder: URL) throws -> SegmentationDataset {
    let files = try FolderListing(folder, extensions: ["png"])
    guard !files.stems.isEmpty else {
      throw DatasetError(
        folder.path, "there are no scribbles, no PNGs, in this folder",
        "Give the folder with a PNG for each photograph, called as that.", isMissing: true)
    }
    let colours = try ScribbleColours(of: classes)
    var copy = self
    copy.entries = entries.compactMap { entry in
      guard let file = files[entry.stem] else {
        copy.problems.append(
          DatasetProblem(
            stem: entry.stem, place: folder.appending(path: entry.stem + ".png").path,
            found: "there are no scribbles of this photograph",
            remedy: "Add them, or take '\(entry.stem)' off the list.", isMissing: true))
        return nil
      }
      return Entry(stem: entry.stem, image: entry.image, mask: .scribbles(file, colours))
    }
    return copy
  }
}

import DurableFiles
import Faults
import Foundation
import SegmentationDatasets

/// What a folder holds for a command that looks at images.
enum ImageFolder {
  /// A dataset in a layout that is known.
  case dataset(any DatasetLayout)
  /// Images without labels, in the order of their names: at least one.
  case images([URL])

  /// Looks into a folder.
  ///
  /// - Throws: `CommandError` for a folder with neither.
  init(_ folder: URL) throws {
    let layout = DatasetLayouts.layout(of: folder)
    do {
      _ = try layout.root(in: folder)
      self = .dataset(layout)
    } catch {
      let images = try Self.images(in: folder)
      guard images.isEmpty else {
        self = .images(images)
        return
      }
      throw CommandError(
        .noInput,
        "\(folder.path): there are no images here, and no dataset. Expected PNG or JPEG files, a dataset, or the "
          + "output of 'augment'.")
    }
  }

  private static func images(in folder: URL) throws -> [URL] {
    do throws(POSIXError) {
      return try (namesInFolder(folder) ?? []).filter(PhotographName.isImage)
        .map { folder.appending(path: $0) }
    } catch {
      throw CommandError(
        .noInput, "\(folder.path): this is no folder that can be read (\(error.code.text)).")
    }
  }
}

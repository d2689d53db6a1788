import DurableFiles
import Faults
import Foundation

/// Where the control image of each image goes; never to the place of an image.
struct AnnotationTargets {
  /// The PNGs, in the order of the images.
  let urls: [URL]

  /// Names the files, and makes sure before any work that they can be written.
  ///
  /// - Parameters:
  ///   - output: A PNG for one image, or a folder, which is made.
  ///   - images: The images.
  /// - Throws: `CommandError` when two would have one place, or one an image's; `WritingError` for a place that
  ///   cannot be written to.
  init(_ output: String, for images: [URL]) throws {
    let place = URL(fileURLWithPath: output)
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
    if images.count == 1 && output.lowercased().hasSuffix(".png")
      && !(exists && isFolder.boolValue)
    {
      urls = [place]
    } else {
      try makeFolder(place)
      urls = images.map {
        place.appendingPathComponent($0.deletingPathExtension().lastPathComponent + ".png")
      }
    }
    try requireOnePlaceEach(images)
    for url in urls { try checkReplaceable(url) }
  }

  private func requireOnePlaceEach(_ images: [URL]) throws {
    var owners: [String: URL] = [:]
    for (url, image) in zip(urls, images) {
      guard let other = owners.updateValue(image, forKey: url.path) else { continue }
      throw CommandError(
        .request,
        "\(url.relativePath) would be the control image of \(other.relativePath) and of "
          + "\(image.relativePath). Annotate them into two folders.")
    }
    let sources = images.compactMap(Self.status)
    guard
      let url = urls.first(where: { url in
        Self.status(of: url).map { status in sources.contains { $0.isSame(as: status) } } ?? false
      })
    else { return }
    throw CommandError(
      .request,
      "\(url.relativePath): this is one of the images, which would be overwritten. Name another folder."
    )
  }

  private static func status(of url: URL) -> FileStatus? {
    (try? FileStatus(of: url, followingLinks: true)) ?? nil
  }
}

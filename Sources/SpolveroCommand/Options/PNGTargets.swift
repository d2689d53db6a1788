import ArgumentParser
import DurableFiles
import Faults
import Foundation
import ImageFiles

/// Where the PNG goes that is made of each image; never to the place of an image.
struct PNGTargets {
  /// The PNGs, in the order of the images.
  let urls: [URL]

  /// Refuses names that cannot be those of what is made.
  ///
  /// - Parameters:
  ///   - output: A PNG or a folder.
  ///   - count: How many PNGs there will be.
  static func validate(_ output: String, count: Int) throws {
    let name = output.lowercased()
    if [".jpg", ".jpeg"].contains(where: name.hasSuffix) {
      throw ValidationError(
        "--output \(output): PNGs are written, so a name ends in .png; or name a folder.")
    }
    if count > 1 && name.hasSuffix(".png") {
      throw ValidationError(
        "--output \(output): this names one PNG, and there are \(count) images. Name a folder.")
    }
  }

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
        "\(url.relativePath) would be made of \(other.relativePath) and of \(image.relativePath). "
          + "Write them into two folders.")
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

/// Names all images that cannot be read before anything is made of one.
///
/// - Throws: The fault of a single one, or `CommandError` after all have been named.
func requireReadable(_ images: [URL]) throws {
  var faults: [any Fault] = []
  for image in images {
    do { _ = try ImageSize(ofImageAt: image) } catch { faults.append(error) }
  }
  guard let first = faults.first else { return }
  if faults.count == 1 { throw first }
  faults.forEach(Console.error)
  throw CommandError(
    faults.allSatisfy { $0.kind == .noInput } ? .noInput : .badData,
    "\(faults.count) of \(images.count) images cannot be read; nothing was made.")
}

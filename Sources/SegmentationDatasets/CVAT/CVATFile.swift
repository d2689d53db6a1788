import Foundation
import ImageFiles

/// A file of "CVAT for images 1.1".
struct CVATFile: Sendable {
  struct Image: Sendable {
    let name: String
    /// Empty where the file has no subsets.
    let subset: String
    let size: ImageSize
    let element: MarkupElement
  }

  let url: URL
  /// The labels, in the order of the file, and those of their colours that it has.
  let labels: [String]
  let colours: [String: RGB]
  let images: [Image]

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError`` with the line of what is none of it.
  init(contentsOf url: URL) throws(DatasetError) {
    let root = try MarkupReader.root(of: url)
    func error(_ line: Int, _ found: String, _ remedy: String) -> DatasetError {
      DatasetError("\(url.path), line \(line)", found, remedy)
    }
    let version = "Export it as 'CVAT for images 1.1'."
    guard root.name == "annotations" else {
      throw error(root.line, "this is '\(root.name)', not 'annotations'", version)
    }
    if let track = root.first("track") {
      throw error(track.line, "these are annotations of a video", version)
    }
    let meta = root.first("meta")
    let parts = meta.map { [$0] + $0.children } ?? []
    let lists = parts.compactMap { $0.first("labels") }
    let named = lists.first?.all("label") ?? []
    let names = named.compactMap { $0.first("name")?.text }
    var colours: [String: RGB] = [:]
    for label in named {
      if let name = label.first("name")?.text, let colour = label.first("color")?.text,
        let number = UInt32(colour.drop { $0 == "#" }, radix: 16), number < 1 << 24
      {
        colours[name] = RGB(UInt8(number >> 16), UInt8(number >> 8 & 0xff), UInt8(number & 0xff))
      }
    }
    let subset = parts.compactMap { $0.first("subset")?.text }.first ?? ""
    var images: [Image] = []
    for element in root.all("image") {
      guard let name = element.attributes["name"], let width = element.integer("width"),
        let height = element.integer("height"), (1...65536).contains(width),
        (1...65536).contains(height)
      else {
        throw error(
          element.line, "an image has no name, or no width and height in 1 … 65536",
          "Correct the file, or export it again.")
      }
      images.append(
        Image(
          name: name, subset: element.attributes["subset"] ?? subset,
          size: ImageSize(width: width, height: height), element: element))
    }
    let used = Set(
      images.flatMap { image in image.element.children.compactMap { $0.attributes["label"] } })
    self.url = url
    self.labels = names.isEmpty ? used.sorted() : names
    self.colours = colours
    self.images = images
  }
}

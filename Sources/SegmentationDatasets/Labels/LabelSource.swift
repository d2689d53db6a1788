import DurableFiles
public import Foundation
public import ImageFiles

/// Where the labels of an image come from, and how they are read.
public enum LabelSource: Sendable, Hashable {
  /// A PNG whose values are the ids.
  case file(URL)
  /// A PNG whose numbers stand for ids.
  case numbers(URL, LabelNumbers)
  /// A PNG of scribbles: ids, or the colours of classes.
  case scribbles(URL, ScribbleColours)
  /// Outlines and runs that a file has for this image, maybe among many.
  case shapes(DrawnLabels, in: URL)

  /// The file that the labels are in.
  public var url: URL {
    switch self {
    case .file(let url), .numbers(let url, _), .scribbles(let url, _), .shapes(_, let url): url
    }
  }

  /// Whether ``data(from:)`` are the file's own bytes.
  package var isFile: Bool {
    switch self {
    case .file: true
    case .numbers(_, let numbers): numbers.areKept
    case .scribbles, .shapes: false
    }
  }

  /// The size of what is drawn; nil for files, which say it themselves.
  var size: ImageSize? {
    if case .shapes(let shapes, _) = self { return shapes.size }
    return nil
  }

  /// The path of the file.
  public var path: String { url.path }

  /// Whether ``data(from:)`` needs the file: shapes are read when they are found.
  package var readsFile: Bool {
    if case .shapes = self { return false }
    return true
  }

  /// The bytes that stand for the labels wherever they are kept, compared or hashed: those of the file, or a PNG of
  /// the ids that it says.
  ///
  /// - Parameter file: The bytes of the file; empty for shapes.
  package func data(from file: Data) throws(ImageError) -> Data {
    switch self {
    case .file: return file
    case .numbers(_, let numbers) where numbers.areKept: return file
    case .numbers(let url, let numbers):
      return try numbers.labels(in: NumberImage(decoding: file, name: url.path), of: url.path)
        .pngData()
    case .scribbles(let url, let colours):
      return try colours.isNeeded(for: file, named: url.path)
        ? colours.labels(in: file, named: url.path).pngData() : file
    case .shapes(let shapes, let url): return try shapes.labels(named: url.path).pngData()
    }
  }

  /// Reads the ids.
  public func labels() throws(ImageError) -> LabelImage {
    switch self {
    case .file(let url): return try LabelImage(contentsOf: url)
    case .numbers(let url, let numbers):
      return try numbers.labels(in: NumberImage(contentsOf: url), of: url.path)
    case .scribbles(let url, let colours):
      return try colours.labels(in: Self.contents(of: url), named: url.path)
    case .shapes(let shapes, let url): return try shapes.labels(named: url.path)
    }
  }

  /// The ids that ``data(from:)`` stands for.
  package func labels(in data: Data) throws(ImageError) -> LabelImage {
    if case .numbers(let url, let numbers) = self, numbers.areKept {
      return try numbers.labels(in: NumberImage(decoding: data, name: url.path), of: url.path)
    }
    let labels = try LabelImage(decoding: data, name: path)
    if case .scribbles(_, let colours) = self { try colours.requireScribbles(in: labels, path) }
    return labels
  }

  private static func contents(of url: URL) throws(ImageError) -> Data {
    do throws(POSIXError) {
      if let data = try readFile(url) { return data }
      throw POSIXError(.ENOENT)
    } catch { throw ImageError(reading: url, error) }
  }
}

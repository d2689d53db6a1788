import Foundation
import ImageFiles

/// The ways in which people name a photograph.
public enum PhotographName {
  /// The extensions of photographs in lower case, in the order in which they are preferred.
  static let extensions = ["jpg", "jpeg", "png"]

  /// Whether a file's name has the extension of an image.
  public static func isImage(_ name: String) -> Bool {
    extensions.contains { name.lowercased().hasSuffix(".\($0)") }
  }

  /// The stem of a photograph that may carry folders, of any system, and an extension.
  ///
  /// Only an extension that photographs have is taken off, since a stem may contain dots.
  public static func stem(of path: String) -> String {
    let name = path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? path
    let suffix = extensions.first { name.lowercased().hasSuffix(".\($0)") }
    return suffix.map { String(name.dropLast($0.count + 1)) } ?? name
  }
}

/// The upright size of a photograph, of its header.
func photographSize(_ photograph: URL, _ stem: String) throws(DatasetError) -> ImageSize {
  do throws(ImageError) { return try ImageSize(ofImageAt: photograph) } catch {
    throw DatasetError([DatasetProblem(error, stem: stem)])
  }
}

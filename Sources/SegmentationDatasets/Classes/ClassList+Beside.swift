public import Foundation

extension ClassList {
  /// The list as ``file`` has it.
  public func fileData() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The name of the list that this program writes beside a dataset.
  public static let file = "classes.json"

  /// The list of classes in a dataset's folder: `classes.json`, `classes.txt`, CVAT's `labelmap.txt` or Hugging Face's
  /// `id2label.json`.
  ///
  /// - Parameter encoding: Which ids name no class unless the list says so.
  /// - Returns: nil where there is none.
  /// - Throws: ``DatasetError`` for a list that cannot be read.
  public static func beside(_ root: URL, encoding: LabelEncoding = .voc) throws -> ClassList? {
    let files = [file, "classes.txt", "labelmap.txt", "id2label.json"].map {
      root.appending(path: $0)
    }
    return try files.first { try isThere($0) }.map {
      try ClassList(contentsOf: $0, encoding: encoding)
    }
  }
}

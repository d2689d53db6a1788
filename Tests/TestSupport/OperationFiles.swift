import Foundation

/// The files of an operation, which have one stem in every folder.
public enum OperationFiles {
  /// The repository.
  private static let root = Fixture.url("../..").standardizedFileURL

  /// The names of a folder's files up to the first `+` or `.`.
  ///
  /// - Throws: What reading the folder throws.
  public static func stems(in folder: String) throws -> Set<String> {
    let files = try FileManager.default.contentsOfDirectory(atPath: path(folder))
    return Set(files.map { String($0.prefix { $0 != "+" && $0 != "." }) })
  }

  /// Whether any file of an operation in a folder contains a text.
  ///
  /// - Throws: What reading a file throws.
  public static func contain(_ text: String, _ operation: String, in folder: String) throws -> Bool
  {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).contains { file in
      guard file.prefix(while: { $0 != "+" && $0 != "." }) == operation else { return false }
      return try String(contentsOfFile: path(folder) + "/" + file, encoding: .utf8).contains(text)
    }
  }

  private static func path(_ folder: String) -> String { root.appending(path: folder).path }
}

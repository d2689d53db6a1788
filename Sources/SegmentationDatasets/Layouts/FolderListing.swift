import DurableFiles
import Foundation

/// The files of one folder by their stems, listed once.
struct FolderListing: Sendable {
  let folder: URL
  private let names: [String: [String]]
  /// Whether a name in the folder is not UTF-8, so that it cannot be in a list either.
  let hasForeignNames: Bool

  /// Lists the files that have one of the extensions, which are given in the order of preference and
  /// found in any case. A folder that is not there is empty.
  ///
  /// - Throws: ``DatasetError`` when the folder may not be read.
  init(_ folder: URL, extensions: [String]) throws {
    self.folder = folder
    let preferred = extensions + extensions.map { $0.uppercased() }
    func rank(_ name: String) -> Int {
      preferred.firstIndex(of: Self.parts(name).suffix) ?? preferred.count
    }
    let all = try Self.contents(of: folder)
    hasForeignNames = all.contains { $0.contains("\u{FFFD}") }
    let files = all.filter { extensions.contains(Self.parts($0).suffix.lowercased()) }
    names = Dictionary(grouping: files.sorted { (rank($0), $0) < (rank($1), $1) }) {
      Self.parts($0).stem
    }
  }

  /// The file with this stem. Strings that Unicode takes for the same are the same here, so that an é in
  /// one scalar finds an é in two; where both are there, the very bytes decide.
  subscript(stem: String) -> URL? {
    let same = names[stem] ?? []
    let exact = same.first { Self.parts($0).stem.utf8.elementsEqual(stem.utf8) }
    return (exact ?? same.first).map { folder.appending(path: $0) }
  }

  /// All stems, in their order.
  var stems: [String] { names.keys.sorted() }

  private static func contents(of folder: URL) throws -> [String] {
    do throws(POSIXError) { return try namesInFolder(folder) ?? [] } catch {
      throw DatasetError(
        folder.path, "this folder cannot be read (\(error.code.text))", "Check its permissions.",
        isMissing: true)
    }
  }

  private static func parts(_ name: String) -> (stem: String, suffix: String) {
    guard let dot = name.lastIndex(of: ".") else { return (name, "") }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }
}

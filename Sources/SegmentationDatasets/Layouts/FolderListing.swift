import DurableFiles
import Foundation

/// The files of one folder by their stems, listed once.
struct FolderListing: Sendable {
  let folder: URL
  /// What stands between the stem and the extension, such as `_leftImg8bit`.
  let suffix: String
  /// Paths below the folder, by stem.
  private let names: [String: [String]]
  /// Whether a name in the folder is not UTF-8, so that it cannot be in a list either.
  let hasForeignNames: Bool

  /// Lists the files that have one of the extensions, which are given in the order of preference and
  /// found in any case. A folder that is not there is empty.
  ///
  /// - Parameters:
  ///   - suffix: What names must have between stem and extension; files without it are passed over.
  ///   - hasSubfolders: Whether the files are in the folder's own folders instead.
  /// - Throws: ``DatasetError`` when a folder may not be read.
  init(
    _ folder: URL, extensions: [String], suffix: String = "", hasSubfolders: Bool = false
  ) throws {
    self.folder = folder
    self.suffix = suffix
    let all =
      try hasSubfolders
      ? Self.contents(of: folder).filter { folder.appending(path: $0).hasDirectory }.flatMap {
        subfolder in
        try Self.contents(of: folder.appending(path: subfolder)).map { "\(subfolder)/\($0)" }
      } : Self.contents(of: folder)
    hasForeignNames = all.contains { $0.unicodeScalars.contains("\u{FFFD}") }
    names = Self.names(all, extensions, suffix)
  }

  private static func names(
    _ files: [String], _ extensions: [String], _ suffix: String
  ) -> [String: [String]] {
    let known = Set(extensions)
    var names: [String: [String]] = [:]
    for file in files {
      let parts = parts(file)
      guard known.contains(parts.suffix.lowercased()), parts.stem.hasSuffix(suffix) else {
        continue
      }
      names[String(parts.stem.dropLast(suffix.count)), default: []].append(file)
    }
    let preferred = extensions + extensions.map { $0.uppercased() }
    func rank(_ name: String) -> (Int, String) {
      (preferred.firstIndex(of: parts(name).suffix) ?? preferred.count, name)
    }
    return names.mapValues { $0.count == 1 ? $0 : $0.sorted { rank($0) < rank($1) } }
  }

  /// Whether there is a file with this stem.
  func has(_ stem: String) -> Bool { names[stem] != nil }

  /// The file with this stem. Strings that Unicode takes for the same are the same here, so that an é in
  /// one scalar finds an é in two; where both are there, the very bytes decide.
  subscript(stem: String) -> URL? {
    let same = names[stem] ?? []
    if same.count == 1 { return folder.appending(path: same[0]) }
    let exact = same.first { Self.parts($0).stem.utf8.elementsEqual((stem + suffix).utf8) }
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

  private static func parts(_ path: String) -> (stem: String, suffix: String) {
    let bytes = path.utf8
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map(bytes.index(after:)) ?? bytes.startIndex
    guard let dot = bytes[start...].lastIndex(of: UInt8(ascii: ".")) else {
      return (String(path[start...]), "")
    }
    return (String(path[start..<dot]), String(path[bytes.index(after: dot)...]))
  }
}

/// Whether something has this name.
///
/// - Throws: ``DatasetError`` when the system cannot say.
func isThere(_ url: URL) throws(DatasetError) -> Bool {
  do throws(POSIXError) {
    return try FileStatus(of: url, followingLinks: true) != nil
  } catch {
    throw DatasetError(
      url.path, "this cannot be looked at (\(error.code.text))",
      "Check the disk and the permissions.", isMissing: true)
  }
}

extension URL {
  /// Whether a folder has this name.
  var hasDirectory: Bool {
    ((try? FileStatus(of: self, followingLinks: true)) ?? nil)?.kind == .folder
  }
}

/// Looks for a dataset at and below a folder.
///
/// - Parameters:
///   - inside: The paths below the folder that are tried after the folder itself.
///   - signs: Paths of which a dataset's own folder has one.
///   - folders: What the folder should hold, for the message.
///   - isFolder: Whether the signs are folders.
/// - Throws: ``DatasetError`` saying what was looked for, when none is there.
func datasetRoot(
  in folder: URL, or inside: [String] = [], with signs: [String], holding folders: String,
  isFolder: Bool = true
) throws -> URL {
  let sign = "\(isFolder ? "folder " : "")\(signs[0])"
  return try datasetRoot(
    in: folder, or: inside, lacking: "there is no \(sign)", holding: folders
  ) { root in
    try signs.contains { try isThere(root.appending(path: $0)) }
  }
}

/// Looks for a dataset at and below a folder.
///
/// - Parameters:
///   - inside: The paths below the folder that are tried after the folder itself.
///   - found: What is wrong where there is none, for the message.
///   - contents: What the folder should hold, for the message.
///   - isRoot: Whether a folder is a dataset's own.
/// - Throws: ``DatasetError`` saying what was looked for, when none is there.
func datasetRoot(
  in folder: URL, or inside: [String], lacking found: String, holding contents: String,
  where isRoot: (URL) throws -> Bool
) throws -> URL {
  let candidates = [folder] + inside.map { folder.appending(path: $0) }
  if let root = try candidates.first(where: isRoot) { return root }
  throw DatasetError(
    folder.path, try isThere(folder) ? found : "the folder does not exist",
    "Give the folder that holds \(contents).", isMissing: true)
}

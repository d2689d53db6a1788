import DurableFiles
import Foundation
import Synchronization

/// The files of annotations in a folder, each read once.
final class COCOFolder: Sendable {
  let root: URL
  /// The files by the names of their splits, `train2017` say.
  let files: [String: URL]
  private let read = Mutex<[URL: COCOFile]>([:])

  /// Looks for files.
  ///
  /// - Parameters:
  ///   - prefix: What names begin with, before the split's: `instances_`.
  ///   - others: Whether files without such a beginning count too: `annotations/train.json`, and Roboflow's
  ///     `train/_annotations.coco.json`.
  init(_ root: URL, prefix: String, others: Bool) throws {
    self.root = root
    func names(_ folder: URL) -> [String] { ((try? namesInFolder(folder)) ?? nil) ?? [] }
    let annotations = root.appending(path: "annotations")
    let lists = names(annotations).filter { $0.hasSuffix(".json") }
    var files: [String: URL] = [:]
    if others {
      for split in names(root) {
        let url = root.appending(path: "\(split)/_annotations.coco.json")
        if try isThere(url) { files[split] = url }
      }
      for name in lists where !name.contains("_") {
        files[String(name.dropLast(5))] = annotations.appending(path: name)
      }
    }
    for name in lists where name.hasPrefix(prefix) {
      files[String(name.dropFirst(prefix.count).dropLast(5))] = annotations.appending(path: name)
    }
    self.files = files
  }

  /// The names of the splits without their year.
  var splits: [String] { files.keys.map { $0.replacing(/20\d\d$/, with: "") }.sorted() }

  /// The name of a split as the files have it: `train2017` for `train`.
  ///
  /// - Throws: ``DatasetError`` naming those that are there.
  func name(of split: String) throws -> String {
    let names = [split] + ["2017", "2014"].map { split + $0 }
    if let name = names.first(where: { files[$0] != nil }) { return name }
    throw DatasetError(
      root.path, "there is no file of annotations for the split '\(split)'",
      "There are: " + files.keys.sorted().joined(separator: ", "), isMissing: true)
  }

  /// The names of the files of a split, or of all.
  func names(of split: String?) throws -> [String] {
    try split.map { [try name(of: $0)] } ?? files.keys.sorted()
  }

  /// The classes of a split's categories, or of those of the first file; nil where there is none.
  func classes(of split: String?, encoding: LabelEncoding) throws -> ClassList? {
    guard let name = try names(of: split).first else { return nil }
    let (file, url) = try annotations(of: name)
    return try COCOClasses(file, at: url, encoding: encoding).classes
  }

  /// The annotations of a split, by its name in ``files``.
  func annotations(of name: String) throws -> (file: COCOFile, url: URL) {
    guard let url = files[name] else { preconditionFailure("COCOFolder: no split \(name)") }
    if let known = read.withLock({ $0[url] }) { return (known, url) }
    let file = try COCOFile.read(url)
    read.withLock { $0[url] = file }
    return (file, url)
  }

  /// Finds photographs: in the folder of a split, in `images`, or beside the annotations.
  func photographs(of name: String) -> (_ file: String) throws -> URL? {
    let plain = name.replacing(/20\d\d$/, with: "")
    let all = files.keys.sorted().filter { $0 != name && $0 != plain }
    let folders = ([name, plain] + all).flatMap { [$0, "images/\($0)"] } + ["images", ""]
    let candidates = folders.map { $0.isEmpty ? root : root.appending(path: $0) }
      .filter(\.hasDirectory)
    let names = candidates.map { Set(((try? namesInFolder($0)) ?? nil) ?? []) }
    return { file in
      let place = try candidates.indices.first { index in
        try file.contains("/")
          ? isThere(candidates[index].appending(path: file)) : names[index].contains(file)
      }
      return place.map { candidates[$0].appending(path: file) }
    }
  }
}

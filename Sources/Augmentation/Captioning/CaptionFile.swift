import DurableFiles
import Faults
public import Foundation

/// A file of captions that grows as they are made, a line each, and that a stopped run goes on with.
public struct CaptionFile: Sendable {
  /// What it is called in the folder of an augmentation that makes its captions itself.
  public static let name = "captions.jsonl"

  /// What is there already, by the images' names.
  public private(set) var records: [String: CaptionRecord] = [:]
  private let url: URL

  /// Opens a file that is to be written or gone on with. A last line that was not finished is dropped.
  ///
  /// - Parameters:
  ///   - url: The file; it need not be there.
  ///   - model: The folder of the captioner, by its name.
  ///   - settings: What else captions depend on.
  /// - Throws: ``AugmentationError`` when it holds anything else than captions of this model and these settings;
  ///   `WritingError` when it cannot be written.
  public init(goingOnWith url: URL, model: String, settings: String) throws {
    self.url = url
    try checkReplaceable(url)
    let found = try reading(url) { () throws(POSIXError) in try readFile(url) } ?? Data()
    let whole = found.lastIndex(of: UInt8(ascii: "\n")).map { found[...$0] } ?? Data()
    for line in whole.split(separator: UInt8(ascii: "\n")) {
      guard let record = try? JSONDecoder().decode(CaptionRecord.self, from: Data(line)) else {
        throw Self.foreign(url, "other lines than this command writes")
      }
      guard record.model == model && record.settings == settings else {
        throw Self.foreign(
          url,
          "captions by '\(record.model)' (\(record.settings)), not by '\(model)' (\(settings))")
      }
      records[record.image] = record
    }
    if whole.count < found.count { try replaceFile(at: url) { try $0.write(Data(whole)) } }
  }

  /// Adds captions, and waits until they are on the disk. On failure the file is as long as before.
  public mutating func add(_ added: [CaptionRecord]) throws {
    let lines = try added.map { try JSONEncoder.stable.encode($0) + Data("\n".utf8) }
    try Disk().append(lines.reduce(Data(), +), to: url)
    for record in added { records[record.image] = record }
  }

  /// The file of an augmentation's output, whose folder is made.
  ///
  /// - Throws: ``AugmentationError`` when the folder holds something else than a run.
  public static func place(in output: URL) throws -> URL {
    try makeFolder(output)
    let names = try reading(output) { () throws(POSIXError) in try namesInFolder(output) } ?? []
    if !names.contains(OutputFolder.identityPath) {
      try OutputFolder.refuse(names, in: output)
    }
    return output.appendingPathComponent(name)
  }

  private static func foreign(_ url: URL, _ found: String) -> AugmentationError {
    AugmentationError(
      .cannotCreate,
      "\(url.path): this file holds \(found). Nothing was changed. Choose another file, or the settings that it was "
        + "begun with.", remedies: [Remedy(.captions)])
  }
}

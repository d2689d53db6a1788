import DurableFiles
package import Foundation
import SegmentationDatasets

/// What a report says of a run as a whole.
package struct ReportDescription: Sendable, Encodable {
  /// A class that some image shows.
  package struct Class: Sendable, Encodable {
    let name: String
    /// As a style sheet has it, such as `#800000`.
    let colour: String
    /// How many images show it, without the generated ones and with them.
    let before, after: Int
    /// The median fit of the generated ones.
    let fit: Double?
  }

  /// What the folder is called.
  package let name: String
  /// What the decisions about this run are kept under.
  let key: String
  /// Whether the run has made all that it was to make.
  let isFinished: Bool
  let balance: AugmentationSummary
  let classes: [Class]
  /// Further numbers about all images, with what they are called.
  let facts: [[String]]

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - root: Its folder.
  ///   - isFinished: Whether it has made all that it was to make.
  ///   - balance: What it has done to the dataset.
  ///   - facts: Further numbers about all images, each a name and a text.
  package init(
    of run: RunPictures, in root: URL, isFinished: Bool, balance: AugmentationSummary,
    facts: [[String]] = []
  ) throws {
    (self.isFinished, self.balance, self.facts) = (isFinished, balance, facts)
    name = root.standardizedFileURL.lastPathComponent
    // The same while the run goes on, and wherever its folder is.
    let file = root.appending(path: OutputFolder.identityPath)
    let identity = try reading(file) { () throws(POSIXError) in try readFile(file) }
    key = try (identity ?? LedgerWriter.text(of: [run.records[0]])).sha256
    let list = run.classes
    classes = list.ids.compactMap { id in
      let after = balance.after.imagesPerClass[id, default: 0]
      guard after > 0 else { return nil }
      let words = list.words(for: id)
      return Class(
        name: words, colour: list.palette[Int(id)].hexadecimal,
        before: balance.before.imagesPerClass[id, default: 0], after: after,
        fit: balance.fit?.medianPerClass[words])
    }
  }
}

import DurableFiles
import Faults
package import Foundation
package import ImageFiles
import SegmentationDatasets

/// An image of a run that is to be made again from its line of the ledger.
package struct Reproduction: Sendable {
  /// Its line.
  package let record: LedgerRecord
  /// The run's folder.
  package let root: URL
  /// What its one image needs of a plan.
  package let plan: AugmentationPlan

  /// Finds an image's line, and what it was made from.
  ///
  /// - Parameters:
  ///   - image: The image's file in the run's folder.
  ///   - folder: That of the dataset; nil where the photograph is in the run's folder.
  /// - Throws: ``AugmentationError`` for an image that is no run's, or was made from no photograph, or from one that is
  ///   not there.
  package init(ofImageAt image: URL, dataset folder: URL?) throws {
    (root, record) = try Self.line(of: image.standardizedFileURL)
    guard let stem = record.source else {
      throw AugmentationError(
        .request,
        "\(image.path): this image was made from no photograph, and cannot be painted again.")
    }
    let dataset = try SegmentationDataset(
      unlistedIn: folder ?? root, classes: ClassList(ofRunIn: root))
    guard let entry = dataset.entries.first(where: { $0.stem == stem }) else {
      throw AugmentationError(
        .noInput,
        "\(dataset.root.path): the photograph '\(stem)', which the image was made from, is not here, or has no mask. "
          + "Give the folder of the run's dataset.")
    }
    plan = try Self.plan(of: record, from: entry, in: dataset)
  }

  /// The run's folder above a file, and the ledger's line of it.
  private static func line(of image: URL) throws -> (URL, LedgerRecord) {
    var folder = image.deletingLastPathComponent()
    while folder.path != "/" {
      // A run whose shards are not brought together has no ledger of its own yet.
      let names = [LedgerRecord.file, OutputFolder.identityPath]
      if try names.contains(where: { try Disk().kind(of: folder.appending(path: $0)) != nil }) {
        let path = String(image.path.dropFirst(folder.path.count + 1))
        if let record = try LedgerRecord.all(in: folder).first(where: { $0.image == path }) {
          return (folder, record)
        }
        throw AugmentationError(
          .badData,
          "\(folder.path): no line of the ledger is about '\(path)'. Give an image that 'augment' has made."
        )
      }
      folder.deleteLastPathComponent()
    }
    throw AugmentationError(
      .noInput,
      "\(image.path): no folder above this file has a ledger. Give an image in the output folder of 'augment'."
    )
  }

  private static func plan(
    of record: LedgerRecord, from entry: SegmentationDataset.Entry, in dataset: SegmentationDataset
  ) throws -> AugmentationPlan {
    let labelled = try dataset.load(entry)
    guard labelled.hashes.image == record.sourceSHA256 else {
      throw AugmentationError(
        .badData,
        "\(entry.image.path): this is not the photograph that the image was made from, its SHA-256 is another one. Give "
          + "the dataset as it was.")
    }
    let source = AugmentationSource(
      entry, classes: [], size: labelled.image.size, hashes: labelled.hashes)
    let picture = PlannedImage(
      source: 0, copy: record.copy, name: record.name, classIDs: [], classes: record.classes,
      prompt: record.prompt, seed: record.seed, repainted: record.repainted)
    return try AugmentationPlan(
      sources: [source], root: dataset.root, layout: dataset.layout, classes: dataset.classes,
      captions: nil, settings: record.settings, pictures: [picture])
  }

  /// Paints the image.
  ///
  /// - Parameters:
  ///   - check: Called between two pieces of work, and ``progress`` after each step; what they throw ends it.
  /// - Returns: The image and the bytes of its file.
  package func paint(
    with recipe: some Recipe, check: () throws -> Void,
    progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> (image: Image, data: Data) {
    let files = try SourceReader(read: plan.reader).files(of: plan.sources[0])
    let material = try recipe.material(from: files, check: check)
    let output = try recipe.make(
      [RecipeRequest(picture: plan.pictures[0], seed: record.seed, material: material)],
      progress: progress)[0]
    return (output.image, try record.settings.imageFormat.data(of: output.image))
  }

  /// What may make another image of the same line, a sentence each.
  package func likelyReasons(_ identity: String, _ traits: GeneratorTraits) -> [String] {
    guard let then = record.generator, let painter = record.paintedOn else {
      return ["The ledger does not say what painted the image: an earlier version wrote it."]
    }
    let pairs = [
      ("device", then.device, traits.device), ("precision", then.precision, traits.precision),
      ("scheduler", then.scheduler, traits.scheduler), ("processor", painter, identity),
    ]
    let reasons = pairs.filter { $1 != $2 }.map { name, then, now in
      "The \(name) was \(then ?? "not said"), and is \(now ?? "not said") now."
    }
    return reasons.isEmpty
      ? [
        "Device, precision, models and settings are those of the ledger: another version of this program or of its "
          + "libraries painted the image, or encoded it."
      ] : reasons
  }
}

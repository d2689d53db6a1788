import Augmentation
import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

extension JudgedImages {
  /// The instances of the images, each with what it shall show: those that a run has painted anew or, of other images, all
  /// that are not small.
  ///
  /// - Parameters:
  ///   - classes: What the ids in masks mean.
  ///   - split: The list of a dataset.
  ///   - least: The side of a square of as many pixels as an instance has at least.
  /// - Throws: `CommandError` for images without instances.
  func byInstance(
    _ classes: ClassOptions, split: String, least: Int
  ) throws -> JudgedImages {
    var parts = self
    let repainted = areGenerated ? try repaintedInstances() : []
    parts.entries =
      repainted.isEmpty ? try labelledInstances(classes, split: split, least: least) : repainted
    guard parts.entries.isEmpty else { return parts }
    throw CommandError(
      .noInput,
      "\(root.path): of no image it is said which pixels are one object of \(least)×\(least) pixels or more. Give a dataset "
        + "with instances, the output of 'augment', or a lower --least-instance.")
  }

  /// What the ledger has of instances that were painted anew.
  private func repaintedInstances() throws -> [Entry] {
    try zip(LedgerRecord.all(in: root), entries).flatMap { record, image in
      (record.repainted ?? []).map { instance in
        let box = instance.box
        return image.part(
          Part(
            number: instance.instance, x: box.x, y: box.y, width: box.width, height: box.height),
          prompt: instance.prompt)
      }
    }
  }

  /// What instance masks say.
  private func labelledInstances(
    _ options: ClassOptions, split: String, least: Int
  ) throws -> [Entry] {
    guard let layout else { return [] }
    let classes = try options.list(layout, root, split)
    let places = areGenerated ? try generatedInstances(layout, classes) : [:]
    return try entries.flatMap { image -> [Entry] in
      try StopSignals.check()
      guard let place = image.instances ?? places[image.stem], let mask = try image.mask?.labels()
      else { return [] }
      let numbers = try place.labels()
      guard numbers.size == mask.size else { return [] }
      return InstanceExtent.all(in: numbers, of: mask, encoding: classes.encoding)
        .filter { $0.pixels >= least * least }
        .map { extent in
          image.part(
            Part(
              number: extent.number, x: extent.x, y: extent.y, width: extent.width,
              height: extent.height),
            prompt: CLIPRank.prompt(for: classes.words(for: extent.classID)))
        }
    }
  }

  /// Where the instances of a run's images are, by their stems.
  private func generatedInstances(
    _ layout: any DatasetLayout, _ classes: ClassList
  ) throws -> [String: LabelSource] {
    try SegmentationDataset(unlistedIn: root, layout: layout, classes: classes).entries
      .reduce(into: [:]) { $0[$1.stem] = $1.instances }
  }
}

extension JudgedImages.Entry {
  fileprivate func part(_ part: JudgedImages.Part, prompt: String) -> JudgedImages.Entry {
    var copy = self
    (copy.part, copy.prompt) = (part, prompt)
    return copy
  }
}

/// Reads images that are judged, and their instances, each file once where they follow each other.
struct JudgedImageReader {
  private var last: (file: URL, image: Image)?

  /// An image, or the box around its instance.
  mutating func image(of entry: JudgedImages.Entry) throws -> Image {
    let whole =
      if let last, last.file == entry.file {
        last.image
      } else {
        try Image(contentsOf: entry.file, warn: Console.warning)
      }
    last = (entry.file, whole)
    guard let part = entry.part else { return whole }
    guard part.x + part.width <= whole.width, part.y + part.height <= whole.height else {
      throw CommandError(
        .badData,
        "\(entry.file.path): an instance reaches \(part.x + part.width)×\(part.y + part.height) pixels, and the image has "
          + "\(whole.size). Give images that belong to their masks.")
    }
    return whole.cropped(x: part.x, y: part.y, width: part.width, height: part.height)
  }
}

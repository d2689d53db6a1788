import Augmentation
import Foundation
import ImageAnnotation
import SegmentationDatasets

extension Augment {
  /// The captions that were given, or those of a captioner, which the output's folder keeps.
  func captions(of dataset: SegmentationDataset) throws -> Captions? {
    guard let captioner = pictures.captioner else { return try pictures.readCaptions() }
    guard !dryRun, let output else {
      Console.note("The captioner is not asked: prompts are planned without captions.")
      return nil
    }
    let file = try CaptionFile.place(in: URL(fileURLWithPath: output))
    let images = CaptionedImages(of: dataset)
    var book = try CaptionBook(file, model: captioner, settings: CaptionOptions())
    let left = images.sources.filter { book.captions[$0.name] == nil }
    if !left.isEmpty {
      let captioner = try Caption.open(captioner, CaptionOptions(), computing)
      // Photographs that cannot be read are the plan's affair.
      _ = try book.fill(left, by: captioner, batchSize: Caption.usualBatchSize, seed: 0)
    }
    return book.captions.isEmpty ? nil : try Captions(contentsOf: file)
  }
}

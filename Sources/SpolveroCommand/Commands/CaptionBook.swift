import Augmentation
import Faults
import Foundation
import ImageAnnotation

/// Where captions go: a file that is gone on with, or standard output.
struct CaptionBook {
  private var file: CaptionFile?
  private let model, settings: String
  private var printed: [String: String] = [:]

  /// - Throws: `AugmentationError` for a file with other captions.
  init(_ url: URL?, model: String, settings: CaptionOptions) throws {
    self.model = URL(fileURLWithPath: model).lastPathComponent
    self.settings = settings.description
    file = try url.map {
      try CaptionFile(goingOnWith: $0, model: self.model, settings: self.settings)
    }
  }

  /// All captions so far, by the images' names.
  var captions: [String: String] { file?.records.mapValues(\.caption) ?? printed }

  /// Captions images, with a line of progress.
  ///
  /// - Returns: Why some images cannot be read, which was said already.
  mutating func fill(
    _ sources: [Captioning.Source], by captioner: any Captioner, batchSize: Int, seed: UInt64
  ) throws -> [any Fault] {
    let report = ProgressReport()
    var (unreadable, done) = ([any Fault](), 0)
    try Captioning(sources, batchSize: batchSize, seed: seed)(
      captioner, interruption: StopSignals.interruption
    ) { event in
      switch event {
      case .warning(let text): Console.warning(text)
      case .unreadable(let fault):
        Console.error(fault)
        unreadable.append(fault)
        done += 1
      case .finished(let captions):
        try add(captions)
        done += captions.count
        report.show(
          "caption \(done)/\(sources.count)", fraction: Double(done) / Double(sources.count),
          isMilestone: done == sources.count)
      }
    }
    return unreadable
  }

  /// Writes captions.
  private mutating func add(_ captions: [(source: Captioning.Source, caption: String)]) throws {
    let records = captions.map {
      CaptionRecord(
        image: $0.source.name, caption: $0.caption, model: model, settings: settings)
    }
    try file?.add(records)
    for record in records where file == nil {
      printed[record.image] = record.caption
      try Console.result(text: jsonLine(record) + "\n")
    }
  }
}

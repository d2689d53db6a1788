package import Foundation

/// A run's images to judge, as one HTML file that needs nothing else.
///
/// The file begins with the page and all that is known of the images, the least trusted first; their pictures follow in
/// the same order, each as soon as it is drawn. So a browser shows the first ones while it still reads the others, and no
/// more than a few are in memory here.
package struct RunReport: Sendable {
  /// So many images are drawn at once.
  private static let batch = 16

  /// How many images it shows.
  package var count: Int { records.count }
  private let records: [LedgerRecord]
  private let page: ReportPage
  private let pictures: ReportPictures

  /// Chooses and sorts the images of a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - description: What is said above the images.
  ///   - choice: Which images to show.
  ///   - scores: What they are sorted by, together, and chosen by, each.
  ///   - side: What the longer side of the pictures becomes at most, in pixels.
  package init(
    of run: RunPictures, describing description: ReportDescription, choosing choice: ReportChoice,
    scores: [ReportScore], side: Int
  ) throws {
    let order = TrustOrder(of: run.records, by: scores)
    let places = choice.places(in: order)
    records = places.map { run.records[$0] }
    let pictures = ReportPictures(of: records, in: run, side: side)
    let images = places.enumerated().map { number, place in
      ReportImage(
        run.records[place], place: place, trust: order.trust[place], scores: scores,
        classes: description.classes, pictures: pictures.parts[number])
    }
    self.pictures = pictures
    page = try ReportPage(
      ReportContents(
        description, scores: scores, images: images, layers: pictures.layers), records: records)
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - put: Takes the next bytes.
  ///   - check: Called between two pieces of work, on any thread; what it throws ends the writing.
  ///   - progress: Called with the number of images that are written.
  /// - Throws: What reading and drawing the images throw, and what `put` does.
  package func write(
    _ put: (Data) throws -> Void, check: @Sendable () throws -> Void,
    progress: (Int) -> Void = { _ in }
  ) throws {
    try put(page.beginning)
    for start in stride(from: 0, to: count, by: Self.batch) {
      let end = min(start + Self.batch, count)
      let drawn = try concurrentMap(end - start, check: check) {
        try pictures.elements(of: start + $0, check: check)
      }
      for elements in drawn { try put(elements) }
      progress(end)
    }
    try put(page.end)
  }
}

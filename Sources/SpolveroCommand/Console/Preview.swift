import Augmentation
import DurableFiles
import Foundation
import ImageAnnotation
import ImageFiles

/// A contact sheet of a run that is going on, drawn again from time to time.
final class Preview {
  private static let rows = 6
  private static let side = 192
  /// Two drawings are at least so far apart.
  private static let pause: Duration = .seconds(10)
  /// The part of the time that drawing may take.
  private static let share = 0.05

  private let url: URL
  private let root: URL
  private let annotators: [PriorSettings.Kind: any ControlAnnotator]
  private var next: ContinuousClock.Instant = .now

  /// Prepares the preview of a run.
  ///
  /// - Parameters:
  ///   - url: The PNG to write.
  ///   - root: The run's output folder.
  ///   - annotators: Draw the outlines as the run does.
  init(at url: URL, of root: URL, annotators: [PriorSettings.Kind: any ControlAnnotator]) {
    (self.url, self.root, self.annotators) = (url, root, annotators)
  }

  /// Draws the last finished images if it is time. A run does not end because of its preview.
  func update(_ progress: AugmentationProgress) {
    let isLast = progress.images == progress.imagesInAll
    guard progress.step == 0, isLast || ContinuousClock.now >= next else { return }
    let start = ContinuousClock.now
    do { try draw() } catch { Console.warning("the preview was not drawn: \(fault(of: error))") }
    let drawing = .now - start
    next = .now + max(Self.pause, drawing / Self.share)
  }

  private func draw() throws {
    let sheet = try ContactSheet(of: root, choosing: .latest(Self.rows), side: Self.side) {
      annotators[$0]
    }
    try writeAtomically(sheet.image().pngData(), to: url)
  }
}

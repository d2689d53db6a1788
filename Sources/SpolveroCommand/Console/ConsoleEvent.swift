import Augmentation
import Foundation

/// A line on standard error for programs, one JSON object.
///
/// `event` says what it is: `note`, `warning`, `error` and `usage` have a `text`; `progress` has a text, or the numbers of
/// an augmentation: `image`, `images` that are finished of `imagesInAll`, `step` of `steps`, `secondsElapsed` and, once they
/// are known, `secondsPerImage` and `secondsLeft`.
struct ConsoleEvent: Encodable {
  enum Kind: String, Encodable {
    case note, warning, error, usage, progress
  }

  let event: Kind
  var text: String?
  var image: String?
  var images, imagesInAll, step, steps: Int?
  var secondsElapsed, secondsPerImage, secondsLeft: Double?

  init(_ event: Kind, _ text: String) { (self.event, self.text) = (event, text) }

  init(_ progress: AugmentationProgress) {
    event = .progress
    image = progress.name
    (images, imagesInAll) = (progress.images, progress.imagesInAll)
    (step, steps) = (progress.step, progress.steps)
    secondsElapsed = progress.secondsElapsed
    (secondsPerImage, secondsLeft) = (progress.secondsPerImage, progress.secondsLeft)
  }
}

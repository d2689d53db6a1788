import ArgumentParser
import Foundation

/// Encode ratios with commas between them.
struct RatioList: ExpressibleByArgument {
  private let text: String
  /// The ratios, in their order.
  let values: [Double]
  private let isSound: Bool

  /// Takes any text; ``validate()`` says what is wrong with it.
  init?(argument: String) {
    text = argument
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0.trimmingCharacters(in: .whitespaces))
    }
    values = numbers.compactMap(\.self)
    isSound = values.count == numbers.count && values.allSatisfy { $0 > 0 && $0 <= 1 }
  }

  func validate() throws {
    if isSound { return }
    throw ValidationError(
      "--encode-ratio \(text): must be above 0, up to 1; several have commas between them, as 0.5,0.75,1.0."
    )
  }

  /// Makes sure that there is one ratio alone, where no sets of images are made.
  func requireOne() throws {
    if values.count == 1 { return }
    throw ValidationError(
      "--encode-ratio \(text): one ratio is taken here; 'augment --recipe scribblegen' paints a set of images for each of "
        + "several.")
  }
}

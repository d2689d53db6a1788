import ArgumentParser
import Foundation

/// Numbers of epochs with commas between them.
struct EpochList: ExpressibleByArgument {
  private let text: String
  /// The epochs; nil where the text is something else.
  private let epochs: [Int]?

  /// Takes any text; ``values()`` says what is wrong with it.
  init?(argument: String) {
    text = argument
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    epochs = numbers.contains(nil) ? nil : numbers.compactMap(\.self)
  }

  /// The epochs, in their order.
  func values() throws -> [Int] {
    if let epochs { return epochs }
    throw ValidationError(
      "--starts \(text): must be whole numbers with commas between them, such as 0,10,20.")
  }
}

/// Why an augmentation could not be planned or run, in one paragraph: what was found where, what was
/// expected, what to do.
public struct AugmentationError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure. Raw values are the exit codes of `sysexits.h`, and 130 for an interruption.
  public enum Category: Int32, Sendable {
    /// The command asks for something contradictory or impossible.
    case usage = 64
    /// A file's content is wrong.
    case badData = 65
    /// A file or folder is not there.
    case noInput = 66
    /// The output folder cannot be made or must not be used.
    case cannotCreate = 73
    /// Reading or writing failed halfway, as on a full disk.
    case inputOutput = 74
    /// The user stopped the run, which can go on later.
    case interrupted = 130
  }

  /// The kind of failure.
  public let category: Category
  /// The whole message.
  public let description: String

  /// Describes a failure.
  public init(_ category: Category, _ description: String) {
    self.category = category
    self.description = description
  }
}

/// Why a picture or mask could not be read or encoded.
public struct ImageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Reason: Sendable {
    /// The content is wrong, or more than the format can hold.
    case content
    /// The file is not there or cannot be read.
    case inaccessible
  }

  /// The kind of failure.
  public let reason: Reason
  /// The file, as the caller named it.
  public let file: String
  /// What was found there.
  public let found: String
  /// What to do about it.
  public let remedy: String

  /// Describes a failure in two sentences that `description` joins with the file's name.
  public init(_ reason: Reason, file: String, found: String, remedy: String) {
    self.reason = reason
    self.file = file
    self.found = found
    self.remedy = remedy
  }

  /// File, finding and remedy in one paragraph.
  public var description: String { "\(file): \(found). \(remedy)" }
}

/// Why a picture or mask could not be read or written.
public struct ImageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file, as the caller named it.
  public let file: String
  /// What was found there.
  public let found: String
  /// What to do about it.
  public let remedy: String

  /// Describes a failure in two sentences that `description` joins with the file's name.
  public init(file: String, found: String, remedy: String) {
    self.file = file
    self.found = found
    self.remedy = remedy
  }

  /// File, finding and remedy in one paragraph.
  public var description: String { "\(file): \(found). \(remedy)" }
}

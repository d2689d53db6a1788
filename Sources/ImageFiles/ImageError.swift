public import Faults

/// Why an image or mask could not be read or encoded.
public struct ImageError: Fault, Equatable {
  /// `noInput` for a file that is not there or cannot be read, `badData` for content that is wrong or more than the
  /// format can hold.
  public let kind: FaultKind
  /// The file, as the caller named it.
  public let file: String
  /// What was found there.
  public let found: String
  /// What to do about it.
  public let remedy: String

  /// Describes a failure in two sentences that `description` joins with the file's name.
  public init(_ kind: FaultKind, file: String, found: String, remedy: String) {
    self.kind = kind
    self.file = file
    self.found = found
    self.remedy = remedy
  }

  /// File, finding and remedy in one paragraph.
  public var description: String { "\(file): \(found). \(remedy)" }
}

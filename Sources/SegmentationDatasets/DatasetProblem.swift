public import Faults
import ImageFiles

/// What is wrong with one photograph, its mask or a line of a list.
public struct DatasetProblem: Sendable, Equatable, CustomStringConvertible {
  /// The photograph's stem, as its list has it; nil for what concerns the whole dataset.
  public let stem: String?
  /// The file, or the list and the line.
  public let place: String
  /// What was found there, and what was expected.
  public let found: String
  /// What to do about it.
  public let remedy: String
  /// Settings that may be chosen otherwise.
  public let remedies: [Remedy]
  /// Whether a file or folder is not there or may not be read, so that nobody knows what it holds.
  public let isMissing: Bool

  /// Describes a problem in two sentences that `description` joins with the place.
  public init(
    stem: String? = nil, place: String, found: String, remedy: String, remedies: [Remedy] = [],
    isMissing: Bool = false
  ) {
    self.stem = stem
    self.place = place
    self.found = found
    self.remedy = remedy
    self.remedies = remedies
    self.isMissing = isMissing
  }

  /// Place, finding and remedy in one paragraph.
  public var description: String { "\(place): \(found). \(remedy)" }

  /// What an error says about a photograph or its mask.
  init(_ error: ImageError, stem: String) {
    self.init(
      stem: stem, place: error.file, found: error.found, remedy: error.remedy,
      isMissing: error.kind == .noInput)
  }
}

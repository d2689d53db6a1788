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
  /// Whether a file or folder is not there or may not be read, so that nobody knows what it holds.
  public let isMissing: Bool

  /// Describes a problem in two sentences that `description` joins with the place.
  public init(
    stem: String? = nil, place: String, found: String, remedy: String, isMissing: Bool = false
  ) {
    self.stem = stem
    self.place = place
    self.found = found
    self.remedy = remedy
    self.isMissing = isMissing
  }

  /// Place, finding and remedy in one paragraph.
  public var description: String { "\(place): \(found). \(remedy)" }

  /// What an error says about a photograph or its mask.
  static func all(in error: any Error, stem: String, place: String) -> [DatasetProblem] {
    switch error {
    case let error as DatasetError:
      error.problems.map {
        DatasetProblem(
          stem: stem, place: $0.place, found: $0.found, remedy: $0.remedy, isMissing: $0.isMissing)
      }
    case let error as ImageError:
      [
        DatasetProblem(
          stem: stem, place: error.file, found: error.found, remedy: error.remedy,
          isMissing: error.reason == .inaccessible)
      ]
    default:
      [DatasetProblem(stem: stem, place: place, found: "\(error)", remedy: "Check the file.")]
    }
  }
}

/// What is wrong with a dataset: every problem found, not only the first.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One paragraph a problem: which file, what was found, what was expected, what to do.
  public let problems: [String]
  /// Whether the dataset itself, a list of photographs or one of classes is not there at all.
  public let isMissing: Bool

  init(_ problems: [String], isMissing: Bool = false) {
    self.problems = problems
    self.isMissing = isMissing
  }

  init(_ place: String, _ found: String, _ remedy: String, isMissing: Bool = false) {
    self.init(["\(place): \(found). \(remedy)"], isMissing: isMissing)
  }

  /// The problem alone or, of several, the first ten and their number.
  public var description: String {
    if problems.count == 1 { return problems[0] }
    let shown = problems.prefix(10).map { "- \($0)" }
    let rest = problems.count - shown.count
    let more = rest > 0 ? ["- … and \(rest) more"] : []
    return (["\(problems.count) problems in the dataset:"] + shown + more).joined(separator: "\n")
  }
}

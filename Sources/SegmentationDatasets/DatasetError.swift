import DurableFiles
public import Faults
import Foundation

/// What is wrong with a dataset: every problem found, not only the first.
public struct DatasetError: Fault, Equatable {
  /// What was found, in the dataset's order; at least one.
  public let problems: [DatasetProblem]

  /// Collects problems.
  public init(_ problems: [DatasetProblem]) {
    precondition(!problems.isEmpty, "DatasetError: no problem is no error")
    self.problems = problems
  }

  init(
    _ place: String, _ found: String, _ remedy: String, remedies: [Remedy] = [],
    isMissing: Bool = false
  ) {
    self.init([
      DatasetProblem(
        place: place, found: found, remedy: remedy, remedies: remedies, isMissing: isMissing)
    ])
  }

  /// `noInput` where all that is wrong is that files or folders are not there or may not be read, else `badData`.
  public var kind: FaultKind { problems.allSatisfy(\.isMissing) ? .noInput : .badData }

  /// Those of all problems.
  public var remedies: [Remedy] { problems.flatMap(\.remedies) }

  /// The problem alone or, of several, the first ten and their number.
  public var description: String {
    if problems.count == 1 { return problems[0].description }
    let shown = problems.prefix(10).map { "- \($0)" }
    let rest = problems.count - shown.count
    let more = rest > 0 ? ["- … and \(rest) more"] : []
    return (["\(problems.count) problems in the dataset:"] + shown + more).joined(separator: "\n")
  }
}

/// Reads a file.
///
/// - Throws: ``DatasetError`` saying that `kind` cannot be read, with the system's reason.
func contents(of url: URL, _ kind: String, _ remedy: String) throws(DatasetError) -> Data {
  if let data = try contentsIfThere(of: url, kind, remedy) { return data }
  throw unreadable(url, kind, remedy, .ENOENT)
}

/// Reads a file; nil where nothing is.
///
/// - Throws: ``DatasetError`` when something is there, or nobody knows, and it cannot be read.
func contentsIfThere(
  of url: URL, _ kind: String, _ remedy: String
) throws(DatasetError) -> Data? {
  do throws(POSIXError) { return try readFile(url) } catch {
    throw unreadable(url, kind, remedy, error.code)
  }
}

/// The first characters of a file, by which it is recognised; none of one that cannot be read.
func beginning(of url: URL) -> String {
  guard let file = try? FileHandle(forReadingFrom: url) else { return "" }
  defer { try? file.close() }
  return String(decoding: (try? file.read(upToCount: 1 << 16)) ?? Data(), as: UTF8.self)
}

private func unreadable(
  _ url: URL, _ kind: String, _ remedy: String, _ code: POSIXErrorCode
) -> DatasetError {
  DatasetError(url.path, "\(kind) cannot be read (\(code.text))", remedy, isMissing: true)
}

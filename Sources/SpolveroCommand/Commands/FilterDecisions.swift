import Augmentation
import Faults
import Foundation

/// What somebody who looked at a run's images has decided about them: a JSON object a line, as a report exports it.
struct FilterDecisions {
  /// What may be decided.
  enum Decision: String, Codable {
    case accept, reject
  }

  private struct Line: Decodable {
    /// The image's path in the output folder, or its stem.
    let image: String
    let decision: Decision
    /// Of the file that was looked at.
    let imageSHA256: String?
  }

  /// The decisions, in the order of the records; nil where there is none.
  let all: [Decision?]

  /// No decision.
  init(none count: Int) { all = [Decision?](repeating: nil, count: count) }

  /// Reads decisions; of several about one image the last counts.
  ///
  /// - Throws: `CommandError` for a line that is no decision, that names no image of the run, or that is about an image
  ///   that was painted anew since.
  init(_ path: String, about records: [LedgerRecord]) throws {
    let paths = records.enumerated().map { ($1.image, $0) }
    let stems = records.enumerated().map { ($1.name, $0) }
    let places = Dictionary(paths + stems) { first, _ in first }
    var found = [Decision?](repeating: nil, count: records.count)
    for (number, line) in try Self.lines(of: path) {
      guard let place = places[line.image] else {
        throw CommandError(
          .badData,
          "\(path), line \(number): the run has no image '\(line.image)'. Give the decisions about this run."
        )
      }
      if let hash = line.imageSHA256, hash != records[place].imageSHA256 {
        throw CommandError(
          .badData,
          "\(path), line \(number): '\(line.image)' was painted anew since it was looked at. Make a new report, and "
            + "decide again.")
      }
      found[place] = line.decision
    }
    all = found
  }

  private static func lines(of path: String) throws -> [(Int, Line)] {
    let data = try contents(of: existing(path, "file")) ?? Data()
    return try data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().filter { $1.contains { $0 > UInt8(ascii: " ") } }.map { index, line in
        do { return (index + 1, try JSONDecoder().decode(Line.self, from: Data(line))) } catch {
          throw CommandError(
            .badData,
            "\(path), line \(index + 1): no decision. Expected an object such as "
              + #"{"image": "a_1", "decision": "accept"}, or "reject"."#)
        }
      }
  }

  /// The places of the images about which this was decided.
  func places(_ decision: Decision) -> Set<Int> { Set(all.indices.filter { all[$0] == decision }) }
}

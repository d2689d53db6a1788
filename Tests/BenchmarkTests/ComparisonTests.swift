import CPUBackend
import Foundation
import TestSupport
import Testing

@Suite struct ComparisonTests {
  /// What `--json` says of a comparison.
  private struct Line: Decodable {
    let seconds: Double
    let peer: String
    let peerSeconds: [String: Double]?
    let ratio: Double?
  }

  @Test func takesThePeersBestWay() throws {
    try withPython(
      """
      read -r request; echo "$request" >> "$log"
      echo '{"modes": ["eager", "compiled"], "notes": ["a note"]}'
      while read -r request; do
        echo "$request" >> "$log"
        case "$request" in
          *eager*) echo '{"seconds": 3000}' ;;
          *) echo '{"seconds": 2000}' ;;
        esac
      done
      """
    ) { python, log in
      let run = try BenchmarkTool(
        "linear/154x768x320", "--json", "--samples", "3", "--threads", "1", "--compare", "pytorch",
        "--python", python)
      let line = try JSONDecoder().decode(Line.self, from: Data(run.output.utf8))
      #expect(line.peer == "pytorch")
      #expect(line.peerSeconds == ["eager": 3000, "compiled": 2000])
      #expect(abs(try #require(line.ratio) * line.seconds / 2000 - 1) < 1e-9)
      #expect(run.errors.contains("a note"))
      // In turn, not one way after the other.
      let turn = [#"{"run":"eager"}"#, #"{"run":"compiled"}"#]
      let prepared = [#"{"prepare":"linear\/154x768x320"}"#]
      #expect(try log() == prepared + turn + turn + turn)
    }
  }

  @Test func saysWhatThePeerCouldNotDo() throws {
    try withPython("read request; echo '{\"error\": \"out of luck\"}'") { python, _ in
      let run = try BenchmarkTool("linear/154", "--compare", "pytorch", "--python", python)
      #expect(run.status != 0)
      #expect(run.errors.contains("out of luck"))
    }
  }

  @Test func noticesThatThePeerEnded() throws {
    try withPython("exit 3") { python, _ in
      let run = try BenchmarkTool("linear/154", "--compare", "pytorch", "--python", python)
      #expect(run.status != 0)
      #expect(run.errors.contains("status 3") && run.errors.contains("--python"))
    }
  }

  @Test(.enabled(if: CPULevel.blas.isAvailable))
  func multipliesByOpenBLASWhatItCan() throws {
    let run = try BenchmarkTool(
      "linear/154x768x320", "silu", "--json", "--samples", "1", "--compare", "openblas")
    let lines = try run.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(lines.map { $0.ratio == nil } == [false, true])
  }

  /// A program that stands for Python, and the requests that it noted in `$log`.
  private func withPython(
    _ script: String, _ body: (_ path: String, _ log: () throws -> [String]) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let log = folder.appending("log")
    let python = try folder.write("#!/bin/bash\nlog='\(log.path)'\n\(script)\n", "python")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python.path)
    try body(python.path) {
      try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
    }
  }
}

import CPUBackend
import Foundation
import TestSupport
import Testing

@Suite struct ComparisonTests {
  /// What `--json` says of a comparison.
  private struct Line: Decodable {
    let seconds: Double
    let busy: Bool?
    let peer: String
    let peerVersion: String?
    let peerSeconds, peerProcessorSeconds: [String: Double]?
    let ratio: Double?
  }

  /// A child that has two ways, and says how it was started.
  private let twoWays = """
    echo "${1##*/} ${@:2}" >> "$log"
    read -r request; echo "$request" >> "$log"
    echo '{"modes": ["eager", "compiled"], "notes": ["a note"], "version": "7.1"}'
    while read -r request; do
      echo "$request" >> "$log"
      case "$request" in
        *eager*) echo '{"seconds": 3000, "processorSeconds": 5000, "runs": 1}' ;;
        *) echo '{"seconds": 2000, "processorSeconds": 4000, "runs": 1}' ;;
      esac
    done
    """

  @Test(arguments: ["pytorch", "openvino"]) func takesThePeersBestWay(peer: String) throws {
    try withPython(twoWays) { python, log in
      let run = try BenchmarkTool(
        "linear/154x768x320", "--json", "--samples", "3", "--threads", "1", "--compare", peer,
        "--python", python)
      let line = try JSONDecoder().decode(Line.self, from: Data(run.output.utf8))
      #expect(line.peer == peer)
      #expect(line.peerVersion == "7.1")
      #expect(line.peerSeconds == ["eager": 3000, "compiled": 2000])
      #expect(line.peerProcessorSeconds == ["eager": 5000, "compiled": 4000])
      #expect(abs(try #require(line.ratio) * line.seconds / 2000 - 1) < 1e-9)
      #expect(run.errors.contains("a note"))
      // In turn, not one way after the other.
      let turn = [#"{"run":"eager"}"#, #"{"run":"compiled"}"#]
      let started = "benchmark_\(peer).py --serve --device cpu --precision fp32 --threads 1"
      let prepared = [started, #"{"prepare":"linear\/154x768x320"}"#]
      #expect(try log() == prepared + turn + turn + turn)
    }
  }

  @Test func showsProcessorsBesideTheClock() throws {
    try withPython(twoWays) { python, _ in
      let run = try BenchmarkTool(
        "linear/154x768x320", "--samples", "1", "--compare", "openvino", "--python", python)
      #expect(run.output.contains("ms of processors"))
      #expect(
        run.output.contains("OpenVINO 7.1 compiled 2000000.000 ms (4000000.000 of processors)"))
    }
  }

  @Test func aPeerMayHaveNoSide() throws {
    try withPython(
      """
      read -r request; echo '{"modes": [], "notes": ["not in int8"], "version": "7.1"}'
      """
    ) { python, _ in
      let run = try BenchmarkTool(
        "linear/154x768x320", "--samples", "1", "--compare", "pytorch", "--python", python)
      #expect(run.status == 0)
      #expect(run.output.contains("no PyTorch side"))
      #expect(run.errors.contains("not in int8"))
    }
  }

  @Test func saysWhatThePeerCouldNotDo() throws {
    try withPython("read request; echo '{\"error\": \"out of luck\"}'") { python, _ in
      let run = try BenchmarkTool("linear/154", "--compare", "pytorch", "--python", python)
      #expect(run.status != 0)
      #expect(run.errors.contains("out of luck"))
    }
  }

  #if os(Linux)
    @Test func saysThatOthersKeepTheMachineBusy() throws {
      try withPython(
        """
        read -r request
        for _ in $(seq $(nproc)); do (ulimit -t 60; exec yes > /dev/null 2>&1) & done
        echo '{"modes": [], "notes": []}'
        read -r request; kill -KILL $(jobs -p)
        """
      ) { python, _ in
        let run = try BenchmarkTool(
          "silu", "--json", "--samples", "20", "--compare", "openvino", "--python", python)
        #expect(try JSONDecoder().decode(Line.self, from: Data(run.output.utf8)).busy == true)
        #expect(run.errors.components(separatedBy: "the machine is busy").count == 2)
      }
    }
  #endif

  @Test func noticesThatThePeerTookNoTime() throws {
    try withPython(
      """
      read -r request; echo '{"modes": ["fast"], "notes": []}'
      read -r request; echo '{}'
      """
    ) { python, _ in
      let run = try BenchmarkTool("linear/154", "--compare", "openvino", "--python", python)
      #expect(run.status != 0)
      #expect(run.errors.contains("--compare openvino: the child gave no time for fast"))
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

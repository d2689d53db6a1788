import Foundation
import Tensors

/// A peer in a child process of Python, which waits without using the processor while we run.
///
/// Requests and answers are lines of JSON; `tools/benchmark_serving.py` has the other end.
final class PythonPeer: Opponent {
  private let peer: Peer
  private let process = Process()
  private let requests = Pipe()
  private var answers: LineReader
  private(set) var version: String?

  /// Starts the child.
  ///
  /// - Parameters:
  ///   - peer: Whose script is started, `tools/benchmark_PEER.py`.
  ///   - python: A Python that has the peer's packages: a path or the name of a program.
  ///   - device: Where the peer computes, under PyTorch's name: `cpu` or `cuda`.
  ///   - threads: Threads that the peer may use.
  /// - Throws: ``BenchmarkError`` when there is no such program.
  init(
    _ peer: Peer, python: String, device: String, threads: Int, precision: ProductPrecision
  ) throws {
    self.peer = peer
    let output = Pipe()
    answers = LineReader(output.fileHandleForReading)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      python, Self.script(of: peer).path, "--serve", "--device", device, "--precision",
      precision.rawValue, "--threads", "\(threads)",
    ]
    // OpenMP's threads would go on looking for work for a while, beside ours.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"]
    ) { $1 }
    process.standardInput = requests
    process.standardOutput = output
    // A child that has ended shall be an error and no signal.
    _ = signal(SIGPIPE, SIG_IGN)
    try process.run()
  }

  deinit {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// A program that was carried to another machine is started in a copy of the repository.
  private static func script(of peer: Peer) -> URL {
    let roots = [
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent(),
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
    ]
    let scripts = roots.map { $0.appendingPathComponent("tools/benchmark_\(peer.rawValue).py") }
    return scripts.first { FileManager.default.fileExists(atPath: $0.path) } ?? scripts[0]
  }

  func contenders(for benchmark: Benchmark) throws -> [any Contender] {
    let answer = try ask(Request(prepare: benchmark.name))
    for message in answer.notes ?? [] { note(message) }
    version = answer.version
    return (answer.modes ?? []).map { Mode(name: $0, child: self) }
  }

  /// One of the peer's ways to run a network.
  private struct Mode: Contender {
    let name: String
    let child: PythonPeer

    func time() throws -> Timing {
      let answer = try child.ask(Request(run: name))
      guard let seconds = answer.seconds, let processorSeconds = answer.processorSeconds else {
        throw child.failure("the child gave no time for \(name)")
      }
      return Timing(
        seconds: seconds, processorSeconds: processorSeconds, runs: answer.runs ?? 1)
    }
  }

  private func ask(_ request: Request) throws -> Answer {
    do {
      try requests.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request) + [0x0A])
    } catch is CocoaError {
      throw ended
    }
    guard let line = answers.next() else { throw ended }
    let answer = try JSONDecoder().decode(Answer.self, from: line)
    if let error = answer.error { throw failure(error) }
    return answer
  }

  private func failure(_ reason: String) -> BenchmarkError {
    BenchmarkError(description: "--compare \(peer.rawValue): \(reason)")
  }

  private var ended: BenchmarkError {
    process.waitUntilExit()
    return failure(
      "the child ended with status \(process.terminationStatus); "
        + "--python must name a Python with the packages of tools/requirements.txt")
  }
}

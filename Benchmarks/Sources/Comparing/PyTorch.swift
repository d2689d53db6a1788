import Foundation
import Tensors

/// PyTorch in a child process, which waits without using the processor while we run.
///
/// Requests and answers are lines of JSON; `tools/benchmark_pytorch.py` has the other end.
final class PyTorch: Opponent {
  private let process = Process()
  private let requests = Pipe()
  private var answers: LineReader

  /// Starts the child.
  ///
  /// - Parameters:
  ///   - python: A Python that has torch and diffusers: a path or the name of a program.
  ///   - device: Where PyTorch computes, under its own name: `cpu` or `cuda`.
  ///   - threads: Threads that PyTorch may use.
  /// - Throws: ``BenchmarkError`` when there is no such program.
  init(python: String, device: String, threads: Int, precision: ProductPrecision) throws {
    // A program that was carried to another machine is started in a copy of the repository.
    let roots = [
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent(),
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
    ]
    let scripts = roots.map { $0.appendingPathComponent("tools/benchmark_pytorch.py") }
    let script = scripts.first { FileManager.default.fileExists(atPath: $0.path) } ?? scripts[0]
    let output = Pipe()
    answers = LineReader(output.fileHandleForReading)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      python, script.path, "--serve", "--device", device, "--precision", precision.rawValue,
      "--threads", "\(threads)",
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

  func contenders(for benchmark: Benchmark) throws -> [any Contender] {
    let answer = try ask(Request(prepare: benchmark.name))
    for message in answer.notes ?? [] { note(message) }
    return (answer.modes ?? []).map { Mode(name: $0, child: self) }
  }

  /// One of PyTorch's ways to run a network.
  private struct Mode: Contender {
    let name: String
    let child: PyTorch

    func seconds() throws -> Double {
      guard let seconds = try child.ask(Request(run: name)).seconds else {
        throw BenchmarkError(description: "--compare pytorch: the child gave no time for \(name)")
      }
      return seconds
    }
  }

  private struct Request: Encodable {
    /// Name of a benchmark.
    var prepare: String?
    /// One of the modes that `prepare` was answered with.
    var run: String?
  }

  private struct Answer: Decodable {
    var modes: [String]?
    var notes: [String]?
    var seconds: Double?
    var error: String?
  }

  private func ask(_ request: Request) throws -> Answer {
    do {
      try requests.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request) + [0x0A])
    } catch is CocoaError {
      throw ended
    }
    guard let line = answers.next() else { throw ended }
    let answer = try JSONDecoder().decode(Answer.self, from: line)
    if let error = answer.error {
      throw BenchmarkError(description: "--compare pytorch: \(error)")
    }
    return answer
  }

  private var ended: BenchmarkError {
    process.waitUntilExit()
    return BenchmarkError(
      description: "--compare pytorch: the child ended with status \(process.terminationStatus); "
        + "--python must name a Python with the packages of tools/requirements.txt")
  }
}

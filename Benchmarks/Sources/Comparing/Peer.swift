import Tensors

/// Who else can do a benchmark's work.
enum Peer: String, Sendable, CaseIterable {
  /// PyTorch with diffusers, in a process of its own: eager and compiled.
  case pytorch
  /// The same networks, converted for OpenVINO and quantised by NNCF, in a process of its own.
  case openvino
  /// The same matrix products by OpenBLAS, divided among our threads.
  case openblas

  var title: String {
    switch self {
    case .pytorch: "PyTorch"
    case .openvino: "OpenVINO"
    case .openblas: "OpenBLAS"
    }
  }

  /// Those that do whole networks.
  static let frameworks: [Peer] = [.pytorch, .openvino]
}

/// A peer that is ready to work.
protocol Opponent {
  /// Prepares a benchmark's work and does it once in each of the peer's ways, uncounted.
  func contenders(for benchmark: Benchmark) throws -> [any Contender]
  /// The peer's version; nothing before it has prepared anything, or where it does not say.
  var version: String? { get }
}

/// Why a benchmark could not be run.
struct BenchmarkError: Error, Sendable, CustomStringConvertible {
  let description: String
}

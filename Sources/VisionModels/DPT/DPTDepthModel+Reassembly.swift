import Checkpoints
import NeuralLayers
import Tensors

extension DPTDepthModel {
  /// Makes a map of a transformer layer's tokens, larger or smaller than the tokens' own.
  struct Reassembly: Sendable {
    /// What the class token adds to every place, before the activation.
    let classToken: Linear
    let places: Conv2D
    let projection: Conv2D
    let enlargement: ConvTranspose2D?
    let reduction: Conv2D?

    /// Reads `0.project.0`, `3` and, where the size changes, `4`.
    ///
    /// - Parameter level: Where the map stands among the four, the finest being 0.
    init(_ p: Parameters, channels: Int, to outputs: Int, level: Int) throws {
      // One matrix reads a place's token and the class token behind it.
      let readout = p[0].project[0]
      let joined = try readout.tensor("weight", [channels, 2 * channels])
      places = Conv2D(
        readout.pack(joined.channels(0..<channels).reshaped([channels, channels, 1, 1])),
        activation: .gelu)
      classToken = Linear(
        readout.pack(joined.channels(channels..<2 * channels)),
        bias: try readout.tensor("bias", [channels]))
      projection = try Conv2D(p[3], from: channels, to: outputs, kernel: 1)
      enlargement =
        level < 2
        ? try ConvTranspose2D(
          p[4], from: outputs, to: outputs, kernel: 4 >> level, stride: 4 >> level, padding: 0,
          outputPadding: 0) : nil
      reduction =
        level == 3 ? try Conv2D(p[4], from: outputs, to: outputs, kernel: 3, stride: 2) : nil
    }

    /// - Parameter tokens: `[N, 1 + h·w, C]`, the class token first.
    func callAsFunction(_ tokens: Tensor, _ size: MapSize) -> Tensor {
      let (samples, channels) = (tokens.shape[0], tokens.shape[2])
      let count = size.height * size.width
      let row = tokens.reshaped([samples, (1 + count) * channels])
      let map = row.channels(channels..<(1 + count) * channels)
        .reshaped([samples, size.height, size.width, channels])
      let h = projection(places(map, shift: classToken(row.channels(0..<channels))))
      return enlargement?(h) ?? reduction?(h) ?? h
    }
  }

  /// Joins a map with the coarser ones' and enlarges it twice.
  struct Fusion: Sendable {
    /// For the map that joins; the coarsest has none to join.
    let entry: ResidualConvolutions?
    let exit: ResidualConvolutions
    let output: Conv2D

    init(_ p: Parameters, channels: Int, joins: Bool) throws {
      entry = joins ? try ResidualConvolutions(p.resConfUnit1, channels: channels) : nil
      exit = try ResidualConvolutions(p.resConfUnit2, channels: channels)
      output = try Conv2D(p.out_conv, from: channels, to: channels, kernel: 1)
    }

    func callAsFunction(_ x: Tensor, joining finer: Tensor? = nil) -> Tensor {
      let joined = finer.flatMap { finer in entry.map { x + $0(finer) } } ?? x
      return output(exit(joined).enlargedTwice())
    }
  }

  /// Two kernels, each after a ReLU, added to the input.
  struct ResidualConvolutions: Sendable {
    let conv1, conv2: Conv2D

    init(_ p: Parameters, channels: Int) throws {
      conv1 = try Conv2D(p.conv1, from: channels, to: channels, kernel: 3, activation: .relu)
      conv2 = try Conv2D(p.conv2, from: channels, to: channels, kernel: 3)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { conv2(conv1(x.map(.relu)), residual: x) }
  }
}

extension Tensor {
  /// The map at twice the size, corner on corner.
  func enlargedTwice() -> Tensor {
    resize(
      to: MapSize(height: 2 * shape[1], width: 2 * shape[2]), .bilinear, alignCorners: true)
  }
}

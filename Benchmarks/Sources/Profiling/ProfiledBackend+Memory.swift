import CPUBackend
import Tensors

/// What waits for memory: its work is the bytes of operands and result, each once.
extension ProfiledBackend {
  func deformableAttention(
    _ values: Tensor, _ samples: DeformableSamples, into y: Tensor, _ options: DeformableOptions
  ) {
    measure(.reading([values, samples.offsets, samples.weights], into: y)) {
      inner.deformableAttention(values, samples, into: y, options)
    }
  }
  func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions) {
    measure(.reading([x], into: y)) { inner.groupNorm(x, into: y, options) }
  }
  func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions) {
    measure(.reading([x], into: y)) { inner.layerNorm(x, into: y, options) }
  }
  func geglu(_ x: Tensor, into y: Tensor) {
    measure(.reading([x], into: y)) { inner.geglu(x, into: y) }
  }
  func map(_ x: Tensor, into y: Tensor, _ activation: Activation) {
    measure(.reading([x], into: y)) { inner.map(x, into: y, activation) }
  }
  func clamp(_ x: Tensor, into y: Tensor, to range: ClosedRange<Float>) {
    measure(.reading([x], into: y)) { inner.clamp(x, into: y, to: range) }
  }
  func softmax(_ x: Tensor, into y: Tensor) {
    measure(.reading([x], into: y)) { inner.softmax(x, into: y) }
  }
  func multiply(_ x: Tensor, _ operand: Tensor, into y: Tensor, _ broadcast: Broadcast) {
    measure(.reading([x, operand], into: y)) { inner.multiply(x, operand, into: y, broadcast) }
  }
  func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) {
    measure(.reading(terms.map(\.tensor), into: y)) { inner.combine(terms, into: y) }
  }
  func combine(_ tensors: [Tensor], coefficients: Tensor, into y: Tensor) {
    measure(.reading(tensors, into: y)) {
      inner.combine(tensors, coefficients: coefficients, into: y)
    }
  }
  func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) {
    measure(.reading([y], into: y)) { inner.gather(table, indices, into: y) }
  }
  func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) {
    let bytes = 2 * rectangle.rows * rectangle.width * x.dtype.byteCount
    measure(OperationKind("copy", "\(rectangle.rows)x\(rectangle.width)", nil, .bytes(bytes))) {
      inner.copy(x, into: y, rectangle)
    }
  }
  func pool(_ x: Tensor, into y: Tensor, _ options: PoolOptions) {
    measure(.reading([x], into: y)) { inner.pool(x, into: y, options) }
  }
  func resize(_ x: Tensor, into y: Tensor, _ mode: ResizeMode, alignCorners: Bool) {
    measure(.reading([x], into: y)) { inner.resize(x, into: y, mode, alignCorners: alignCorners) }
  }
  func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) {
    measure(.reading([x], into: y)) { inner.pixelUnshuffle(x, into: y, factor: factor) }
  }
  func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) {
    measure(.reading([x], into: y)) { inner.insertZeros(x, into: y, stride: stride) }
  }
  func transpose(_ x: Tensor, into y: Tensor) {
    measure(.reading([x], into: y)) { inner.transpose(x, into: y) }
  }
  func cast(_ x: Tensor, into y: Tensor) {
    measure(.reading([x], into: y)) { inner.cast(x, into: y) }
  }
}

extension OperationKind {
  /// An operation under the name of its requirement, of the first operand's shape.
  static func reading(
    _ operands: [Tensor], into y: Tensor, _ requirement: String = #function
  ) -> OperationKind {
    let bytes = (operands + [y]).reduce(0) { $0 + $1.byteCount }
    return OperationKind(
      String(requirement.prefix { $0 != "(" }),
      operands[0].shape.dimensions.map(String.init).joined(separator: "x"), nil, .bytes(bytes))
  }
}

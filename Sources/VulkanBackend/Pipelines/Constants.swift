import Tensors

/// What a pipeline is made for; see `constants.slang`.
struct Constants: Hashable {
  /// How inputs that come from other operations are stored.
  var inputs = DType.float32
  /// How the result is stored.
  var result = DType.float32
  /// Whether eight neighbours of an input can be read at once.
  var readsEights = false
  /// Whether eight neighbours of a result, and of what is added to it, can be reached at once.
  var writesEights = false
  /// Whether a convolution is a matrix product.
  var isMatrix = false
  /// Whether the second half of a product's outputs gates the first.
  var isGated = false
  /// Pixels from one tap of a window to the next.
  var dilation = 1
  /// Parts of the products that are summed by themselves.
  var splits = 1
  /// Threads that go in step, where the shader must know.
  var subgroupSize = 0

  /// The constants in the order of their numbers.
  var values: [UInt32] {
    [
      UInt32(subgroupSize), inputs.storageCode, result.storageCode, readsEights ? 1 : 0,
      writesEights ? 1 : 0, isMatrix ? 1 : 0, isGated ? 1 : 0, UInt32(dilation),
      UInt32(splits),
    ]
  }
}

extension Constants {
  /// For an operation that makes a result of single-precision inputs, by eights where all have them.
  init(into y: Tensor, readingEightsOf inputs: [Tensor]) {
    self.init(result: y.dtype, writesEights: ([y] + inputs).haveEights)
  }

  /// Traps when halves were asked for that do not come in eights.
  func check() {
    precondition(
      (readsEights || inputs == .float32) && (writesEights || result == .float32),
      "Vulkan reads and stores halves by eights, which \(inputs) or \(result) do not have here")
  }
}

extension DType {
  /// Its number in `storage.slang`.
  fileprivate var storageCode: UInt32 {
    switch self {
    case .float32: 0
    case .float16: 1
    case .bfloat16: 2
    case .int32: preconditionFailure("Vulkan computes nothing but copies in \(self)")
    }
  }
}

extension [Tensor] {
  /// Whether shaders may reach the last axis of each by eights: it has whole ones, and they begin where
  /// eights of their type do.
  var haveEights: Bool {
    allSatisfy { $0.shape[-1] % 8 == 0 && $0.range.lowerBound % 16 == 0 }
  }
}

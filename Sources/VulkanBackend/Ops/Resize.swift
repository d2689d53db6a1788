public import Tensors

/// `Axis` in `resize.slang`.
private struct Axis {
  var size, step, start, divisor: Int32

  init(_ axis: ResizeAxis) {
    (size, step) = (Int32(axis.size), Int32(axis.step))
    (start, divisor) = (Int32(axis.start), Int32(axis.divisor))
  }
}

extension VulkanBackend {
  /// Resizes maps.
  public func resize(_ x: Tensor, into y: Tensor, _ mode: ResizeMode, alignCorners: Bool) {
    if mode == .nearest {
      // Divided here: a device may round quotients in its own way.
      let scales = (
        Float(x.shape[1]) / Float(y.shape[1]), Float(x.shape[2]) / Float(y.shape[2])
      )
      return dispatchMaps("resizeNearest", x, into: y, scales)
    }
    let axes = (1...2).map {
      Axis(ResizeAxis(from: x.shape[$0], to: y.shape[$0], alignCorners: alignCorners))
    }
    dispatchMaps(
      mode == .bilinear ? "resizeBilinear" : "resizeBicubic", x, into: y, (axes[0], axes[1]))
  }
}

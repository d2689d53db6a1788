import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Moments of chunks of rows, then of whole samples, then one pass that normalises.
  public func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions) {
    let kernels = kernels
    let (samples, channels, groups) = (x.shape[0], x.shape[-1], options.groups)
    let rows = x.shape.count / max(samples * channels, 1)
    // A chunk's size depends on nothing but the shape, so that no sum depends on the threads.
    let chunkRows = max(1, min(rows, (1 << 16) / channels))
    let chunks = (rows + chunkRows - 1) / chunkRows
    let (source, target) = (x.floatPointer, y.floatPointer)
    let moments = floats(samples * chunks * groups * 3)
    threads.forEach(
      samples * chunks, scratchBytes: 2 * channels * MemoryLayout<Float>.stride
    ) { part, scratch in
      let first = part / chunks * rows + part % chunks * chunkRows
      kernels.groupMoments(
        source + first * channels, rows: min(chunkRows, rows - part % chunks * chunkRows),
        channels: channels, groups: groups, into: moments.pointer + part * groups * 3,
        scratch: scratch.assumingMemoryBound(to: Float.self))
    }
    let factors = floats(samples * channels * 3)
    if memory.failure.isSet { return }
    for sample in 0..<samples {
      combineMoments(
        moments.pointer + sample * chunks * groups * 3, rows: rows, chunkRows: chunkRows,
        channels: channels, options, into: factors.pointer + sample * channels * 3)
    }
    let activation = ActivationCode(options.activation)
    threads.forEach(samples * chunks) { part, _ in
      let first = part / chunks * rows + part % chunks * chunkRows
      let center = factors.pointer + part / chunks * channels * 3
      kernels.normalize(
        source + first * channels, into: target + first * channels,
        rows: min(chunkRows, rows - part % chunks * chunkRows), channels: channels,
        center: center, scale: center + channels, shift: center + 2 * channels, activation)
    }
    withExtendedLifetime((moments, factors)) {}
  }

  /// Joins the moments of one sample's chunks and turns them into factors for each channel.
  ///
  ///     (x − mean) · scale + bias = (x − center) · scale + (bias − (mean − center) · scale)
  ///
  /// The center is the mean in single precision, whose rounding error the shift takes up. A shift of
  /// −mean · scale would be rounded at the size of the mean. Pairwise update of mean and squared
  /// deviations by Chan, Golub and LeVeque (1979).
  private func combineMoments(
    _ moments: UnsafePointer<Float>, rows: Int, chunkRows: Int, channels: Int,
    _ options: GroupNormOptions, into factors: UnsafeMutablePointer<Float>
  ) {
    let (groups, size) = (options.groups, channels / options.groups)
    let weight = options.weight?.floatPointer
    let bias = options.bias?.floatPointer
    for group in 0..<groups {
      var (count, mean, squares) = (0.0, 0.0, 0.0)
      for first in stride(from: 0, to: rows, by: chunkRows) {
        let added = Double(min(chunkRows, rows - first) * size)
        let chunk = moments + (first / chunkRows * groups + group) * 3
        let offset = Double(chunk[1]) / added
        let difference = Double(chunk[0]) + offset - mean
        mean += difference * added / (count + added)
        squares += Double(chunk[2]) - offset * offset * added
        squares += difference * difference * count * added / (count + added)
        count += added
      }
      let factor = 1 / (squares / count + Double(options.epsilon)).squareRoot()
      let center = Float(mean)
      for channel in group * size..<(group + 1) * size {
        let scale = factor * Double(weight?[channel] ?? 1)
        let shift = Double(bias?[channel] ?? 0) - (mean - Double(center)) * scale
        factors[channel] = center
        factors[channels + channel] = Float(scale)
        factors[2 * channels + channel] = Float(shift)
      }
    }
  }

  /// Memory for numbers that live during one operation.
  private func floats(_ count: Int) -> (storage: CPUStorage, pointer: UnsafeMutablePointer<Float>) {
    let storage = memory.take(count * MemoryLayout<Float>.stride)
    return (storage, storage.pointer.assumingMemoryBound(to: Float.self))
  }
}

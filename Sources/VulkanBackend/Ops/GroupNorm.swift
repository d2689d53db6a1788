public import Tensors

private struct MomentArguments {
  var x, moments: UInt64
  var rows, channels, groups, chunkRows, chunks, count: UInt32
}

private struct JoinArguments {
  var moments, joined: UInt64
  var rows, chunkRows, chunks, groupSize, count: UInt32
  var epsilon: Float
}

private struct NormalizeArguments {
  var x, y, joined, weight, bias: UInt64
  var count, threads, sampleSize, channels, groups, activation, hasWeight, hasBias: UInt32
}

extension VulkanBackend {
  /// Numbers of a group in one chunk, about.
  private static var chunkSize: Int { 1 << 14 }
  /// Three numbers.
  private static var momentSize: Int { 12 }

  /// Moments of chunks of rows, then of whole samples, then one pass that normalises.
  public func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions) {
    if y.shape.count == 0 { return }
    let (samples, channels, groups) = (x.shape[0], x.shape[-1], options.groups)
    let rows = x.shape.count / (samples * channels)
    // A chunk's size depends on nothing but the shape of a sample, so that no sum depends on the batch.
    let chunkRows = max(1, min(rows, Self.chunkSize / (channels / groups)))
    let chunks = (rows + chunkRows - 1) / chunkRows
    let work = Work(operation: "groupNorm", result: y.shape)
    let moments = scratch(samples * groups * chunks * Self.momentSize, work)
    let joined = scratch(samples * groups * Self.momentSize, work)
    dispatch(
      "groupMoments",
      MomentArguments(
        x: x.address(), moments: moments.address, rows: UInt32(rows), channels: UInt32(channels),
        groups: UInt32(groups), chunkRows: UInt32(chunkRows), chunks: UInt32(chunks),
        count: UInt32(samples * groups * chunks)),
      Grid(groups: samples * groups * chunks), reads: [x.range], writes: [moments.range], work)
    dispatch(
      "joinMoments",
      JoinArguments(
        moments: moments.address, joined: joined.address, rows: UInt32(rows),
        chunkRows: UInt32(chunkRows), chunks: UInt32(chunks),
        groupSize: UInt32(channels / groups), count: UInt32(samples * groups),
        epsilon: options.epsilon),
      Grid(groups: samples * groups), reads: [moments.range], writes: [joined.range], work)
    normalize(x, into: y, joined, options, work)
  }

  private func normalize(
    _ x: Tensor, into y: Tensor, _ joined: VulkanStorage, _ options: GroupNormOptions, _ work: Work
  ) {
    let parameters = [options.weight, options.bias].compactMap { $0 }
    let constants = Constants(into: y, readingEightsOf: [x] + parameters)
    let grid = Grid(elements: y.shape.count, each: constants)
    dispatch(
      "normalizeGroups",
      NormalizeArguments(
        x: x.address(), y: y.address(y.dtype), joined: joined.address,
        weight: options.weight?.address() ?? 0, bias: options.bias?.address() ?? 0,
        count: UInt32(y.shape.count), threads: grid.elementStride,
        sampleSize: UInt32(x.shape.count / x.shape[0]), channels: UInt32(x.shape[-1]),
        groups: UInt32(options.groups), activation: options.activation.code,
        hasWeight: options.weight == nil ? 0 : 1, hasBias: options.bias == nil ? 0 : 1),
      grid, constants, reads: [x.range, joined.range] + parameters.map(\.range), writes: [y.range],
      work)
  }

  /// Memory that lives during one operation.
  func scratch(_ byteCount: Int, _ work: Work) -> VulkanStorage {
    take(byteCount, from: activations) { "\(work)" }
  }
}

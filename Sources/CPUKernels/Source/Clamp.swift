extension Kernels {
  package static func clamp(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    to range: ClosedRange<Float>
  ) {
    let (low, high) = (
      Lanes(repeating: range.lowerBound), Lanes(repeating: range.upperBound)
    )
    forEachLanes(count) { i, lanes in
      let v = load(x + i, lanes)
      store(
        v.replacing(with: low, where: v .< low).replacing(with: high, where: v .> high), y + i,
        lanes)
    }
  }
}

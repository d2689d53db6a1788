import CPUBackend
import TensorCore

func time(_ name: String, gflop: Double, _ body: () -> Void) {
  body()
  var best = Double.infinity
  let clock = ContinuousClock()
  for _ in 0..<5 {
    let d = clock.measure(body)
    best = min(best, Double(d.components.seconds) + Double(d.components.attoseconds) * 1e-18)
  }
  print(name, best * 1e3, "ms", gflop / best, "GFLOP/s")
}
let args = CommandLine.arguments
for level in CPULevel.allCases where args.count < 2 || args[1] == level.rawValue {
for threads in [2, 1] {
  let d = Device.cpu(threads: threads, level: level)
  print(d)
  func t(_ s: Shape) -> Tensor { Tensor((0..<s.count).map { Float($0 % 17) * 0.01 - 0.05 }, s, on: d) }
  for (m, k, n) in [(8192, 320, 320), (8192, 320, 2560), (2048, 640, 640), (2048,2560,640), (512, 1280, 10240), (128, 1280, 1280), (154, 768, 320)] {
    let x = t([2, m/2, k]), w = PackedWeight(matrix: t([n, k])), b = t([n])
    time("linear \(m)x\(k)x\(n)", gflop: 2e-9 * Double(m * k * n)) { _ = x.matmul(w, .init(bias: b)) }
  }
  for (s, c, o) in [(64, 320, 320), (32, 640, 640), (16, 1280, 1280), (8, 1280, 1280), (64, 960, 320)] {
    let x = t([2, s, s, c]), w = PackedWeight(kernel: t([o, c, 3, 3]))
    time("conv \(s) \(c)x\(o)", gflop: 2e-9 * Double(2 * s * s * 9 * c * o)) { _ = x.conv2D(w, .init(padding: Padding(1))) }
  }
  for (l, h, dd) in [(4096, 8, 40), (1024, 8, 80), (256, 8, 160), (4096, 10, 64), (4096, 1, 512)] {
    let q = t([2, l, h * dd])
    time("attention \(l)x\(dd)x\(h)", gflop: 8e-9 * Double(l * l * h * dd)) { _ = q.attention(keys: q, values: q, heads: h) }
  }
  let x = t([2, 64, 64, 320]), one = t([320])
  time("groupnorm+silu", gflop: 1e-9 * Double(x.shape.count)) { _ = x.groupNorm(groups: 32, weight: one, bias: one, epsilon: 1e-5, activation: .silu) }
  time("layernorm", gflop: 1e-9 * Double(x.shape.count)) { _ = x.layerNorm(weight: one, bias: one) }
  let g = t([2, 4096, 2560])
  time("geglu", gflop: 1e-9 * Double(g.shape.count)) { _ = g.geglu() }
  time("add", gflop: 1e-9 * Double(g.shape.count)) { _ = g + g }
}
}

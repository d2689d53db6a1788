import Tensors
import TestSupport
import Testing

@Suite struct AttentionTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let heads: Int
    var causal = false

    var testDescription: String { name }

    static let all = [
      Case(name: "head8", heads: 3), Case(name: "cross40", heads: 2),
      Case(name: "causal64", heads: 2, causal: true), Case(name: "head80", heads: 1),
      Case(name: "head160", heads: 1), Case(name: "head512", heads: 1),
      Case(name: "singleKey", heads: 2), Case(name: "huge", heads: 2),
    ]
  }

  @Test(arguments: Device.underTest, Case.all)
  func matchesPyTorch(on device: Device, _ example: Case) throws {
    let fixture = try Fixture("ops/attention", on: device)
    let y = fixture["\(example.name).q"].attention(
      keys: fixture["\(example.name).k"], values: fixture["\(example.name).v"],
      heads: example.heads, causal: example.causal)
    expectClose(y, fixture["\(example.name).y"])
  }

  @Test(arguments: Device.underTest, ["biasOfHeads", "mask"])
  func addsABiasAsPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/attention", on: device)
    let y = fixture["\(name).q"].attention(
      keys: fixture["\(name).k"], values: fixture["\(name).v"], heads: 2,
      bias: fixture["\(name).bias"])
    expectClose(y, fixture["\(name).y"])
  }

  @Test(arguments: Device.underTest, Size.awkward)
  func biasMatchesTheDefinitionOnAwkwardShapes(on device: Device, _ size: Size) {
    let channels = size.heads * size.headSize
    let q = Tensor.normal([4, size.queries, channels], seed: 5, on: device)
    let k = Tensor.normal([4, size.keys, channels], seed: 6, on: device)
    let v = Tensor.normal([4, size.keys, channels], seed: 7, on: device)
    let bias = Tensor.normal([2, size.heads, size.keys, size.queries], seed: 8, on: device)
    expectClose(
      q.attention(keys: k, values: v, heads: size.heads, bias: bias),
      Reference.attention(q, k, v, heads: size.heads, causal: false, bias: bias))
  }

  struct Size: CustomTestStringConvertible {
    let queries, keys, heads, headSize: Int

    var testDescription: String { "\(queries)×\(keys) keys, \(heads) heads of \(headSize)" }

    /// Queries around blocks of 96, keys around blocks of 256, heads around panels of 8 and 32.
    static let awkward = [
      Size(queries: 1, keys: 1, heads: 1, headSize: 1),
      Size(queries: 95, keys: 255, heads: 1, headSize: 3),
      Size(queries: 96, keys: 256, heads: 2, headSize: 16),
      Size(queries: 97, keys: 257, heads: 1, headSize: 17),
      Size(queries: 3, keys: 515, heads: 3, headSize: 33),
      Size(queries: 193, keys: 77, heads: 2, headSize: 40),
    ]
  }

  @Test(arguments: Device.underTest, Size.awkward)
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ size: Size) {
    let channels = size.heads * size.headSize
    let q = Tensor.normal([2, size.queries, channels], seed: 5, on: device)
    let k = Tensor.normal([2, size.keys, channels], seed: 6, on: device)
    let v = Tensor.normal([2, size.keys, channels], seed: 7, on: device)
    expectClose(
      q.attention(keys: k, values: v, heads: size.heads),
      Reference.attention(q, k, v, heads: size.heads, causal: false))
  }

  /// A tile of queries straddles the diagonal, and later blocks of keys are hidden from early ones.
  @Test(arguments: Device.underTest, [1, 13, 77, 300])
  func causalMatchesTheDefinition(on device: Device, _ count: Int) {
    let q = Tensor.normal([2, count, 24], seed: 8, on: device)
    let k = Tensor.normal([2, count, 24], seed: 9, on: device)
    let v = Tensor.normal([2, count, 24], seed: 10, on: device)
    expectClose(
      q.attention(keys: k, values: v, heads: 2, causal: true),
      Reference.attention(q, k, v, heads: 2, causal: true))
  }

  @Test(arguments: Device.underTest)
  func causalDoesNotSeeLaterKeys(on device: Device) {
    let (q, k) = (
      Tensor.normal([1, 40, 16], seed: 11, on: device), [Float](repeating: 1, count: 640)
    )
    var later = k
    for i in 20 * 16..<640 { later[i] = 1e6 }
    func attend(_ values: [Float]) -> [Float] {
      let keys = Tensor(values, [1, 40, 16], on: device)
      return q.attention(keys: keys, values: keys, heads: 1, causal: true).floats()
    }
    #expect(attend(k).prefix(20 * 16) == attend(later).prefix(20 * 16))
  }

  @Test(arguments: Device.underTest)
  func rescalesWhenALaterBlockHasTheLargestScore(on device: Device) {
    // Scores grow with the position of the key, so that every block raises the maximum.
    let count = 700
    let keys = Tensor((0..<count).map { Float($0) }, [1, count, 1], on: device)
    let q = Tensor([0.05, -0.05, 3], [1, 3, 1], on: device)
    expectClose(
      q.attention(keys: keys, values: keys, heads: 1),
      Reference.attention(q, keys, keys, heads: 1, causal: false))
  }

  @Test(arguments: Device.underTest)
  func ignoresAKeyWhoseScoreIsMinusInfinity(on device: Device) {
    // A whole block of hidden keys comes first, then visible ones.
    let hidden = 256
    let scores = [Float](repeating: -.infinity, count: hidden) + [1, 2, 3]
    let keys = Tensor(scores, [1, scores.count, 1], on: device)
    let values = Tensor((0..<scores.count).map { Float($0) }, [1, scores.count, 1], on: device)
    let q = Tensor([Float(1)], [1, 1, 1], on: device)
    expectClose(
      q.attention(keys: keys, values: values, heads: 1),
      Reference.attention(q, keys, values, heads: 1, causal: false))
  }

  /// Processors multiply denormal numbers many times more slowly.
  @Test(arguments: Device.underTest)
  func hiddenKeysLeaveNoDenormalNumbers(on device: Device) {
    // The visible key's value is zero, as that of padding may be.
    let bias = Tensor([Float(0), -100, -400], [1, 1, 3, 1], on: device)
    let keys = Tensor(repeating: 0, [1, 3, 8], on: device)
    let values = Tensor(
      [Float](repeating: 0, count: 8) + (0..<16).map { Float($0) / 1000 }, [1, 3, 8], on: device)
    let y = Tensor(repeating: 0, [1, 1, 8], on: device)
      .attention(keys: keys, values: values, heads: 1, bias: bias).floats()
    #expect(y.allSatisfy { !$0.isSubnormal && abs($0) < 1e-30 }, "\(y)")
  }

  @Test(arguments: Device.underTest, [Float.nan, Float(bitPattern: 0x7fc0_0001)])
  func spreadsANaNToEveryQueryThatSeesIt(on device: Device, _ nan: Float) {
    var values = Tensor.normal([1, 30, 8], seed: 12, on: device).floats()
    let q = Tensor(values, [1, 30, 8], on: device)
    values[20 * 8] = nan
    let keys = Tensor(values, [1, 30, 8], on: device)
    let y = q.attention(keys: keys, values: q, heads: 1, causal: true).floats()
    #expect(y.prefix(20 * 8).allSatisfy { $0.isFinite })
    #expect(y.dropFirst(20 * 8).allSatisfy { $0.isNaN })
  }

  @Test func trapsWhenHeadsDoNotDivideTheChannels() async {
    await #expect(processExitsWith: .failure) {
      let q = Tensor(repeating: 0, [1, 4, 10], on: .sharedCPU)
      _ = q.attention(keys: q, values: q, heads: 3)
    }
  }

  @Test func trapsWhenABiasIsForOtherKeys() async {
    await #expect(processExitsWith: .failure) {
      let q = Tensor(repeating: 0, [1, 4, 10], on: .sharedCPU)
      _ = q.attention(
        keys: q, values: q, heads: 2, bias: Tensor(repeating: 0, [1, 2, 5, 4], on: .sharedCPU))
    }
  }

  @Test func trapsWhenKeysAndValuesDiffer() async {
    await #expect(processExitsWith: .failure) {
      let q = Tensor(repeating: 0, [1, 4, 10], on: .sharedCPU)
      _ = q.attention(keys: q, values: Tensor(repeating: 0, [1, 5, 10], on: .sharedCPU), heads: 2)
    }
  }
}

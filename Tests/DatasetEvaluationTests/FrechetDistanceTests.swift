import DatasetEvaluation
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct FrechetDistanceTests {
  private let f: Fixture

  init() throws { f = try Fixture("fid") }

  private func matrix(_ name: String) -> Matrix {
    let tensor = f[name]
    return Matrix(
      rows: tensor.shape[0], columns: tensor.shape[1], tensor.floats().map(Double.init))
  }

  /// More images than features, and fewer.
  @Test(arguments: ["full", "shifted", "few"])
  func isThatOfPytorchFID(name: String) {
    let (features, reference) = (matrix("\(name).features"), matrix("\(name).reference"))
    let expected = Double(f["\(name).distance"].floats()[0])
    #expect(
      isNear(FrechetDistance(to: reference)(features), expected, within: 1e-6))
    // It is the same from either side.
    #expect(isNear(FrechetDistance(to: features)(reference), expected, within: 1e-6))
  }

  @Test func isNothingBetweenASetAndItself() {
    for name in ["full.reference", "few.reference"] {
      let features = matrix(name)
      #expect(FrechetDistance(to: features)(features).magnitude < 1e-6)
    }
  }

  /// Features that are the same in all images, and a copy of another one.
  @Test func featuresMayDependOnEachOther() {
    func widened(_ matrix: Matrix) -> Matrix {
      let rows = (0..<matrix.rows).map { row in
        (0..<matrix.columns).map { Float(matrix[row, $0]) } + [5, Float(matrix[row, 2])]
      }
      return Matrix(rows: rows)
    }
    let (features, reference) = (matrix("full.features"), matrix("full.reference"))
    let narrow = FrechetDistance(to: reference)(features)
    let wide = FrechetDistance(to: widened(reference))(widened(features))
    #expect(wide > narrow && wide.isFinite)
    #expect(
      isNear(wide, FrechetDistance(to: widened(features))(widened(reference)), within: 1e-6))
  }

  @Test func extrapolatesAlongALine() {
    let (x, y) = (f["infinity.x"].floats(), f["infinity.y"].floats())
    #expect(
      isNear(
        FIDInfinity.intercept(x.map(Double.init), y.map(Double.init)),
        Double(f["infinity.intercept"].floats()[0]), within: 1e-5))
    #expect(FIDInfinity.sizes(of: 50000).first == 5000)
    #expect(FIDInfinity.sizes(of: 1000).last == 1000 && FIDInfinity.sizes(of: 1000).count == 15)
  }

  /// The distance of few images of one set is too large, and the estimate is nearer to nothing.
  @Test func theEstimateIsNearerToTheTruth() throws {
    var random = SystemRandom(state: 7)
    func draw(_ count: Int) -> Matrix {
      Matrix(rows: count, columns: 12, (0..<count * 12).map { _ in random.normal() })
    }
    let distance = FrechetDistance(to: draw(4000))
    let features = draw(300)
    let biased = distance(features)
    var calls: [Int] = []
    let estimate = FIDInfinity.estimate(features, distance) { done, _ in calls.append(done) }
    #expect(biased > 0.1 && estimate.magnitude < biased / 2, "\(biased) \(estimate)")
    #expect(calls == Array(1...15))
    let again = try FIDInfinity.estimate(features, distance)
    #expect(again == estimate)
  }
}

/// Whether two numbers differ by at most a part of the second.
func isNear(_ found: Double, _ expected: Double, within relative: Double) -> Bool {
  (found - expected).magnitude <= relative * expected.magnitude
}

/// Seeded normal numbers.
struct SystemRandom {
  var state: UInt64

  mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
  }

  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 0x1p53
  }
}

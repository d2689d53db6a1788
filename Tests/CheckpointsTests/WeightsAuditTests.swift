import Checkpoints
import Foundation
import Tensors
import Testing

@Suite struct WeightsAuditTests {
  @Test func notesEveryDifference() throws {
    let audit = WeightsAudit(try Checkpoint(Fixtures.url("types.safetensors")))
    let p = Parameters(audit, device: .meta)
    _ = try p.tensor("single", [3, 5])
    _ = try p.tensor("half", [5, 3])
    _ = try p.tensor("double", [3, 5])
    _ = try p.tensor("singel", [3, 5])

    let report = audit.report(ignoring: [".expected", "position_ids"])
    #expect(!report.isComplete)
    #expect(
      report.faults.map(\.reason) == [
        .type(tensor: "double", found: .float64),
        .shape(tensor: "half", found: [3, 5], expected: [5, 3]),
        .missing(tensor: "singel", shape: [3, 5], nearest: "single"),
      ])
    #expect(report.unread == ["brain", "ids", "mask"])
  }

  @Test func isCompleteWhenEverythingFits() throws {
    let audit = WeightsAudit(try Checkpoint(Fixtures.url("whole.safetensors")))
    let p = Parameters(audit, device: .meta).blocks
    for i in 0..<5 { _ = try p[i].tensor("weight", [4, 8]) }
    #expect(audit.report().isComplete)
  }
}

@Suite struct MetaDeviceTests {
  @Test func knowsShapesWithoutElements() {
    let image = Tensor(repeating: 1, [1, 8, 8, 4], on: .meta)
    let window = PackedWeight(kernel: Tensor(repeating: 1, [16, 4, 3, 3], on: .meta))
    let y = image.conv2D(window, Conv2DOptions(stride: 2, padding: Padding(1))).silu()
    #expect(y.shape == [1, 4, 4, 16])
    #expect(y.floats().allSatisfy { $0 == 0 })
  }
}

import Checkpoints
import DiffusionModels
import Foundation
import NeuralLayers
import Tensors
import TestSupport
import Testing

/// Networks in folders, as `save_pretrained` leaves them.
@Suite struct PretrainedModelTests {
  private let folder: TemporaryFolder
  private var url: URL { folder.url }

  init() throws { folder = try TemporaryFolder() }

  @Test func loadsAFolder() throws {
    let f = try ModelFixture<T2IAdapter>("adapter_light")
    try f.write(to: url, adding: [:])
    let model = try T2IAdapter(folder: ModelFolder(url), device: .sharedCPU)
    let image = f.map("image")
    for (found, expected) in zip(model(image), f.model(image)) {
      expectClose(found, expected, within: .exact)
    }
    #expect(try T2IAdapter.audit(ModelFolder(url)).isComplete)
  }

  @Test func passesOverTensorsBeyondTheNetworkWithANotice() throws {
    let f = try ModelFixture<T2IAdapter>("adapter_light")
    try f.write(to: url, adding: ["adapter.body.4.in_conv.weight": [3, 4, 1, 1]])
    let folder = try ModelFolder(url)
    _ = try T2IAdapter(folder: folder, device: .sharedCPU)
    #expect(folder.notices.all.count == 1)
    #expect(folder.notices.all.first?.contains("'adapter.body.4.in_conv.weight'") == true)
    let report = try T2IAdapter.audit(folder)
    #expect(report.isComplete && report.unread == ["adapter.body.4.in_conv.weight"])
  }

  @Test func refusesWeightsOfAnotherNetwork() throws {
    let f = try ModelFixture<T2IAdapter>("adapter_light")
    try f.write(
      to: url, leavingOut: "adapter.body.0.in_conv.weight", adding: ["adapter.body.0.conv": [3]])
    let error = try #require(throws: CheckpointError.self) {
      try T2IAdapter(folder: ModelFolder(url), device: .sharedCPU)
    }
    guard case .missing("adapter.body.0.in_conv.weight", _, _) = error.reason else {
      Issue.record("\(error)")
      return
    }
  }
}

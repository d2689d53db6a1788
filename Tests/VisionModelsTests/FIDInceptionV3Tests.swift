import Checkpoints
import Foundation
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct FIDInceptionV3Tests {
  /// Images as the network reads them, smaller than it makes them itself.
  @Test(arguments: Device.backendsUnderTest)
  func poolsAsPytorchFID(device: Device) throws {
    let f = try Fixture("fid", on: device)
    let pixels = f["pixels"].cast(to: .float32).channelsLast()
    expectClose(try network(on: device).features(of: pixels), f["pooled"], within: .model)
  }

  @Test func resizesAsPytorchFID() throws {
    let f = try Fixture("fid")
    expectClose(try network(on: f.device)(f["image"].channelsLast()), f["features"], within: .model)
  }

  @Test func knowsOneConfiguration() throws {
    try expectPublished(FIDInceptionConfiguration(), "inception")
    try expectRefusal(naming: "FIDInceptionV3") {
      try FIDInceptionConfiguration(
        json: Data(#"{"_class_name": "Inception3"}"#.utf8), location: "config.json")
    }
  }

  /// The network of the published size; its weights follow from their names.
  private func network(on device: Device) throws -> FIDInceptionV3 {
    let shapes = SyntheticParameters()
    _ = try FIDInceptionV3(Parameters(shapes, device: .meta), FIDInceptionConfiguration())
    return try FIDInceptionV3(
      Parameters(SeededWeights.source(shapes.requested, on: device), device: device),
      FIDInceptionConfiguration())
  }
}

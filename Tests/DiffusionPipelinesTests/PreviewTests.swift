import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers
import TestSupport
import Testing

/// Looking at images while they are painted, by the model in the box.
@Suite struct PreviewTests {
  private static let model = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Weights/littleworld")

  @Test(arguments: [SchedulerKind.ddim, .eulerA, .dpmpp2M])
  func theyApproachThePicture(scheduler: SchedulerKind) throws {
    let pipeline = try StableDiffusionPipeline(
      folder: Self.model, scheduler: scheduler, device: .sharedCPU)
    let boat = ImageRequest(prompt: "a boat on a lake", width: 96, height: 96, seed: 7)
    var previews: [Image] = []
    let output = try pipeline([boat], SamplingSettings(steps: 10, guidanceScale: 4)) { progress in
      switch progress.stage {
      case .step(0, of: _): #expect(try pipeline.preview(of: progress).isEmpty)
      case .step(1, of: _), .step(6, of: _), .decoding:
        previews += try pipeline.preview(of: progress)
      case .step: break
      }
    }
    let distances = previews.map { distance($0, output.images[0]) }
    #expect(distances.count == 3 && distances[1] < distances[0] / 4 && distances[2] == 0)
  }

  /// Root of the mean squared difference, in 8-bit samples.
  private func distance(_ a: Image, _ b: Image) -> Double {
    let squares = zip(a.pixels, b.pixels).map { pow(Double($0) - Double($1), 2) }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }
}

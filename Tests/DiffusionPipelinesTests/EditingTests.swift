import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// Parts of images repainted, and runs that begin at images.
@Suite struct EditingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: EditingCase.onBackends)
  func editsAsTheOriginalsDo(_ editingCase: EditingCase, on device: Device) throws {
    let expected = try Fixture("editing/expected")
    let pipeline = try editingCase.pipeline(on: device, in: folder)
    let output = try pipeline(try editingCase.requests(), editingCase.settings)
    let latents = LatentArray(joining: output.latents)
    expectClose(
      Tensor(latents.values, latents.shape, on: .sharedCPU),
      expected["\(editingCase.architecture).\(editingCase.name).final_latents"], within: .model)
  }

  @Test func paintsTheMaskedPartByItself() throws {
    let crop = EditingCase.crop
    let model = Fixture.url("pipelines/sd15")
    let pipeline = try StableDiffusionPipeline(
      folder: model.appendingPathComponent("model"), scheduler: .ddim, device: .sharedCPU)
    let masked = try MaskedImage(
      try Image(contentsOf: model.appendingPathComponent("start.png")), mask: EditingCase.mask,
      painting: ImageSize(width: crop.width, height: crop.height),
      .init(blur: crop.blur, crop: crop.padding))
    let request = ImageRequest(
      prompt: crop.prompt, width: crop.width, height: crop.height, seed: crop.seed,
      image: masked.image, mask: masked.mask)
    let output = try pipeline([request], SamplingSettings(steps: crop.steps))
    let found = masked.merged(output.images[0])
    let wanted = try Fixture("editing/expected").bytes("crop.picture")
    #expect(found.pixels.count == wanted.count)
    // Pillow rounds the mixture twice, by way of colours that are multiplied by their share.
    let worst = zip(found.pixels, wanted).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    #expect(worst <= 2)
  }

  @Test func theBatchDoesNotMatter() throws {
    let pipeline = try StableDiffusionPipeline(
      folder: EditingCase.model("sd15", in: folder), scheduler: .eulerA, device: .sharedCPU)
    let settings = SamplingSettings(steps: 3, start: .image(strength: 0.9))
    let requests = try (1...3).map { try request(seed: $0) }
    let together = try pipeline(requests, settings)
    #expect(try pipeline([requests[1]], settings).latents[0] == together.latents[1])
  }

  private func request(seed: UInt64 = 0, image: Bool = true, mask: Bool = true) throws
    -> ImageRequest
  {
    let start = try Image(contentsOf: Fixture.url("pipelines/sd15/start.png"))
    return ImageRequest(
      prompt: "a dog", width: 72, height: 56, seed: seed, image: image ? start : nil,
      mask: mask ? try EditingCase.mask : nil)
  }

  private func fault(
    _ request: ImageRequest, _ settings: SamplingSettings = SamplingSettings(steps: 2),
    inpainting: Bool = false
  ) throws -> (any Fault)? {
    let pipeline = try StableDiffusionPipeline(
      folder: inpainting
        ? EditingCase.model("sd15", in: folder) : Fixture.url("pipelines/sd15/model"),
      scheduler: .ddim, device: .sharedCPU)
    do { _ = try pipeline([request], settings) } catch let error as any Fault { return error }
    return nil
  }

  @Test func refusesWhatDoesNotGoTogether() throws {
    let bare = try request(image: false, mask: false)
    let asked = try #require(try fault(bare, inpainting: true))
    #expect(
      asked.description.contains("reads 9 channels") && asked.remedies.contains(Remedy(.mask)))
    #expect(try fault(try request(image: false))?.remedies == [Remedy(.image)])
    #expect(try fault(try request(mask: false))?.description.contains("starts from noise") == true)
    let blended = SamplingSettings(steps: 2, blended: BlendedLatentDiffusion())
    #expect(try fault(bare, blended)?.description.contains("outside a mask") == true)
    #expect(try fault(try request(), blended, inpainting: true)?.kind == .request)
    var both = blended
    both.start = .image(strength: 0.5)
    #expect(try fault(try request(), both)?.description.contains("neither a strength") == true)
    for ratio in [0, -1, 1.01, 0.001, .nan] {
      let settings = SamplingSettings(steps: 2, start: .encodedImage(ratio: ratio))
      #expect(try fault(try request(mask: false), settings)?.kind == .request, "\(ratio)")
    }
  }

  @Test func keepsWhatIsOutsideTheMaskToTheBit() throws {
    var random = SystemRandomNumberGenerator()
    let original = Image(
      width: 20, height: 12, channels: 3,
      pixels: (0..<720).map { _ in .random(in: 0...255, using: &random) })
    var mask = Image(width: 20, height: 12, channels: 1, fill: 0)
    mask.paste(Image(width: 9, height: 12, channels: 1, fill: 255), x: 11, y: 0)
    let masked = try MaskedImage(
      original, mask: mask, painting: ImageSize(width: 20, height: 12), .init(seam: 3))
    let merged = masked.merged(Image(width: 20, height: 12, channels: 3, fill: 7))
    for y in 0..<12 {
      let row = y * 60
      #expect(merged.pixels[row..<row + 33] == original.pixels[row..<row + 33])
      // The seam takes three pixels: a quarter, half and three quarters of what was painted.
      let (own, found) = (Int(original.pixels[row + 36]), Int(merged.pixels[row + 36]))
      #expect(abs((own + 7) / 2 - found) <= 2)
      #expect(merged.pixels[row + 42..<row + 60].allSatisfy { $0 == 7 })
    }
  }

  @Test func aMaskMustHaveSomethingToRepaint() throws {
    let grey = Image(width: 8, height: 8, channels: 1, fill: 127)
    #expect(throws: PipelineError.self) {
      try MaskedImage(grey, mask: grey, painting: ImageSize(width: 8, height: 8))
    }
  }
}

import Foundation
import ImageFiles
import TestSupport
import Testing

/// `spolvero reproduce` on an image that a tiny random model painted.
@Suite struct ReproduceCommandTests {
  private struct Verdict: Decodable {
    let isSame: Bool
    let largestDifference: Int?
    let meanDifference, psnr: Double?
    let likelyReasons: [String]
  }

  private let folder: TemporaryFolder

  /// Two images in bf16, of a model whose files may be changed.
  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
    for name in ["model", "adapter"] {
      try FileManager.default.copyItem(
        at: Fixture.url("pipelines/sd15").appending(path: name), to: folder.appending(name))
    }
    try augment("out")
  }

  private func augment(_ output: String, _ arguments: String...) throws {
    let result = try CommandLineTool.run(
      [
        "augment", "--dataset", path("data"), "--output", path(output), "--model", path("model"),
        "--adapter", path("adapter"), "--resolution", "64", "--images", "2", "--steps", "2",
        "--device", "cpu", "--precision", "bf16", "--scheduler", "euler",
      ] + arguments
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func reproduce(_ image: String, _ arguments: String...) throws -> CommandLineTool.Outcome
  {
    try CommandLineTool.run(
      ["reproduce", path(image), "--model", path("model"), "--adapter", path("adapter")]
        + arguments
    ) { _ in }
  }

  @Test(arguments: [
    [], ["--image-format", "png"], ["--keep-painted-size"],
    ["--guidance-interval", "0...0.5", "--steps", "2"],
    ["--reuse-deep-features", "2", "--steps", "2"],
  ])
  func isTheSameByteForByte(settings: [String]) throws {
    let result = try CommandLineTool.run(
      [
        "augment", "--dataset", path("data"), "--output", path("more"), "--model", path("model"),
        "--adapter", path("adapter"), "--resolution", "64", "--images", "2",
        "--device", "cpu", "--batch-size", "2", "--min-fit", "9", "--retries", "1",
      ] + (settings.contains("--steps") ? settings : settings + ["--steps", "1"])
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    let image = "more/JPEGImages/a_2." + (settings.contains("png") ? "png" : "jpg")
    let again = try reproduce(image, "-o", path("again"))
    #expect(again.status == 0 && again.output.hasPrefix("same: JPEGImages/a_2."), "\(again.errors)")
    #expect(
      try Data(contentsOf: folder.appending("again")) == Data(contentsOf: folder.appending(image)))
  }

  @Test func saysByHowMuchItDiffersAndWhy() throws {
    let result = try reproduce("out/JPEGImages/a_1.jpg", "--precision", "fp32", "--json")
    #expect(result.status == 1, "\(result.errors)")
    let verdict = try JSONDecoder().decode(Verdict.self, from: Data(result.output.utf8))
    #expect(!verdict.isSame && verdict.largestDifference ?? 0 > 0 && verdict.psnr ?? 99 < 99)
    #expect(verdict.likelyReasons == ["The precision was bf16, and is fp32 now."])
  }

  @Test func refusesOtherModels() throws {
    let weights = folder.appending("model/unet/diffusion_pytorch_model.safetensors")
    var data = try Data(contentsOf: weights)
    data[data.count - 1] ^= 1
    try data.write(to: weights)
    let result = try reproduce("out/JPEGImages/a_1.jpg")
    #expect(result.status == 65, "\(result.errors)")
    #expect(
      result.errors.contains(
        "differ: model/unet/diffusion_pytorch_model.safetensors (other content)."),
      "\(result.errors)")
    let none = try CommandLineTool.run(
      "reproduce", path("out/JPEGImages/a_1.jpg"), "--model", path("model"))
    #expect(none.status == 65 && none.errors.contains("(not given)"), "\(none.errors)")
  }

  @Test func takesTheDatasetWhereTheFolderHasNoOriginals() throws {
    try augment("bare", "--originals", "none")
    let image = "bare/JPEGImages/a_1.jpg"
    let without = try reproduce(image)
    #expect(without.status == 66 && without.errors.contains("'a'"), "\(without.errors)")
    let with = try reproduce(image, "--dataset", path("data"))
    #expect(with.status == 0, "\(with.errors)")
    try folder.write(
      Image(width: 48, height: 40, channels: 3, fill: 91).jpegData(), "data/JPEGImages/a.jpg")
    let other = try reproduce(image, "--dataset", path("data"))
    #expect(other.status == 65 && other.errors.contains("not the photograph"), "\(other.errors)")
  }

  @Test func saysWhatHasNoLine() throws {
    let original = try reproduce("out/JPEGImages/a.jpg")
    #expect(original.status == 65 && original.errors.contains("no line of the ledger is about"))
    let photograph = try reproduce("data/JPEGImages/a.jpg")
    #expect(photograph.status == 66 && photograph.errors.contains("ledger"))
  }

  @Test func saysWhenTheFileWasChanged() throws {
    try folder.write(
      Image(width: 48, height: 40, channels: 3, fill: 3).jpegData(), "out/JPEGImages/a_1.jpg")
    let result = try reproduce("out/JPEGImages/a_1.jpg")
    #expect(result.status == 0 && result.errors.contains("was changed"), "\(result.errors)")
  }
}

import Checkpoints
import ComputeDevices
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// `spolvero generate`, `synthesize` and `inspect` with tiny random models.
@Suite struct GenerateCommandTests {
  private let temporary: TemporaryFolder
  private var folder: String { temporary.url.path }

  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/pipelines/sd15").path

  init() throws { temporary = try TemporaryFolder() }

  private func generate(_ output: String, _ more: String...) -> [String] {
    [
      "generate", "-m", Self.models + "/model", "-p", "a dog", "-W", "64", "-H", "48", "--steps",
      "2", "-o", folder + "/" + output,
    ] + more
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  @Test func writesPictureSettingsAndLatents() throws {
    let result = try CommandLineTool.run(
      generate(
        "dog.png", "--seed", "-1", "--adapter", Self.models + "/adapter", "--adapter-image",
        Self.models + "/guide.png", "--save-latents", folder + "/dog.safetensors")
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasSuffix("dog.png\n"))
    let file = temporary.url.appendingPathComponent("dog.png")
    let picture = try Image(contentsOf: file)
    #expect((picture.width, picture.height) == (64, 48))
    let bytes = try Data(contentsOf: file)
    for key in ["parameters", "spolvero:seed", "spolvero:control"] {
      #expect(bytes.firstRange(of: Data(key.utf8)) != nil, "\(key)")
    }
    let latents = try Checkpoint(temporary.url.appendingPathComponent("dog.safetensors"))
    #expect(latents.shape(of: "latents") == [1, 4, 6, 8])
  }

  @Test(arguments: [SIGINT, SIGTERM]) func keepsWhatIsWrittenWhenInterrupted(signal: Int32) throws {
    let first = folder + "/many_1.png"
    let result = try CommandLineTool.run(generate("many.png", "--count", "100000")) { process in
      while process.isRunning && !FileManager.default.fileExists(atPath: first) { usleep(500) }
      kill(process.processIdentifier, signal)
    }
    #expect(result.status == 130)
    // Nothing of this command is taken up again, and it must not say so.
    #expect(result.errors.contains("starts from the first one"))
    #expect(try names.contains("many_1.png") && names.allSatisfy { $0.hasPrefix("many_") })
    #expect(result.errors.contains("\(try names.count) of 100000 images are written"))
    for name in try names { _ = try Image(contentsOf: temporary.url.appendingPathComponent(name)) }
  }

  @Test(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
  func paintsTheSamePictureOnAGraphicsDevice() throws {
    let pictures = try [[], ["--device", "vulkan", "--offload"]].map { options in
      let result = try CommandLineTool.run(generate("dog\(options.count).png") + options) { _ in }
      #expect(result.status == 0, "\(result.errors)")
      return try Image(contentsOf: temporary.url.appendingPathComponent("dog\(options.count).png"))
    }
    let worst = zip(pictures[0].pixels, pictures[1].pixels)
      .reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    #expect(worst <= 1)
  }

  @Test func paintsInSinglePrecisionAndSaysWhatWouldBeFaster() throws {
    let usual = try CommandLineTool.run(generate("usual.png")) { _ in }
    let named = try CommandLineTool.run(generate("named.png", "--precision", "fp32")) { _ in }
    #expect(usual.status == 0 && named.status == 0, "\(usual.errors)\(named.errors)")
    let pictures = try ["usual.png", "named.png"].map {
      try Image(contentsOf: temporary.appending($0))
    }
    #expect(pictures[0] == pictures[1])
    let device = try DeviceSelection.auto.open(threads: 1)
    let isFast = device.backend.hasFastProducts(in: .bfloat16)
    #expect(usual.errors.contains("--precision bf16 takes less time") == isFast)
    let hasHalfIntegers = !isFast && device.backend.hasFastProducts(in: .int16)
    #expect(usual.errors.contains("--precision int16 takes less time") == hasHalfIntegers)
    let hasIntegers = device.backend.hasFastProducts(in: .int8)
    #expect(usual.errors.contains("--precision int8 takes the least time") == hasIntegers)
    #expect(!named.errors.contains("--precision"))
  }

  @Test(arguments: ["int8", "int16"])
  func paintsWithIntegersOnTheProcessor(precision: String) throws {
    let exact = try CommandLineTool.run(generate("exact.png", "--device", "cpu")) { _ in }
    let painted = try CommandLineTool.run(
      generate("integers.png", "--device", "cpu", "--precision", precision)
    ) { _ in }
    #expect(exact.status == 0 && painted.status == 0, "\(painted.errors)")
    let pictures = try ["exact.png", "integers.png"].map {
      try Image(contentsOf: temporary.appending($0)).pixels.map { Int($0) }
    }
    let differences = zip(pictures[0], pictures[1]).map { abs($0 - $1) }
    #expect(differences.contains { $0 > 0 })
    #expect(differences.reduce(0, +) < 16 * differences.count)
  }

  @Test func listsTheDevices() throws {
    let result = try CommandLineTool.run("devices", "--json")
    #expect(result.status == 0)
    #expect(result.output.contains("\"selection\" : \"cpu\""))
    #expect(try CommandLineTool.run("devices").output.contains("taken by auto"))
  }

  @Test func explainsWhatIsWrongInItsExitCode() throws {
    let guided = ["--adapter", Self.models + "/adapter", "--adapter-image"]
    let expectations: [([String], Int32, String)] = [
      (generate("x.jpg"), 64, "ends in .png"),
      (generate("x.png", "--count", "99999999999"), 64, "--count"),
      (generate("x.png", "-W", "100000"), 64, "--width"),
      (generate("x.png", "-W", "100"), 64, "the nearest is 104"),
      (generate("x.png", "--steps", "1001"), 64, "1 to 1000"),
      (generate("x.png", "--threads", "100000"), 64, "--threads"),
      (generate("x.png", "-m", Self.models + "/adapter"), 65, "no model_index.json"),
      (generate("x.png", "-m", "/nowhere"), 66, "/nowhere"),
      (generate("x.png") + guided + ["/no.png"], 66, "/no.png"),
      (generate("x.png", "--control", Self.models + "/control"), 64, "there are 1 and 0"),
      (generate("x.png", "--control-steps", "0...2"), 64, "within 0 ... 1"),
      (generate("x.png", "--control-steps", "0.1"), 64, "--control-steps"),
      (
        generate("x.png", "--control-steps", "0...1", "--adapter-end", "1"), 64, "one or the others"
      ),
      (
        generate(
          "x.png", "--control", Self.models + "/../sdxl/control", "--control-image",
          Self.models + "/outlines.png"), 65, "but the UNet takes"
      ),
      (
        generate(
          "x.png", "--control", Self.models + "/control_labels", "--control-image",
          Self.models + "/outlines.png"), 65, "outlines.png"
      ),
      (generate("x.png", "--device", "vulkan:Abacus"), 69, "Abacus"),
      (generate("x.png", "--device", "abacus"), 64, "abacus"),
      (generate("x.png", "--device", "cpu", "--offload"), 64, "--offload is for graphics devices"),
      (generate("x.png", "--device", "cpu", "--precision", "fp16"), 64, "does not multiply fp16"),
      (generate("nowhere/x.png"), 73, "nowhere"),
      (generate("x.png", "--save-latents", "/nowhere/x.safetensors"), 73, "/nowhere"),
      (generate("x.png", "--save-latents", folder), 73, "a folder of this name"),
    ]
    for (arguments, status, text) in expectations {
      let result = try CommandLineTool.run(arguments) { _ in }
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(text), "\(arguments): \(result.errors)")
      #expect(result.output.isEmpty)
    }
    #expect(try names.isEmpty)
  }

  @Test func aSynthesizedModelIsCompleteAndOneWithoutItsWeightsIsNot() throws {
    let model = folder + "/tiny"
    #expect(
      try CommandLineTool.run("synthesize", "--architecture", "tiny", "-o", model).status == 0)
    let whole = try CommandLineTool.run("inspect", model)
    #expect(whole.status == 0 && whole.output.contains("unet: UNet2DConditionModel"))
    #expect(try CommandLineTool.run("inspect", model + "/adapter").status == 0)

    // Published models have a part that nobody needs here, often without weights.
    try add("safety_checker", to: model)
    let extended = try CommandLineTool.run("inspect", model)
    #expect(extended.status == 0, "\(extended.errors)")
    #expect(
      extended.output.contains(
        "safety_checker: StableDiffusionSafetyChecker, which finds images that are not safe for work, "
          + "not looked at"))

    try Data("{".utf8).write(to: URL(fileURLWithPath: model + "/safety_checker/config.json"))
    #expect(try CommandLineTool.run("inspect", model).status == 0)

    try FileManager.default.removeItem(atPath: model + "/safety_checker")
    try FileManager.default.removeItem(
      atPath: model + "/vae/diffusion_pytorch_model.safetensors")
    let broken = try CommandLineTool.run("inspect", model)
    #expect(broken.status == 66 && broken.output.contains("/vae: the folder has no weights"))
  }

  /// Adds a safety checker without weights to a pipeline's folder.
  private func add(_ component: String, to model: String) throws {
    let index = URL(fileURLWithPath: model + "/model_index.json")
    let text = try String(contentsOf: index, encoding: .utf8)
    let brace = try #require(text.firstIndex(of: "{"))
    let entry = "\"\(component)\": [\"stable_diffusion\", \"StableDiffusionSafetyChecker\"],"
    try Data((text[...brace] + entry + text[text.index(after: brace)...]).utf8).write(to: index)
    let folder = model + "/" + component
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try Data(#"{"architectures": ["StableDiffusionSafetyChecker"]}"#.utf8)
      .write(to: URL(fileURLWithPath: folder + "/config.json"))
  }
}

import Checkpoints
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// What the options of `spolvero generate` do to the image, with a tiny random model.
@Suite struct GenerateOptionsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let model = Fixture.url("pipelines/sd15/model").path
  private static let adapter = Fixture.url("pipelines/sd15/adapter").path

  private func generate(_ output: String, _ more: [String] = []) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      [
        "generate", "-m", Self.model, "-p", "a boat on a lake", "-W", "64", "-H", "48", "--steps",
        "2", "-o", folder.appending(output).path,
      ] + more
    ) { _ in }
  }

  private func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(name)) }

  @Test func paintsAPNGThatSaysHowItWasMade() throws {
    let result = try generate("boat.png", ["-s", "7", "-n", "rain", "--scheduler", "euler"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("boat.png"))
    let url = folder.appending("boat.png")
    #expect(try ImageSize(ofImageAt: url) == ImageSize(width: 64, height: 48))
    let texts = try PNGText.all(in: url)
    for (key, value) in [
      ("prompt", "a boat on a lake"), ("negative-prompt", "rain"), ("seed", "7"), ("steps", "2"),
      ("scheduler", "euler"), ("width", "64"), ("height", "48"),
    ] {
      #expect(texts.contains(PNGText(key: "spolvero:\(key)", value: value)))
    }
    #expect(try folder.contents == ["boat.png"])
  }

  @Test func aSeedIsAPictureInWhateverBatch() throws {
    #expect(try generate("one.png", ["-s", "8"]).status == 0)
    #expect(try generate("again.png", ["-s", "8", "--threads", "1"]).status == 0)
    #expect(try generate("other.png", ["-s", "9"]).status == 0)
    let batch = ["-s", "7", "--count", "3", "--batch-size", "2"]
    #expect(try generate("many.png", batch).status == 0)
    #expect(try bytes("one.png") == bytes("again.png"))
    #expect(try bytes("one.png") == bytes("many_2.png"))
    #expect(try bytes("other.png") == bytes("many_3.png"))
    #expect(
      try Image(contentsOf: folder.appending("one.png"))
        != Image(contentsOf: folder.appending("other.png")))
  }

  /// What is painted, where nothing goes wrong.
  private func paint(_ name: String, _ options: String...) throws -> Image {
    let result = try generate(name, options)
    #expect(result.status == 0, "\(result.errors)")
    return try Image(contentsOf: folder.appending(name))
  }

  @Test func guidanceHoldsInItsInterval() throws {
    let plain = try paint("plain.png")
    #expect(try paint("all.png", "--guidance-interval", "0...1") == plain)
    #expect(try paint("half.png", "--guidance-interval", "0.5...1") != plain)
    let texts = try PNGText.all(in: folder.appending("half.png"))
    #expect(texts.contains(PNGText(key: "spolvero:guidance-interval", value: "0.5...1.0")))
  }

  @Test(arguments: [
    (["--guidance-interval", "0.8...0.2"], "the end not before the start"),
    (["--guidance-interval", "0.2"], "--guidance-interval"),
    (["--guidance-interval", "0.2...0.8", "--cfg-scale", "1"], "give a scale above 1"),
    (["--guidance-interval", "0.4...0.6"], "Options: --guidance-interval, --cfg-scale."),
    (["--reuse-deep-features", "0"], "2 for every other one"),
  ])
  func refusesLessWorkThatCannotBe(options: [String], words: String) throws {
    let result = try generate("refused.png", options)
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
    #expect(try folder.contents == [])
  }

  @Test func deepFeaturesAreReused() throws {
    let plain = try paint("plain.png")
    #expect(try paint("all.png", "--reuse-deep-features", "1") == plain)
    #expect(try paint("half.png", "--reuse-deep-features", "2") != plain)
    let texts = try PNGText.all(in: folder.appending("half.png"))
    #expect(texts.contains(PNGText(key: "spolvero:reuse-deep-features", value: "2")))
  }

  @Test func latentsGoOutAndNoiseComesIn() throws {
    let latents = folder.appending("latents.safetensors")
    #expect(try generate("a.png", ["--save-latents", latents.path]).status == 0)
    #expect(try Checkpoint(latents).shape(of: "latents") == [1, 4, 6, 8])
    #expect(try generate("b.png", ["--initial-latents", latents.path]).status == 0)
    #expect(try generate("c.png", ["--initial-latents", latents.path, "-s", "5"]).status == 0)
    func pixels(_ name: String) throws -> Image { try Image(contentsOf: folder.appending(name)) }
    #expect(try pixels("a.png") != pixels("b.png"))
    #expect(try pixels("b.png") == pixels("c.png"))
  }

  @Test func imagePromptsAreShownByTheirScale() throws {
    let shown = Fixture.url("pipelines/sd15/image_prompt_1.png").path
    let networks = [
      "--image-prompt-model", Fixture.url("pipelines/sd15/ip-adapter_plus.safetensors").path,
      "--image-prompt-encoder", Fixture.url("pipelines/sd15/image_encoder").path,
    ]
    func paint(_ name: String, scale: String) throws -> Image {
      let result = try generate(
        name,
        ["--image-prompt", shown, "--image-prompt", shown, "--image-prompt-scale", scale] + networks
      )
      #expect(result.status == 0, "\(result.errors)")
      return try Image(contentsOf: folder.appending(name))
    }
    #expect(try generate("plain.png").status == 0)
    let plain = try Image(contentsOf: folder.appending("plain.png"))
    #expect(try paint("shown.png", scale: "1") != plain)
    #expect(try paint("hidden.png", scale: "0") == plain)
    let texts = try PNGText.all(in: folder.appending("shown.png"))
    #expect(texts.contains(PNGText(key: "spolvero:image-prompt-scale", value: "1.0")))
    let alone = try generate("alone.png", ["--image-prompt", shown])
    #expect(alone.status == 64 && alone.errors.contains("--image-prompt-encoder"))
  }

  @Test func thingsComeIntoBoxes() throws {
    let model = ["-m", Fixture.url("pipelines/gligen/model").path]
    func paint(_ name: String, _ more: [String]) throws -> Image {
      let result = try generate(name, model + more)
      #expect(result.status == 0, "\(result.errors)")
      return try Image(contentsOf: folder.appending(name))
    }
    let box = ["--box", "0.1, 0.2,0.5,1: a dog"]
    let plain = try paint("plain.png", [])
    #expect(try paint("boxed.png", box + ["--box-steps", "0...1"]) != plain)
    // Of two steps 0.3 makes none.
    #expect(try paint("default.png", box) == plain)
    let texts = try PNGText.all(in: folder.appending("boxed.png"))
    #expect(texts.contains(PNGText(key: "spolvero:box", value: "0.1,0.2,0.5,1.0: a dog")))
    #expect(texts.contains(PNGText(key: "spolvero:box-steps", value: "0.0...1.0")))
  }

  @Test(arguments: [
    (["--box", "0.1,0.2,0.5: a dog"], "x0,y0,x1,y1: phrase"),
    (["--box", "0.1,0.2,0.5,0.9"], "x0,y0,x1,y1: phrase"),
    (["--box", "-0.1,0.2,0.5,0.9: a dog"], "leaves the image"),
    (["--box", "0.5,0.2,0.5,0.9: a dog"], "is empty"), (["--box-steps", "0...1"], "no --box"),
    (["--box", "0,0,1,1: a dog", "--box-steps", "0...1.5"], "within 0 ... 1"),
    (["--box", "0,0,1,1: a dog"], "attention_type gated"),
    (Array([[String]](repeating: ["--box", "0,0,1,1: a dog"], count: 31).joined()), "room for 30"),
  ])
  func refusesBoxesThatCannotBe(options: [String], words: String) throws {
    let result = try generate("refused.png", options)
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
    #expect(try folder.contents == [])
  }

  @Test func anAdapterFollowsItsOutlineByItsScale() throws {
    var outline = Image(width: 64, height: 48, channels: 1, fill: 0)
    for x in 8..<40 { outline.pixels[20 * 64 + x] = 255 }
    let guide = try folder.write(outline.pngData(), "outline.png").path
    func paint(_ name: String, scale: String) throws -> Image {
      let options = ["--adapter", Self.adapter, "--adapter-image", guide, "--adapter-scale", scale]
      let result = try generate(name, options)
      #expect(result.status == 0, "\(result.errors)")
      return try Image(contentsOf: folder.appending(name))
    }
    #expect(try generate("plain.png").status == 0)
    let plain = try Image(contentsOf: folder.appending("plain.png"))
    #expect(try paint("guided.png", scale: "1") != plain)
    #expect(try paint("silent.png", scale: "0") == plain)
  }

  /// Both spellings are one list, so that images, scales and ranges belong to the networks in their order.
  @Test func controlNetsAndAdaptersMixInOrder() throws {
    let models = Fixture.url("pipelines/sd15").path
    let control = ["--control", models + "/control", "--control-image", models + "/outlines.png"]
    let labels = [
      "--control", models + "/control_labels", "--adapter-image", models + "/labels.png",
    ]
    let adapter = ["--adapter", Self.adapter, "--adapter-image", models + "/guide.png"]
    func paint(_ name: String, _ options: [String]) throws -> Image {
      let result = try generate(name, options)
      #expect(result.status == 0, "\(result.errors)")
      return try Image(contentsOf: folder.appending(name))
    }
    let scales = ["--control-scale", "1", "--adapter-scale", "0", "--control-scale", "0"]
    let both = try paint("both.png", control + adapter + labels + scales)
    #expect(try paint("control.png", control) == both)
    let never = ["--control-steps", "0...1", "--control-steps", "0.5...0.5"]
    #expect(try paint("steps.png", control + adapter + never) == both)
    #expect(try paint("guess.png", control + ["--guess-mode"]) != both)
    #expect(try paint("labels.png", labels) != both)
  }
}

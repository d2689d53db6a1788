import ArgumentParser
import Augmentation
import Checkpoints
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import Tensors

/// Paints images from a prompt.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Paint images from a prompt, along control images if any are given, or repaint parts of one.",
    discussion: """
      Along edges, from a photograph, and of a part of it; all of these go together.

          spolvero generate -m models/sd15 -p "a red bicycle" --seed 7 -o bicycle.png
          spolvero generate -m models/sd15 -p "a dog" --control models/control-canny-sd15 \\
              --control-image edges.png --control-steps 0...0.8 -o dog.png
          spolvero generate -m models/sd15 -p "a dog in the snow" --init-image photo.jpg \\
              --strength 0.6 -o snow.png
          spolvero generate -m models/sd15-inpainting -p "a tabby cat" --init-image photo.jpg \\
              --mask mask.png --keep-outside -o cat.png
          spolvero generate -m models/gligen -p "a garden in spring" \\
              --box "0.1,0.4,0.45,0.95: a brown dog" --box-steps 0...0.3 -o garden.png
          spolvero generate -m models/sd15 -p "best quality" --image-prompt dog.jpg \\
              --image-prompt-model ip-adapter_sd15.safetensors \\
              --image-prompt-encoder models/ip-adapter/image_encoder -o dog.png

      In less time, another image: guided in the middle steps, or with most of the UNet in every other step alone.

          spolvero generate -m models/sd15 -p "a red bicycle" --guidance-interval 0.2...0.8 -o bicycle.png
          spolvero generate -m models/sd15 -p "a red bicycle" --reuse-deep-features 2 -o bicycle.png
      """)

  @Option(
    name: .shortAndLong, help: "Folder of the model, in diffusers' layout.", completion: .directory)
  var model: String

  // Texts may begin with a dash.
  @Option(name: .shortAndLong, parsing: .unconditional, help: "What to paint.")
  var prompt: String

  @Option(name: .shortAndLong, parsing: .unconditional, help: "What to avoid.")
  var negativePrompt: String?

  @Option(
    name: [.customShort("W"), .long],
    help: "Width in pixels. (default: that of --init-image, or the model's)")
  var width: Int?

  @Option(
    name: [.customShort("H"), .long],
    help: "Height in pixels. (default: that of --init-image, or the model's)")
  var height: Int?

  @Option(
    name: .shortAndLong,
    parsing: .unconditional,
    help: "Number of the noise, as torch.Generator('cpu').manual_seed; negative picks one.")
  var seed = Seed(0)

  @OptionGroup(title: "Sampling")
  var sampling: SamplingOptions

  @OptionGroup(title: "Control networks")
  var controls: ControlOptions

  @Option(
    name: [.customLong("control-image"), .customLong("adapter-image")],
    help: """
      Control image of a network, such as white outlines on black: one for each, in their order. A network of label \
      images, of more than 3 channels, takes a mask of class ids.
      """,
    completion: .file())
  var controlImages: [String] = []

  @OptionGroup(title: "Image prompts")
  var imagePrompts: ImagePromptOptions

  @OptionGroup(title: "Boxes")
  var boxes: BoxOptions

  @OptionGroup(title: "Editing")
  var editing: EditingOptions

  @Option(help: "Images painted at once; the images do not depend on it.")
  var batchSize = 1

  @Option(help: "Number of images; their seeds follow one another.")
  var count = 1

  @Option(
    help: "safetensors file with noise 'latents' [1 or count, C, h, w], instead of the seed's.",
    completion: .file())
  var initialLatents: String?

  @Option(
    help: "Where to write the final latents, before the VAE's scaling is undone.",
    completion: .file())
  var saveLatents: String?

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(
    name: .shortAndLong, help: "PNG file; with --count its name is numbered: NAME_1.png ….",
    completion: .file())
  var output: String

  func validate() throws {
    guard (1...1_000_000).contains(count) && batchSize >= 1 else {
      throw ValidationError("--count must be within 1 ... 1000000 and --batch-size at least 1.")
    }
    guard [width, height].allSatisfy({ (1...16384).contains($0 ?? 1) }) else {
      throw ValidationError("--width and --height must be within 1 ... 16384 pixels.")
    }
    if controls.folders.count != controlImages.count {
      throw ValidationError(
        "--control and --control-image belong together, as --adapter and --adapter-image: there are "
          + "\(controls.folders.count) and \(controlImages.count).")
    }
    if !output.lowercased().hasSuffix(".png") {
      throw ValidationError("--output \(output): the image is a PNG, so its name ends in .png.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let files = try OutputNames(output, count: count)
    let latents = try saveLatents.map(writableFile)
    let device = try computing.open()
    // What is wrong with a file is said before a model is loaded.
    let images = try controlImages.map {
      try Image(contentsOf: existing($0, "file"), warn: Console.warning)
    }
    let shown = try imagePrompts.read()
    let source = try editing.read()
    Console.note("\(device): loading \(model)")
    noteFasterPrecision(on: device)
    let pipeline = try StableDiffusionPipeline(
      folder: URL(fileURLWithPath: model), controls: controls.urls,
      imagePrompts: imagePrompts.source, scheduler: sampling.scheduler, device: device,
      precision: computing.precision(on: device, unlessGiven: .fixed(.float32)),
      check: { [count] in try Self.checkInterruption(painted: 0, of: count) })
    for notice in pipeline.notices { Console.warning(notice) }
    warnOfUnreadPrompts(pipeline)
    let settings = settings(pipeline)
    let size = size(pipeline, source?.image.size)
    let masked = try source.flatMap { try editing.prepare($0, painting: size) }
    let kept = width == nil && height == nil ? editing.keptSize(of: source) : nil
    if let source, source.image.size != size, editing.maskCrop == nil {
      Console.note("The image is \(source.image.size); it is painted at \(size).")
    }
    let requests = try requests(
      like: ImageRequest(
        prompt: prompt, negativePrompt: negativePrompt, width: size.width, height: size.height,
        image: masked?.image ?? source?.image, mask: masked?.mask,
        controlImages: labelImages(pipeline.controls, images), imagePrompts: shown,
        objects: boxes.objects),
      on: device)
    let painted = try paint(requests, pipeline, settings) { image, index in
      let text = ImageText(
        requests[index], settings, model: model,
        further: sampling.texts + controls.texts + imagePrompts.texts + boxes.texts
          + editing.texts(settings),
        pipeline: pipeline)
      try files.write((masked?.merged(image, at: kept) ?? image).pngData(text: text.chunks), index)
    }
    if let latents { try LatentArray(joining: painted).write(to: latents) }
  }

  private func noteFasterPrecision(on device: Device) {
    guard computing.precision == nil else { return }
    if device.backend.hasFastProducts(in: .bfloat16) {
      Console.note(
        "fp32, for the image that diffusers paints; --precision bf16 takes less time here, and half the "
          + "memory for weights.")
    } else if device.backend.hasFastProducts(in: .int16) {
      Console.note(
        "fp32, for the image that diffusers paints; --precision int16 takes less time here, and rounds no more than bf16."
      )
    }
    if device.backend.hasFastProducts(in: .int8) {
      Console.note(
        "--precision int8 takes the least time here, for an image that differs a little.")
    }
  }

  private func warnOfUnreadPrompts(_ pipeline: StableDiffusionPipeline) {
    for text in [prompt, negativePrompt ?? ""] {
      if let rest = pipeline.unreadPart(of: text) {
        Console.warning("the prompt is too long; this part of it is not read: '\(rest)'")
      }
    }
  }

  private func settings(_ pipeline: StableDiffusionPipeline) -> SamplingSettings {
    var settings = sampling.settings(controls.settings)
    settings.imagePrompt = imagePrompts.settings
    settings.boxSteps = boxes.steps
    editing.apply(to: &settings, pipeline)
    return settings
  }

  /// What is painted: as asked for, or as large as the image to start from, less what is left over, or the model's size.
  private func size(_ pipeline: StableDiffusionPipeline, _ image: ImageSize?) -> ImageSize {
    let multiple = pipeline.sizeMultiple
    func fitting(_ side: Int) -> Int { max(multiple, side / multiple * multiple) }
    let (image, usual) = (editing.maskCrop == nil ? image : nil, pipeline.defaultSize)
    return ImageSize(
      width: width ?? image.map { fitting($0.width) } ?? usual.width,
      height: height ?? image.map { fitting($0.height) } ?? usual.height)
  }

  private func requests(
    like request: ImageRequest, on device: Device
  ) throws -> [ImageRequest] {
    let noise = try initialLatents.map {
      try LatentArray(contentsOf: URL(fileURLWithPath: $0), on: device).samples
    }
    if let noise, noise.count != 1 && noise.count != count {
      throw CommandError(
        .request, "--initial-latents has \(noise.count) samples for --count \(count) images")
    }
    return (0..<count).map { index in
      var request = request
      request.seed = seed.number &+ UInt64(index)
      request.initialLatents = noise.map { $0.count == 1 ? $0[0] : $0[index] }
      return request
    }
  }

  /// Paints all images, writes each as soon as it is done, and returns their latents if those are wanted.
  private func paint(
    _ requests: [ImageRequest], _ pipeline: StableDiffusionPipeline, _ settings: SamplingSettings,
    write: (Image, Int) throws -> Void
  ) throws -> [LatentArray] {
    let report = ProgressReport()
    var latents: [LatentArray] = []
    for start in stride(from: 0, to: requests.count, by: batchSize) {
      let batch = Array(requests[start..<min(start + batchSize, requests.count)])
      let output = try pipeline(batch, settings) { progress in
        try Self.checkInterruption(painted: start, of: count)
        let last = start + batch.count
        switch progress.stage {
        case .step(let done, let steps):
          report.show(
            "image \(last)/\(requests.count), step \(done)/\(steps)",
            fraction: (Double(start) + Double(done * batch.count) / Double(steps))
              / Double(requests.count), isMilestone: done == steps)
        case .decoding: report.show("image \(last)/\(requests.count), decoding", fraction: 0)
        }
      }
      for (index, image) in output.images.enumerated() { try write(image, start + index) }
      if saveLatents != nil { latents += output.latents }
    }
    return latents
  }

  private static func checkInterruption(painted: Int, of count: Int) throws {
    guard StopSignals.interruption.isRequested else { return }
    throw CommandError(
      .interrupted,
      "Interrupted: \(painted) of \(count) images are written. The same command starts from the "
        + "first one.")
  }
}

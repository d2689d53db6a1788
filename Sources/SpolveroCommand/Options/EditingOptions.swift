import ArgumentParser
import DiffusionPipelines
import Foundation
import ImageFiles

/// The image that a run starts from, and what of it is repainted.
struct EditingOptions: ParsableArguments {
  @Option(
    name: .customLong("init-image"),
    help: "Image to start from; with --mask, the one of which a part is repainted.",
    completion: .file())
  var image: String?

  @Option(
    help: """
      Image that is white where --init-image is repainted. Of another size, it is resized.
      """, completion: .file())
  var mask: String?

  @Option(help: "Blur the mask first: radius in pixels.")
  var maskBlur: Double = 0

  @Option(
    help: """
      Paint the masked part alone, with so many pixels around it, at the full size, and put it back into the image.
      """)
  var maskCrop: Int?

  @Flag(help: "Keep the image's own pixels outside the mask, to the bit.")
  var keepOutside = false

  @OptionGroup
  var seam: SeamOption

  @OptionGroup
  var starting: StartOptions

  func validate() throws {
    func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
      if !condition { throw ValidationError(message()) }
    }
    try require(
      image != nil || mask == nil && !starting.isGiven,
      "--mask, --strength and --encode-ratio need the image: --init-image FILE.")
    try starting.encodeRatio?.requireOne()
    try require(
      mask != nil || maskBlur == 0 && maskCrop == nil && !keepOutside && !starting.isBlended,
      "--mask-blur, --mask-crop, --keep-outside and --blended need the mask: --mask FILE.")
    try require(
      (0...1024).contains(maskBlur), "--mask-blur \(maskBlur): must be within 0 ... 1024 pixels.")
    try require(
      (0...65536).contains(maskCrop ?? 0),
      "--mask-crop \(maskCrop ?? 0): must be within 0 ... 65536 pixels.")
  }

  /// Reads the files.
  func read() throws -> Source? {
    guard let image else { return nil }
    func file(_ path: String) throws -> Image {
      try Image(contentsOf: existing(path, "file"), warn: Console.warning)
    }
    let source = Source(image: try file(image), mask: try mask.map(file))
    if let mask = source.mask, mask.size != source.image.size {
      Console.note("The mask is \(mask.size); it is resized to the image's \(source.image.size).")
    }
    return source
  }

  /// What the files hold.
  struct Source {
    let image: Image
    let mask: Image?
  }

  /// The source as the pipeline is given it.
  ///
  /// - Parameter size: Of what is painted.
  func prepare(_ source: Source, painting size: ImageSize) throws -> MaskedImage? {
    try source.mask.map {
      try MaskedImage(
        source.image, mask: $0, painting: size,
        .init(blur: maskBlur, crop: maskCrop, seam: keepOutside ? seam.width : nil))
    }
  }

  /// The size of what is written where a part of an image is kept to the bit: its own.
  func keptSize(of source: Source?) -> ImageSize? { keepOutside ? source?.image.size : nil }

  /// Changes how a pipeline samples.
  func apply(to settings: inout SamplingSettings, _ pipeline: StableDiffusionPipeline) {
    if image == nil { return }
    settings.blended = starting.blended
    settings.start =
      starting.isBlended
      ? .noise : starting.start ?? pipeline.defaultStart(masked: mask != nil)
  }

  /// What is noted in an image: what was started from, and how much of it was left.
  func texts(_ sampling: SamplingSettings) -> [(key: String, value: String)] {
    guard let image else { return [] }
    func name(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
    let start: [(String, String)] =
      switch sampling.start {
      case .noise: []
      case .image(let strength): [("strength", "\(strength)")]
      case .encodedImage(let ratio): [("encode-ratio", "\(ratio)")]
      }
    let blended = sampling.blended.map {
      [("blended-start", "\($0.start)"), ("wider-masks", "\($0.widerMasks)")]
    }
    let mask = mask.map {
      [("mask", name($0)), ("mask-blur", "\(maskBlur)")]
        + (maskCrop.map { [("mask-crop", "\($0)")] } ?? [])
        + (keepOutside ? [("seam", "\(seam.width)")] : [])
    }
    return [("init-image", name(image))] + start + (blended ?? []) + (mask ?? [])
  }
}

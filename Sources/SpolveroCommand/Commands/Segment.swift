import ArgumentParser
import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import ImageSegmentation
import SegmentationDatasets
import Tensors

/// Finds the class of every pixel of images, and their objects.
struct Segment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the class of every pixel of images, or their objects, with a segmenter.",
    discussion: """
      The model is a folder as transformers writes it: config.json, preprocessor_config.json and safetensors \
      weights. Label images are PNGs whose ids are the model's classes, in VOC's colours; 'spolvero inspect' \
      shows what a folder holds. Nothing is downloaded.

          spolvero segment photo.jpg --model models/segformer-b0 -o labels.png
          spolvero segment VOC2012 --split val --model models/segformer-b0 -o labels --overlays overlays

      Networks that predict masks, such as Mask2Former, find objects too. They are written in COCO's format: images, \
      categories, and annotations with masks as pycocotools encodes them, boxes and scores. 'spolvero evaluate' \
      compares them with a dataset's, and pycocotools' COCO(file) reads them.

          spolvero segment photo.jpg --model models/mask2former --instances instances.json
          spolvero segment VOC2012 --split val --model models/mask2former --instances found.json --min-score 0
      """)

  @Argument(
    help: "Images, PNG or JPEG; or one folder: of images, or a dataset for those of its split.",
    completion: .file())
  var files: [String]

  @Option(help: "Folder of the segmenter.", completion: .directory)
  var model: String

  @Option(help: "List of a dataset's photographs, by its name without extension.")
  var split = "train"

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(
    name: .shortAndLong,
    help:
      "The PNG to write for one image, NAME.png, or the folder for NAME.png of each; made if needed. Needless with --instances.",
    completion: .file())
  var output: String?

  @Option(
    help: "Folder for images with the colours of their labels laid over them; made if needed.",
    completion: .directory)
  var overlays: String?

  @Option(help: "JSON file to write the objects to, in COCO's format.", completion: .file())
  var instances: String?

  @Option(help: "How sure the model must be of an object, from 0 to 1.")
  var minScore: Float = 0.5

  @Flag(help: "Print one JSON object an image: how many pixels each class has, and its objects.")
  var json = false

  func validate() throws {
    if output == nil && instances == nil {
      throw ValidationError(
        "Say what to write: --output for labels, --instances FILE.json for objects.")
    }
    if overlays != nil && output == nil {
      throw ValidationError("--overlays shows the labels that --output names a place for.")
    }
    if !(0...1).contains(minScore) { throw ValidationError("--min-score is from 0 to 1.") }
    if let output { try PNGTargets.validate(output, count: files.count) }
  }

  mutating func run() throws {
    StopSignals.watch()
    let images = try images()
    try requireReadable(images)
    let targets = try output.map { try PNGTargets($0, for: images) }
    let pictures = try overlays.map { try PNGTargets($0 + "/", for: images) }
    let file = try instances.map(writableFile)
    let segmenter = try openSegmenter()
    var objects = (segmenter as? any InstanceSegmenter).flatMap { segmenter in
      file.map { InstanceWriter(segmenter, to: $0, minScore: minScore) }
    }
    for (index, url) in images.enumerated() {
      try checkInterruption(done: index, of: images.count)
      let image = try Image(contentsOf: url, warn: Console.warning).rgb()
      if let targets {
        let labels = try segmenter(image)
        try write(labels, to: targets.urls[index])
        if let pictures {
          try writeAtomically(image.tinted(with: labels).pngData(), to: pictures.urls[index])
        }
        try report(labels, segmenter.classes, url, targets.urls[index])
      }
      try objects?.add(image, at: url, asJSON: json)
    }
    try objects?.write()
  }

  private func openSegmenter() throws -> any Segmenter {
    let device = try computing.open()
    return try computing.load(model, on: device) { folder, precision in
      try instances == nil
        ? SegmenterCatalogue.open(folder, device: device, precision: precision)
        : SegmenterCatalogue.openInstances(folder, device: device, precision: precision)
    }
  }

  private func write(_ labels: LabelImage, to target: URL) throws {
    let coloured = LabelImage(
      width: labels.width, height: labels.height, ids: labels.ids, palette: Palette.voc)
    try writeAtomically(coloured.pngData(), to: target)
  }

  /// The files, or those of a folder.
  private func images() throws -> [URL] {
    var isFolder: ObjCBool = false
    guard files.count == 1,
      unsafe FileManager.default.fileExists(atPath: files[0], isDirectory: &isFolder),
      isFolder.boolValue
    else { return try files.map { try existing($0, "file") } }
    let folder = URL(fileURLWithPath: files[0])
    let found =
      switch try ImageFolder(folder) {
      case .dataset(let layout):
        try SegmentationDataset(soundIn: folder, split: split, layout).entries.map(\.image)
      case .images(let images): images
      }
    if let output { try PNGTargets.validate(output, count: found.count) }
    return found
  }

  private func report(
    _ labels: LabelImage, _ classes: [String], _ image: URL, _ target: URL
  ) throws {
    let counts = labels.histogram()
    guard json else {
      let shares = classes.indices.filter { counts[$0] > 0 }.sorted { counts[$0] > counts[$1] }
        .map {
          "\(classes[$0]) \((100 * Double(counts[$0]) / Double(labels.ids.count)).text(places: 1)) %"
        }
      return try Console.result(["\(target.relativePath): " + shares.joined(separator: ", ")])
    }
    let pixels = Dictionary(
      uniqueKeysWithValues: classes.indices.filter { counts[$0] > 0 }.map {
        (String($0), counts[$0])
      })
    try Console.result(
      json: SegmentedImage(
        image: image.relativePath, labels: target.relativePath, pixels: pixels,
        classes: pixels.keys.reduce(into: [:]) { $0[$1] = classes[Int($1) ?? 0] }))
  }

  private func checkInterruption(done: Int, of count: Int) throws {
    guard StopSignals.interruption.isRequested else { return }
    throw CommandError(
      .interrupted,
      "Interrupted: \(done) of \(count) images are done, and their label images written. The same command starts from "
        + "the first one."
    )
  }
}

/// What `--json` prints of an image.
private struct SegmentedImage: Encodable {
  let image, labels: String
  /// Pixels by id.
  let pixels: [String: Int]
  /// Names by id, of the classes that are there.
  let classes: [String: String]
}

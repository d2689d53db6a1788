import ArgumentParser
import Augmentation
import Checkpoints
import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import Tensors

/// Says how well images show what they should, and how near they are to others.
struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Score images: CLIPScore, Fréchet inception distance, a segmenter's agreement with their masks.",
    discussion: """
      FOLDER is the output of 'augment', of which the generated images count and the prompts are the captions; a dataset, of \
      which those of --split count; or any folder of images.

        spolvero score augmented --clip models/clip
        spolvero score augmented --inception models/inception --reference VOC2012
        spolvero score images --clip models/clip --captions captions.jsonl --json
        spolvero score augmented --by-instance --clip models/clip --inception models/inception --reference VOC2012
        spolvero score augmented --segmenter models/deeplab --plot agreement.svg

      CLIPScore is 2.5 · max(cos, 0) of the embeddings of an image and of "A photo depicts " with its caption; the original's \
      numbers are those of openai/clip-vit-base-patch32. The distance is that of pytorch-fid; what it would be of infinitely \
      many images is estimated from parts of them, where there are 100 or more. By instance, the boxes around objects are the \
      images, and "a photo of a" with the class the captions; of what 'augment --recipe instances' makes, only the instances \
      that it has painted count. A segmenter agrees with a mask as far as it \
      finds the mask's classes in the image: the intersection over union of each class, and that of the bands along its \
      outlines, 2 % of the diagonal wide, the boundary IoU of Cheng et al. (CVPR 2021), which says how sharp the borders are.
      """)

  @Argument(help: "Output of 'augment', dataset, or folder of images.", completion: .directory)
  var folder: String

  @Option(help: "Folder of the CLIPModel for CLIPScore.", completion: .directory)
  var clip: String?

  @Option(
    help: "Captions of the images, in any form that 'augment' takes. (default: the run's prompts)",
    completion: .file())
  var captions: String?

  @Option(
    help:
      "Folder that tools/convert.py has made of pt_inception-2015-12-05-6726825d.pth, for the distance.",
    completion: .directory)
  var inception: String?

  @Option(
    help: "The images that the distance is taken to: a dataset, or a folder.",
    completion: .directory
  )
  var reference: String?

  @OptionGroup
  var segmenter: SegmenterOptions

  @Option(
    help: "The SVG to write, with bars of a segmenter's agreement with each class.",
    completion: .file())
  var plot: String?

  @Option(help: "List of images of a dataset, by its name without extension.")
  var split = "train"

  @Flag(help: "Score the instances of the images, and not the images.")
  var byInstance = false

  @Option(
    help: """
      --by-instance: side of a square of as many pixels as an instance of a dataset has at least. (default: 16)
      """)
  var leastInstance: Int?

  @OptionGroup
  var classes: ClassOptions

  @Flag(help: "Print one JSON object, with the score of each image.")
  var json = false

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  func validate() throws {
    if clip == nil && inception == nil && segmenter.segmenter == nil {
      throw ValidationError(
        "There is nothing to score with: give --clip DIR, --segmenter DIR, or --inception DIR with --reference DIR."
      )
    }
    if (inception == nil) != (reference == nil) {
      throw ValidationError("--inception DIR and --reference DIR belong together.")
    }
    try segmenter.requireForClassMap()
    if captions != nil && clip == nil {
      throw ValidationError("--captions is for CLIPScore, which needs --clip DIR.")
    }
    if byInstance && (segmenter.segmenter != nil || captions != nil) {
      throw ValidationError(
        "--by-instance is for --clip, with the classes' own captions, and --inception: leave out --segmenter and --captions."
      )
    }
    if let leastInstance, !byInstance || !(1...4096).contains(leastInstance) {
      throw ValidationError(
        "--least-instance must be within 1 ... 4096 and belongs to --by-instance.")
    }
    if let plot {
      if segmenter.segmenter == nil {
        throw ValidationError("--plot draws a segmenter's agreement: give --segmenter DIR.")
      }
      if !plot.lowercased().hasSuffix(".svg") {
        throw ValidationError(
          "--plot \(plot): an SVG is written, so give it a name that ends in .svg.")
      }
    }
  }

  /// The images of a folder, or their instances.
  private func judged(_ folder: String) throws -> JudgedImages {
    let images = try JudgedImages(in: folder, split: split)
    guard byInstance else { return images }
    return try images.byInstance(
      classes, split: split, least: leastInstance ?? InstanceSettings().leastSize)
  }

  mutating func run() throws {
    StopSignals.watch()
    let drawing = try plot.map(writableFile)
    let images = try judged(folder)
    let references = try reference.map(judged)
    try requireReadable(images.files + (references?.files ?? []))
    let captioned = try clip.map { _ in try CLIPScoring(images, captions: captions) }
    let labelled = try segmenter.segmenter.map { _ in
      try AgreementScoring(images, classes: classes, split: split)
    }
    if let references { try FIDScoring.check(images, references) }
    let device = try computing.open()
    var report = ScoreReport(
      images: images.files.count, instances: byInstance ? images.entries.count : nil)
    if let clip, let captioned {
      let embedder = try computing.load(clip, on: device) {
        try CLIPEmbedder($0, device: device, precision: $1)
      }
      report.clipScore = try captioned.scores(with: embedder)
    }
    if let inception, let references {
      let features = try InceptionFeatures(
        ModelFolder(existing(inception, "folder"), check: StopSignals.check), device: device)
      report.fid = try FIDScoring(features).distance(images, references)
    }
    if let labelled,
      let predictions = try segmenter.predictions(for: labelled.classes, computing, on: device)
    {
      let (found, bars) = try labelled.scores(by: predictions)
      if let drawing { try writeAtomically(bars.svg, to: drawing) }
      report.agreement = found
    }
    if json { try Console.result(json: report) } else { try Console.result(report.lines) }
  }
}

public import ArgumentParser
import Foundation
public import ImageAnnotation
import Tensors

extension AnnotatorKind: ExpressibleByArgument {}

/// Which annotator draws, and what it is told.
struct AnnotatorSelection: ParsableArguments {
  @Option(help: "Who draws.")
  var annotator: AnnotatorKind

  @Option(
    help: """
      The network that draws, where one does (\(Self.withNetwork)): a folder that tools/convert.py has made, or a \
      safetensors file with the published names.
      """, completion: .file())
  var model: String?

  @Option(
    help: """
      At which size the annotator looks at an image: its shorter side in pixels, about; sides are rounded to multiples \
      of 64.
      """)
  var detectResolution = 512

  @Option(help: "The size of the control image, in the same way. (default: 512)")
  var imageResolution: Int?

  @Flag(help: "Soft edges in few levels, which tell less of the photograph.")
  var safe = false

  @Flag(help: "Lines as if by hand, made of soft edges.")
  var scribble = false

  @Flag(help: "Edges cut at one half, as adapters for sketches expect them.")
  var applyFilter = false

  @Option(help: "Canny: gradients up to this are no edge. (default: 100)")
  var low: Int?

  @Option(help: "Canny: gradients above this start an edge. (default: 200)")
  var high: Int?

  func validate() throws {
    for (name, option, isGiven) in given where isGiven && !annotator.options.contains(name) {
      let others = AnnotatorKind.allCases.filter { $0.options.contains(name) }.map(\.rawValue)
      throw ValidationError(
        "\(option) is for --annotator \(others.joined(separator: ", ")), not for \(annotator.rawValue)."
      )
    }
    if annotator.hasNetwork != (model != nil) {
      throw ValidationError(
        annotator.hasNetwork
          ? "--annotator \(annotator.rawValue) needs its network: --model DIR or FILE."
          : "--model is for \(Self.withNetwork); no network draws \(annotator.rawValue).")
    }
    guard [detectResolution, imageResolution ?? 512].allSatisfy((64...16384).contains) else {
      throw ValidationError(
        "--detect-resolution and --image-resolution must be within 64 ... 16384 pixels.")
    }
    guard 0 <= options.low && options.low <= options.high else {
      throw ValidationError("--low \(options.low) and --high \(options.high) must ascend from 0.")
    }
  }

  /// The sizes of what is looked at and of the control image.
  var resolution: AnnotationResolution {
    AnnotationResolution(detect: detectResolution, image: imageResolution ?? 512)
  }

  /// Makes the annotator.
  ///
  /// - Parameters:
  ///   - device: Where a network runs; opened only if there is one.
  ///   - check: Called while a network is loaded; what it throws ends that.
  func open(
    on device: @autoclosure () throws -> Device, check: @escaping @Sendable () throws -> Void
  ) throws -> any ControlAnnotator {
    switch annotator.making(options) {
    case .ready(let annotator): annotator
    case .network(let load): try load(URL(fileURLWithPath: model ?? ""), device(), check)
    }
  }

  private var options: AnnotatorOptions {
    var options = AnnotatorOptions()
    options.low = low ?? options.low
    options.high = high ?? options.high
    (options.safe, options.scribble, options.appliesFilter) = (safe, scribble, applyFilter)
    return options
  }

  /// The options that not every annotator knows.
  private var given: [(AnnotatorOptions.Name, option: String, isGiven: Bool)] {
    [
      (.thresholds, "--low", low != nil), (.thresholds, "--high", high != nil),
      (.safe, "--safe", safe), (.scribble, "--scribble", scribble),
      (.filter, "--apply-filter", applyFilter),
      (.imageResolution, "--image-resolution", imageResolution != nil),
    ]
  }

  private static var withNetwork: String {
    AnnotatorKind.allCases.filter(\.hasNetwork).map(\.rawValue).joined(separator: ", ")
  }
}

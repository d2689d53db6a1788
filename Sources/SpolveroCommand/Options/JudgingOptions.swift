import ArgumentParser
import DatasetEvaluation
import Foundation
import SegmentationDatasets
import Tensors

/// With what generated images are judged, to choose the best.
struct JudgingOptions: ParsableArguments {
  @Option(help: "Folder of the CLIPModel, for clip-rank and clip-score.", completion: .directory)
  var clip: String?

  @OptionGroup
  var segmenter: SegmenterOptions

  @Flag(help: "Keep the best whatever their classes, as the paper of CLIP Rank does.")
  var unbalanced = false

  /// Whether any of them was given.
  var areGiven: Bool { clip != nil || segmenter.segmenter != nil || unbalanced }

  func validate() throws { try segmenter.requireForClassMap() }

  /// Makes sure that there is the network that judges, and no other.
  ///
  /// - Parameter option: The option that names the criterion.
  func validate(for criterion: FilterCriterion, _ option: String) throws {
    let asked = "\(option) \(criterion.rawValue)"
    if criterion == .agreement {
      if segmenter.segmenter == nil { throw ValidationError("\(asked) needs --segmenter DIR.") }
      if clip != nil { throw ValidationError("--clip is not for \(asked).") }
    } else if !criterion.hasNetwork {
      if clip != nil || segmenter.segmenter != nil {
        throw ValidationError("--clip and --segmenter are not for \(asked), which the ledger says.")
      }
    } else {
      if clip == nil { throw ValidationError("\(asked) needs --clip DIR.") }
      if segmenter.segmenter != nil {
        throw ValidationError("--segmenter is for \(option) agreement.")
      }
    }
  }

  /// Loads the network.
  ///
  /// - Parameter device: Where it computes; nil to open one.
  func judge(
    of classes: ClassList, _ computing: DeviceOptions, on device: Device? = nil
  ) throws -> Judge {
    if let predictions = try segmenter.predictions(for: classes, computing, on: device) {
      return .segmenter(predictions)
    }
    let device = try device ?? computing.open()
    return .clip(
      try computing.load(clip ?? "", on: device) {
        try CLIPEmbedder($0, device: device, precision: $1)
      })
  }

  /// What judges images.
  enum Judge {
    case clip(CLIPEmbedder)
    case segmenter(SegmenterPredictions)
  }
}

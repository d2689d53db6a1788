import Augmentation
import Checkpoints
import DiffusionModels
import DiffusionPipelines
import DurableFiles
import ImageFiles
import NoiseSchedulers
import SegmentationDatasets
import TensorCore
import VulkanBackend

/// The program's exit codes, as in `sysexits.h`.
enum ExitStatus: Int32, CaseIterable {
  case usage = 64
  case badData = 65
  case noInput = 66
  case noDevice = 69
  case cannotCreate = 73
  case inputOutput = 74
  case interrupted = 130

  private var meaning: String {
    switch self {
    case .usage: "the command line asks for something that cannot be"
    case .badData: "a file's content is wrong, or a model's result is no picture"
    case .noInput:
      "a file or folder is not there or cannot be read (65 if anything else is wrong as well)"
    case .noDevice: "there is no such device, or it failed, or it has too little memory"
    case .cannotCreate: "the output cannot be created"
    case .inputOutput:
      "reading or writing failed halfway, as on a full disk, or nobody takes the results"
    case .interrupted:
      "interrupted; when the same command is given again, 'augment' goes on and 'synthesize' begins anew"
    }
  }

  /// The list of codes for `--help`.
  static var help: String {
    (["EXIT CODES:", "  0    all done"]
      + allCases.map { "  \($0.rawValue)\($0.rawValue < 100 ? " " : "")  \($0.meaning)" })
      .joined(separator: "\n")
  }

  /// The code for an error of one of our modules; nothing for the argument parser's own.
  init?(_ error: any Error) {
    switch error {
    case let error as AugmentationError:
      self = ExitStatus(rawValue: error.category.rawValue) ?? .badData
    case let error as PipelineError:
      self =
        switch error.reason {
        case .request: .usage
        case .memory: .noDevice
        case .parts, .degenerate: .badData
        }
    case let error as CheckpointError: self = ExitStatus(error)
    case let error as ImageError: self = error.reason == .inaccessible ? .noInput : .badData
    case let error as CommandError: self = error.status
    case let error as DatasetError: self = error.isMissing ? .noInput : .badData
    case let error as WritingError:
      self = error.kind == .cannotCreate ? .cannotCreate : .inputOutput
    case is VulkanError, is OutOfMemory: self = .noDevice
    case is SchedulerError, is TokenizerError: self = .badData
    default: return nil
    }
  }

  private init(_ error: CheckpointError) {
    switch error.reason {
    case .inaccessible, .noFolder, .gitLFSPointer, .noWeights: self = .noInput
    default: self = .badData
    }
  }
}

/// What a command itself finds wrong.
struct CommandError: Error, CustomStringConvertible {
  let status: ExitStatus
  let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}

import ArgumentParser
import Faults

/// The program's exit codes, as in `sysexits.h`.
enum ExitStatus: Int32, CaseIterable {
  case different = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case noDevice = 69
  case cannotCreate = 73
  case inputOutput = 74
  case busy = 75
  case interrupted = 130

  /// In a few words, which README repeats.
  private var meaning: String {
    switch self {
    case .different: "'reproduce' has painted another image than the ledger's"
    case .usage: "the command line asks for something that cannot be"
    case .badData: "a file's content is wrong, or a model's result is no image"
    case .noInput:
      "a file or folder is not there or cannot be read (65 if anything else is wrong as well)"
    case .noDevice: "there is no such device, or it failed, or it has too little memory"
    case .cannotCreate: "the output cannot be created"
    case .inputOutput:
      "reading or writing failed halfway, as on a full disk, or nobody takes the results"
    case .busy: "another process is writing there; the same command may be given again later"
    case .interrupted:
      "interrupted; when the same command is given again, 'augment' and 'caption' go on and 'synthesize' begins anew"
    }
  }

  /// The list of codes for `--help`.
  static var help: String {
    (["EXIT CODES:", "  0    all done"]
      + allCases.map {
        let code = "\($0.rawValue)"
        return "  " + code + String(repeating: " ", count: 5 - code.count) + $0.meaning
      })
      .joined(separator: "\n")
  }

  /// The number as the argument parser takes it.
  var code: ExitCode { ExitCode(rawValue) }

  /// The code for a sort of failure.
  init(_ kind: FaultKind) {
    self =
      switch kind {
      case .request: .usage
      case .badData, .degenerate: .badData
      case .noInput: .noInput
      case .device, .memory: .noDevice
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .busy: .busy
      case .interrupted: .interrupted
      }
  }
}

/// What a command itself finds wrong.
struct CommandError: Fault {
  let kind: FaultKind
  let description: String

  init(_ kind: FaultKind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

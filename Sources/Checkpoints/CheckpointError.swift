public import Faults
public import Tensors

/// What is wrong with a model's files, in which file, and what to do about it.
public struct CheckpointError: Fault {
  /// The kinds of fault.
  public enum Reason: Sendable, Equatable {
    /// A file cannot be opened, mapped or read.
    case inaccessible(String)
    /// There is something else where a model's folder is expected.
    case noFolder(String)
    /// A file is a pointer to one that Git LFS has not brought yet.
    case gitLFSPointer
    /// A file is shorter than its header promises, by so many bytes.
    case truncated(missing: Int)
    /// A file breaks a rule of its format.
    case malformed(String)
    /// A model asked for a tensor that is not there.
    case missing(tensor: String, shape: Shape?, nearest: String?)
    /// A tensor has another shape than the model needs.
    case shape(tensor: String, found: Shape, expected: Shape)
    /// A tensor's elements are of a type that no parameter can have.
    case type(tensor: String, found: ElementType)
    /// A folder has no weights that can be read; it has these other files.
    case noWeights(expected: [String], found: [String])
    /// A configuration cannot be understood.
    case configuration(String)
    /// A configuration asks for something that this engine does not do.
    case unsupported(option: String, value: String, supported: [String])
  }

  /// What is wrong.
  public let reason: Reason
  /// The file or folder at fault.
  public let location: String

  /// Creates an error about a file or folder.
  public init(_ reason: Reason, in location: String) {
    self.reason = reason
    self.location = location
  }

  /// `noInput` for what is not there or cannot be read, else `badData`.
  public var kind: FaultKind {
    switch reason {
    case .inaccessible, .noFolder, .gitLFSPointer, .noWeights: .noInput
    case .truncated, .malformed, .missing, .shape, .type, .configuration, .unsupported: .badData
    }
  }

  /// One paragraph: place, what was found, what was expected, what to do.
  public var description: String { "\(location): \(explanation)" }

  private var explanation: String {
    switch reason {
    case .inaccessible(let why), .noFolder(let why): why
    case .gitLFSPointer:
      "this is a pointer of Git LFS, not the file itself. Run 'git lfs pull' in the repository, or "
        + "download the file."
    case .truncated(let missing):
      "the file is incomplete: its header promises \(missing) bytes more than it has. "
        + "Copy or download it again."
    case .malformed(let rule):
      "this is no valid safetensors file: \(rule). Copy, download or convert it again."
    case .missing(let tensor, let shape, let nearest):
      "there is no tensor '\(tensor)'"
        + (shape.map { ", expected with shape \($0)" } ?? "")
        + (nearest.map { "; the nearest name is '\($0)'" } ?? "")
        + ". Check that config.json and the weights belong to one model in diffusers' layout; "
        + "tools/convert.py converts other layouts."
    case .shape(let tensor, let found, let expected):
      "tensor '\(tensor)' has shape \(found), expected \(expected). "
        + "Check that config.json and the weights belong to one model."
    case .type(let tensor, let found):
      "tensor '\(tensor)' is stored as \(found.rawValue), expected F32, F16 or BF16. "
        + "Convert the model to fp32 with tools/convert.py."
    case .noWeights(let expected, let found): Self.explainNoWeights(expected, found)
    case .configuration(let why): "\(why). Check that the file is a model's own configuration."
    case .unsupported(let option, let value, let supported):
      "option '\(option)' is \(value), which this engine does not support; "
        + (supported.isEmpty
          ? "it does not know the option." : "it supports \(supported.joined(separator: ", ")).")
        + " Use a model without it."
    }
  }

  private static func explainNoWeights(_ expected: [String], _ found: [String]) -> String {
    let wanted = "the folder has no weights: expected \(expected.joined(separator: " or "))"
    return found.isEmpty
      ? wanted + ". Check the path, and that the download is complete."
      : wanted + ", found only \(list(found)). Convert it with tools/convert.py."
  }

  /// The first few names, and how many more there are.
  package static func list(_ names: [String]) -> String {
    let shown = 8
    let first = names.prefix(shown).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > shown ? first + " and \(names.count - shown) more" : first
  }
}

public import Checkpoints
public import Tensors

/// A network with weights, in a folder with `config.json` and safetensors files.
public protocol PretrainedModel: Sendable {
  /// What `config.json` says.
  associatedtype Configuration: ModelConfiguration

  /// Reads the network from its place in a checkpoint.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: Configuration) throws

  /// Ends of the names of tensors that published files have and no layer needs, or beginnings, with a dot behind.
  static var ignoredTensors: [String] { get }
}

extension PretrainedModel {
  /// None.
  public static var ignoredTensors: [String] { [] }

  /// Loads the network of a folder.
  ///
  /// - Parameters:
  ///   - folder: The component's own folder, such as `unet` of a pipeline.
  ///   - device: Where the weights will live.
  ///   - precision: How products round their operands, whatever the file stores.
  /// - Throws: `CheckpointError` when a file cannot be read, the configuration asks for something that
  ///   this engine does not do, or the weights are not those of the configured network. Tensors beyond
  ///   them are a notice of the folder's.
  public init(folder: ModelFolder, device: Device, precision: ProductPrecision = .float32) throws {
    let configuration = try Configuration(folder)
    let checkpoint = try folder.checkpoint()
    try self.init(
      Parameters(checkpoint, device: device, precision: precision), configuration)
    folder.noteLeftOver(in: checkpoint, ignoring: Self.ignoredTensors)
  }

  /// Compares a folder's weights with what its configuration needs, without loading them.
  ///
  /// - Throws: `CheckpointError` when the configuration or the weights' header cannot be read.
  public static func audit(_ folder: ModelFolder) throws -> WeightsReport {
    let audit = WeightsAudit(try folder.checkpoint())
    _ = try Self(Parameters(audit, device: .meta), try Configuration(folder))
    return audit.report(ignoring: Self.ignoredTensors)
  }
}

extension ModelFolder {
  /// Notes the tensors that no layer has read.
  ///
  /// - Parameters:
  ///   - checkpoint: Where a model was read from.
  ///   - suffixes: Ends of names that need not be read.
  package func noteLeftOver(in checkpoint: Checkpoint, ignoring suffixes: [String] = []) {
    let left = checkpoint.leftOver(ignoring: suffixes)
    guard !left.isEmpty else { return }
    notices.add(
      "\(checkpoint.location): passed over tensors that belong to no layer of the configured model: "
        + CheckpointError.list(left) + ".")
  }
}

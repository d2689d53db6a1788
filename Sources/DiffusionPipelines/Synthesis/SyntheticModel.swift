import DurableFiles
public import Foundation

/// Writes models with seeded random weights, in diffusers' layout.
///
/// They have the published models' parts and paint noise: for trying the program, for benchmarks and for
/// tests, where no trained weights are at hand.
public struct SyntheticModel: Sendable {
  /// What is written.
  public let architecture: SyntheticArchitecture
  /// Chooses the weights.
  public let seed: UInt64

  /// Chooses a model.
  public init(_ architecture: SyntheticArchitecture, seed: UInt64 = 0) {
    self.architecture = architecture
    self.seed = seed
  }

  /// Writes the model and, in sub-folders, networks that steer it.
  ///
  /// Files are written whole or not at all. A folder in which this was stopped is begun anew.
  ///
  /// - Parameters:
  ///   - folder: A folder that is empty or not there yet, or one that a stopped call left.
  ///   - note: Called with the name of each part before it is written.
  ///   - check: Called between two tensors; what it throws ends the writing.
  /// - Throws: ``PipelineError`` when the folder holds something else, `WritingError` when it cannot be
  ///   written.
  public func write(
    to folder: URL, note: (String) -> Void = { _ in }, check: @escaping () throws -> Void = {}
  ) throws {
    let place = try SynthesisFolder(at: folder)
    var part: String?
    for file in SyntheticFile.all(of: architecture, seed: seed) {
      if file.part != part { note(file.part) }
      part = file.part
      let url = folder.appendingPathComponent(file.path)
      try makeFolder(url.deletingLastPathComponent())
      try file.write(url, check)
    }
    try place.finish()
  }
}

import CPUBackend
import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

/// Files that are not what they were, or never were files.
@Suite struct WeightsFileTests {
  private let folder: TemporaryFolder
  private var file: URL { folder.url.appendingPathComponent("weights.safetensors") }

  init() throws { folder = try TemporaryFolder() }

  /// Larger than the pieces in which tensors are read, and no multiple of them.
  private static let count = 2_500_000

  private func write() throws -> [Float] {
    let values = (0..<Self.count).map { Float($0) }
    var writer = SafetensorsWriter()
    writer.add("values", Tensor(values, [Self.count], on: .sharedCPU))
    try writer.write(to: file)
    return values
  }

  @Test func readsATensorInPieces() throws {
    let values = try write()
    let tensor = try Checkpoint(file).tensor(named: "values", on: .sharedCPU)
    #expect(tensor.floats() == values)
  }

  @Test func saysThatAFileHasShrunkSinceItWasOpened() throws {
    _ = try write()
    let checkpoint = try Checkpoint(file)
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: UInt64(4 * Self.count / 2))
    let error = try #require(throws: CheckpointError.self) {
      try checkpoint.tensor(named: "values", on: .sharedCPU)
    }
    guard case .truncated = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.location == file.path)
    #expect(throws: CheckpointError.self) { try SafetensorsFile(file).bytes(of: "values") }
  }

  @Test(arguments: ["weights.safetensors", "config.json"])
  func refusesAPipeThatNobodyWritesTo(name: String) throws {
    let pipe = folder.url.appendingPathComponent(name)
    try #require(mkfifo(pipe.path, 0o600) == 0)
    let error = try #require(throws: CheckpointError.self) {
      if name.hasSuffix("json") {
        _ = try ModelFolder(folder.url).config()
      } else {
        _ = try Checkpoint(pipe)
      }
    }
    #expect(error.description.contains("neither a file nor a folder"))
  }

  @Test func namesAPointerOfGitLFS() throws {
    let pointer = """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 3438167540

      """
    try folder.write(pointer, "weights.safetensors")
    try folder.write(pointer, "config.json")
    let weights = try #require(throws: CheckpointError.self) { try Checkpoint(file) }
    let config = try #require(throws: CheckpointError.self) { try ModelFolder(folder.url).config() }
    for error in [weights, config] {
      #expect(error.reason == .gitLFSPointer)
      #expect(error.description.contains("git lfs pull"))
    }
  }
}

/// What stands where a model's folder is expected.
@Suite struct ModelFolderPlaceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func namesAFileOfWeights() throws {
    try folder.write("x", "v1-5.ckpt")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.appending("v1-5.ckpt"))
    }
    #expect(error.description.contains("this is a file"))
    #expect(error.description.contains("tools/convert.py"))
  }

  @Test func namesAConfiguration() throws {
    try folder.write("{}", "model_index.json")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.appending("model_index.json"))
    }
    #expect(error.description.contains("Name the folder"))
  }

  private func cache(_ commits: [String], main: String?) throws -> URL {
    for commit in commits { try folder.write("{}", "models--a--b/snapshots/\(commit)/config.json") }
    if let main { try folder.write(main, "models--a--b/refs/main") }
    return folder.appending("models--a--b")
  }

  @Test func takesTheSnapshotInUseOfAHubsCache() throws {
    let url = try cache(["abc", "def"], main: "def\n")
    #expect(try ModelFolder(url).url.lastPathComponent == "def")
  }

  @Test func takesTheOnlySnapshotOfAHubsCache() throws {
    #expect(try ModelFolder(cache(["abc"], main: nil)).url.lastPathComponent == "abc")
  }

  @Test func asksWhichOfSeveralSnapshotsIsMeant() throws {
    let url = try cache(["abc", "def"], main: "gone")
    let error = try #require(throws: CheckpointError.self) { try ModelFolder(url) }
    #expect(error.description.contains("2 snapshots"))
  }
}

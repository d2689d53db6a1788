#if LIBFUZZER
  import Foundation

  private let target: ConfigurationTarget = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try ConfigurationTarget(scratch: folder)
    } catch {
      fatalError("\(folder.path): \(error)")
    }
  }()

  /// What libFuzzer calls with every input.
  @_cdecl("LLVMFuzzerTestOneInput")
  public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    unsafe target(Data(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }
#else
  import ArgumentParser
  import Foundation

  /// Tries the inputs of a corpus, and random changes of them.
  @main
  struct Fuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fuzz-configurations",
      abstract: "Try a model's JSON files with values that no program should write.")

    @Argument(help: "Folder with inputs.")
    var corpus: String

    @Option(help: "Number of changed inputs.")
    var runs = 10_000

    @Option(help: "Chooses the changes.")
    var seed: UInt64 = 0

    @Option(
      help:
        "Where each input is written before it is tried: the last one is what ended the process.")
    var input = "fuzz-input.json"

    mutating func run() throws {
      let scratch = FileManager.default.temporaryDirectory
        .appendingPathComponent("fuzz-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: scratch) }
      let target = try ConfigurationTarget(scratch: scratch)
      let folder = URL(fileURLWithPath: corpus)
      let inputs = try FileManager.default.contentsOfDirectory(atPath: corpus).sorted()
        .map { try Data(contentsOf: folder.appendingPathComponent($0)) }
      var mutation = Mutation(seed: seed)
      for run in 0..<inputs.count + runs {
        let data =
          run < inputs.count
          ? inputs[run] : mutation.changed(inputs[run % inputs.count], beside: inputs)
        try data.write(to: URL(fileURLWithPath: input))
        target(data)
      }
      try FileManager.default.removeItem(atPath: input)
      print("\(inputs.count) inputs and \(runs) changes of them tried")
    }
  }
#endif

import DurableFiles
import Foundation
import TestSupport
import Testing

/// What lies where a file on its way to its name would lie.
@Suite struct PartialFileTests {
  private let folder: TemporaryFolder
  private var url: URL { folder.appending("o.png") }

  init() throws { folder = try TemporaryFolder() }

  /// The name that the next writer of the file tries first.
  private func nextName() throws -> String {
    var names: [String] = []
    try replaceFile(at: url) { _ in names = try folder.contents }
    return try #require(names.first { $0.hasSuffix(".partial") })
  }

  @Test func whatAKilledWriterLeftIsRemoved() async throws {
    let path = url.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try replaceFile(at: URL(fileURLWithPath: path)) {
        try $0.write(Data("half".utf8))
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try folder.contents.count == 1)
    try replaceFile(at: url) { try $0.write(Data("whole".utf8)) }
    #expect(try tree(folder.url) == ["o.png": Data("whole".utf8)])
  }

  @Test func whatALivingWriterHasIsLeftToIt() throws {
    try replaceFile(at: url) {
      try $0.write(Data("first".utf8))
      try replaceFile(at: url) { try $0.write(Data("second".utf8)) }
      #expect(try Data(contentsOf: url) == Data("second".utf8))
      #expect(try folder.contents.count == 2)
    }
    #expect(try tree(folder.url) == ["o.png": Data("first".utf8)])
  }

  @Test func aLinkIsNotFollowed() throws {
    let name = try nextName()
    let victim = try folder.write("precious", "victim")
    try FileManager.default.createSymbolicLink(
      at: folder.appending(name), withDestinationURL: victim)
    try replaceFile(at: url) { try $0.write(Data("new".utf8)) }
    #expect(try Data(contentsOf: victim) == Data("precious".utf8))
    #expect(try FileStatus(of: url, followingLinks: false)?.kind == .file)
    #expect(try folder.contents.contains(name))
  }

  @Test func aPipeIsNotWaitedForAndAFolderIsKept() throws {
    let name = try nextName()
    let place = folder.appending(name)
    mkfifo(place.path, 0o600)
    try replaceFile(at: url) { try $0.write(Data("new".utf8)) }
    try FileManager.default.removeItem(at: place)

    try makeFolder(place)
    try folder.write("mine", name + "/file")
    try replaceFile(at: url) { try $0.write(Data("newer".utf8)) }
    #expect(try Data(contentsOf: place.appendingPathComponent("file")) == Data("mine".utf8))
    #expect(try Data(contentsOf: url) == Data("newer".utf8))
  }

  /// Three processes write one file over and over; whoever looks sees one of the whole contents.
  @Test func manyProcessesWriteOneFile() async throws {
    let path = url.path
    let wholes = (0..<3).map { Data(repeating: UInt8($0), count: 1 << 18) }
    let writers = Task {
      await withTaskGroup { group in
        for number in 0..<3 {
          group.addTask {
            await #expect(processExitsWith: .success) {
              [path = path as String, number = number as Int] in
              let data = Data(repeating: UInt8(number), count: 1 << 18)
              for _ in 0..<40 {
                try replaceFile(at: URL(fileURLWithPath: path)) { try $0.write(data) }
              }
            }
          }
        }
      }
    }
    let reader = Task {
      while !Task.isCancelled {
        if let data = try readFile(url) { #expect(wholes.contains(data), "\(data.count) bytes") }
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    await writers.value
    reader.cancel()
    #expect(wholes.contains(try Data(contentsOf: url)))
    #expect(try folder.contents == ["o.png"])
  }
}

import Augmentation
import Foundation
import TestSupport
import Testing

@Suite struct FileBatchTests {
  private struct Folder: DurableFolder {
    let root: URL
    let files: any OutputFiles
  }

  private let temporary: TemporaryFolder
  private var root: URL { temporary.appending("out") }

  init() throws { temporary = try TemporaryFolder() }

  @Test func manyFilesAreWaitedForTogether() throws {
    let files = FailingFiles(.kill, after: .max)
    var batch = FileBatch(in: Folder(root: root, files: files))
    for number in 0..<1100 {
      try batch.place(Data("\(number)".utf8), at: "images \(number % 2)/\(number)")
    }
    #expect(files.synchronizations == 2)
    try batch.finish()
    #expect(files.synchronizations == 3)
    let tree = try tree(root)
    for number in 0..<1100 {
      #expect(tree["images \(number % 2)/\(number)"] == Data("\(number)".utf8))
    }
    #expect(!tree.keys.contains { $0.hasSuffix(".partial") })
  }

  @Test(arguments: 0..<14) func nothingHasItsNameThatHasNotReachedTheDisk(operations: Int) throws {
    let files = FailingFiles(.kill, after: operations)
    var batch = FileBatch(in: Folder(root: root, files: files))
    _ = try? (0..<3).forEach { try batch.place(Data("\($0)".utf8), at: "\($0)") }
    let named = { (try? tree(root))?.keys.filter { !$0.hasPrefix(".spolvero") } ?? [] }
    #expect(named().isEmpty)
    _ = try? batch.finish()
    #expect(named().isEmpty || files.synchronizations == 1)
  }

  @Test func aFullDiskLeavesNothingBehind() throws {
    let files = FailingFiles(.full, after: 8)
    var batch = FileBatch(in: Folder(root: root, files: files))
    #expect(
      message { try (0..<9).forEach { try batch.place(Data("abc".utf8), at: "\($0)") } }.contains(
        "the disk is full"))
    #expect(try tree(root) == [".spolvero": Data("folder".utf8)])
  }
}

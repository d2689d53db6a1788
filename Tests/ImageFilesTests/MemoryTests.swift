import Foundation
import ImageFiles
import TestSupport
import Testing

/// Small files do not take much memory.
@Suite struct MemoryTests {
  /// A chunk of 2³¹ − 1 bytes is announced, and the file ends.
  @Test func aPromisedChunkTakesNoMemory() async {
    await #expect(processExitsWith: .success) {
      let intact = try ExpectedSamples.data("rgb8.png")
      for kind in ["tEXt", "zTXt", "iTXt", "iCCP", "eXIf", "sPLT", "hIST", "pCAL", "abCd", "PLTE"] {
        let promise = intact.prefix(33) + [0x7F, 0xFF, 0xFF, 0xFF] + Data(kind.utf8)
        #expect(throws: ImageError.self) { try Image(decoding: promise, name: kind) }
        #expect(throws: ImageError.self) { try PNGText.all(decoding: promise, name: kind) }
      }
      #expect(largestMemory() < 256 << 20)
    }
  }

  @Test func textsThatUnpackToManyTimesTheirSizeAreRefused() throws {
    var data = try ExpectedSamples.data("text_bomb.png")
    #expect(try PNGText.all(decoding: data, name: "a.png").first?.value.count == 1 << 20)
    // The text's chunk, from its length to its checksum, stands between the header and the pixels.
    let pixels = try #require(data.range(of: Data("IDAT".utf8))).lowerBound - 4
    let text = data[33..<pixels]
    for _ in 0..<64 { data.insert(contentsOf: text, at: 33) }
    let error = #expect(throws: ImageError.self) { try PNGText.all(decoding: data, name: "a.png") }
    #expect(error?.found.contains("its texts take more than 64 MiB") == true)
    #expect(try Image(decoding: data, name: "a.png").size == ImageSize(width: 3, height: 2))
  }

  /// 16384 × 16384 pixels are allowed, but this file has the header of such an image alone.
  @Test func pixelsThatAreNotThereTakeNoMemory() async {
    await #expect(processExitsWith: .success) {
      for file in ["promise.png", "promise.jpg"] {
        let url = ExpectedSamples.folder.appending(path: file)
        #expect(throws: ImageError.self) { try Image(contentsOf: url) }
        _ = try? ImageSize(ofImageAt: url)
      }
      #expect(largestMemory() < 256 << 20)
    }
  }

  @Test func aHeaderIsFoundBehindLongNotes() throws {
    let folder = try TemporaryFolder()
    let jpeg = try ExpectedSamples.data("orientation6.jpg")
    let comment = Data([0xFF, 0xFE, 0xFF, 0xFF]) + Data(count: 0xFFFD)
    let long = try folder.write(jpeg.prefix(2) + comment + comment + jpeg.dropFirst(2), "a.jpg")
    #expect(try ImageSize(ofImageAt: long) == Image(decoding: jpeg, name: "a").size)
  }
}

/// The most memory that this process has had since its program began, in bytes.
private func largestMemory() -> Int {
  #if os(Linux)
    // Not getrusage, which goes on counting from what the process was before.
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split { $0.isWhitespace }.dropFirst().first.flatMap { Int($0) }).map { $0 * 1024 }
      ?? .max
  #else
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #endif
}

import Foundation
import ImageFiles

/// What other programs made of the same images: `NAME.json` and `NAME.bin` of the image fixtures.
struct ExpectedSamples {
  struct Case: Decodable {
    let width, height, channels, offset: Int
    let file: String?
    let labels, irregular: Bool?
    let colours: Int?
    let filter: String?
    let radius: Double?
  }

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/images")

  let cases: [Case]
  private let bytes: [UInt8]

  init(_ name: String) throws {
    struct Index: Decodable { let cases: [Case] }
    let json = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
    cases = try JSONDecoder().decode(Index.self, from: json).cases
    bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).bin")))
  }

  func samples(_ expected: Case) -> [UInt8] {
    let count = expected.width * expected.height * expected.channels
    return Array(bytes[expected.offset..<expected.offset + count])
  }

  func image(_ expected: Case) -> Image {
    Image(
      width: expected.width, height: expected.height, channels: expected.channels,
      pixels: samples(expected))
  }

  static func data(_ file: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: file))
  }
}

/// The largest distance of two samples in the same place.
func largestDifference(_ a: [UInt8], _ b: [UInt8]) -> Int {
  zip(a, b).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

import Foundation
import ImageAnnotation
import ImageFiles
import Tensors
import TestSupport
import Testing

@Suite struct AnnotatorKindTests {
  /// A network's folder is `Tests/Fixtures/annotators/<name>`.
  @Test(arguments: AnnotatorKind.allCases)
  func everyAnnotatorDrawsAControlImageOfTheSameSize(kind: AnnotatorKind) throws {
    let annotator =
      switch kind.making() {
      case .ready(let annotator): annotator
      case .network(let load):
        try load(
          Fixture.url("annotators/\(kind == .sketch ? "pidinet" : kind.rawValue)"), .sharedCPU, {})
      }
    let image = Image(
      width: 20, height: 12, channels: 3, pixels: (0..<720).map { UInt8($0 * 37 % 251) })
    let drawn = try annotator(image)
    #expect(drawn.size == image.size)
    #expect(!drawn.isConstant)
  }
}

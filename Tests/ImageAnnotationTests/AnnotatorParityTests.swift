import Foundation
import ImageAnnotation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// What controlnet_aux's annotators draw of `scene.png`, from `tools/fixtures/annotators.py`.
@Suite struct AnnotatorParityTests {
  private static let smaller = AnnotationResolution(detect: 64, image: 128)
  private static let larger = AnnotationResolution(detect: 128, image: 192)

  private static func told(_ change: (inout AnnotatorOptions) -> Void) -> AnnotatorOptions {
    var options = AnnotatorOptions()
    change(&options)
    return options
  }

  struct Case: CustomTestStringConvertible {
    /// The PNG.
    let name: String
    let kind: AnnotatorKind
    let resolution: AnnotationResolution
    var options = AnnotatorOptions()
    /// The network's folder, where it is not called as the kind.
    var network: String?

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "hed_smaller", kind: .hed, resolution: smaller),
    Case(name: "hed_larger", kind: .hed, resolution: larger),
    Case(name: "hed_safe", kind: .hed, resolution: smaller, options: told { $0.safe = true }),
    Case(
      name: "hed_scribble", kind: .hed, resolution: larger, options: told { $0.scribble = true }),
    Case(name: "pidinet_smaller", kind: .pidinet, resolution: smaller),
    Case(name: "pidinet_larger", kind: .pidinet, resolution: larger),
    Case(
      name: "pidinet_safe", kind: .pidinet, resolution: smaller, options: told { $0.safe = true }),
    Case(
      name: "pidinet_scribble", kind: .pidinet, resolution: larger,
      options: told { $0.scribble = true }),
    Case(
      name: "pidinet_filter", kind: .pidinet, resolution: smaller,
      options: told { $0.appliesFilter = true }),
    Case(name: "pidinet_filter", kind: .sketch, resolution: smaller, network: "pidinet"),
    Case(name: "canny_smaller", kind: .canny, resolution: smaller),
    Case(
      name: "canny_larger", kind: .canny, resolution: larger,
      options: told { ($0.low, $0.high) = (50, 100) }),
    Case(name: "depth_smaller", kind: .depth, resolution: smaller),
    Case(name: "depth_larger", kind: .depth, resolution: larger),
    Case(name: "depth-large_smaller", kind: .depth, resolution: smaller, network: "depth-large"),
    Case(name: "depth-large_larger", kind: .depth, resolution: larger, network: "depth-large"),
    Case(name: "lineart_smaller", kind: .lineart, resolution: smaller),
    Case(name: "lineart_larger", kind: .lineart, resolution: larger),
    Case(name: "lineart-coarse_smaller", kind: .lineartCoarse, resolution: smaller),
    Case(name: "lineart-coarse_larger", kind: .lineartCoarse, resolution: larger),
    Case(name: "lineart-anime_smaller", kind: .lineartAnime, resolution: smaller),
    Case(name: "lineart-anime_larger", kind: .lineartAnime, resolution: larger),
    Case(name: "lineart-standard_smaller", kind: .lineartStandard, resolution: smaller),
    Case(name: "lineart-standard_larger", kind: .lineartStandard, resolution: larger),
  ]

  /// Levels that a pixel may be off: rounding down to 8 bits turns a difference in the last place into one; depth is
  /// stretched to all levels before.
  private static func tolerance(_ kind: AnnotatorKind) -> Int { kind == .depth ? 2 : 1 }

  @Test(arguments: cases, Device.underTest)
  func drawsWhatTheOriginalDraws(wanted: Case, device: Device) throws {
    let annotator = try Self.annotator(wanted, on: device)
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let expected = try Image(contentsOf: Fixture.url("annotators/\(wanted.name).png")).grey()
    let drawn = try annotator(scene, at: wanted.resolution)
    #expect(drawn.size == expected.size && drawn.channels == 1)
    let differences = zip(drawn.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }
    let far = differences.count { $0 > Self.tolerance(wanted.kind) }
    #expect(far * 1000 <= differences.count, "\(far) pixels of \(differences.count)")
    #expect(!expected.isConstant)
  }

  private static func annotator(_ wanted: Case, on device: Device) throws -> any ControlAnnotator {
    switch wanted.kind.making(wanted.options) {
    case .ready(let annotator): annotator
    case .network(let load):
      try load(
        Fixture.url("annotators/\(wanted.network ?? wanted.kind.rawValue)"), device, {})
    }
  }
}

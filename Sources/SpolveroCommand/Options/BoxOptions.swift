public import ArgumentParser
import DiffusionModels
public import DiffusionPipelines

extension BoxedObject: ExpressibleByArgument {
  /// Takes the shares of width and height, and what is there, such as `0.1,0.3,0.5,0.9: a dog`.
  public init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let shares = parts[0].split(separator: ",", omittingEmptySubsequences: false).compactMap {
      Float($0.trimmingPrefix(while: \.isWhitespace))
    }
    let phrase = parts[1].trimmingPrefix(while: \.isWhitespace)
    guard shares.count == 4, !phrase.isEmpty else { return nil }
    self.init(
      String(phrase), in: BoundingBox(x0: shares[0], y0: shares[1], x1: shares[2], y1: shares[3]))
  }
}

/// What shall be where in the image, for models that were trained for boxes.
struct BoxOptions: ParsableArguments {
  @Option(
    name: .customLong("box"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      """
      What shall be in a box, for a model with GLIGEN's weights: left, top, right and bottom as shares of width and \
      height, and a phrase, such as "0.1,0.3,0.5,0.9: a dog". Up to 30 may be given.
      """, valueName: "x0,y0,x1,y1: phrase"))
  var objects: [BoxedObject] = []

  @Option(
    name: .customLong("box-steps"),
    help: """
      Shares of the steps in which the boxes count, the first ones: more keep to the boxes, fewer look better. \
      (default: 0...0.3)
      """)
  var steps: StepRange?

  func validate() throws {
    if steps != nil && objects.isEmpty {
      throw ValidationError("--box-steps says when boxes count, and there is no --box.")
    }
    if steps?.isWithinRun == false {
      throw ValidationError(
        "--box-steps: the shares must be within 0 ... 1, the end not before the start.")
    }
    if objects.count > 30 {
      throw ValidationError("--box is given \(objects.count) times; there is room for 30.")
    }
    if let object = objects.first(where: { !$0.box.isInsideImage }) {
      throw ValidationError(
        "--box \"\(object.box): \(object.phrase)\" is empty or leaves the image; give left, top, right and "
          + "bottom within 0 ... 1.")
    }
  }

  /// For the text of an image.
  var texts: [(key: String, value: String)] {
    if objects.isEmpty { return [] }
    let range = steps ?? SamplingSettings.defaultBoxSteps
    return [
      ("box", objects.map { "\($0.box): \($0.phrase)" }.joined(separator: "; ")),
      ("box-steps", "\(range.start)...\(range.end)"),
    ]
  }
}

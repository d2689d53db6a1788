import ArgumentParser

/// How the pixels that are kept meet those that are painted.
struct SeamOption: ParsableArguments {
  @Option(
    name: .customLong("seam"),
    help: "Width of the soft edge inside a mask, between kept and painted pixels, in pixels.")
  var width = 4

  func validate() throws {
    if !(0...1024).contains(width) {
      throw ValidationError("--seam \(width): must be within 0 ... 1024 pixels.")
    }
  }
}

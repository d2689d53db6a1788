public import ArgumentParser
public import Augmentation

extension Originals: ExpressibleByArgument {}

/// What the output has of the dataset's own files.
struct OriginalsOption: ParsableArguments {
  @Option(
    help: """
      What the output has of the dataset's own photographs and masks: copies, links that take no space, or none.
      """)
  var originals = Originals.copy
}

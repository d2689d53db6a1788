import ArgumentParser
import SegmentationDatasets

/// A layout, by its name.
struct LayoutName: ExpressibleByArgument {
  let layout: any DatasetLayout

  init?(argument: String) {
    guard let layout = DatasetLayouts.named(argument) else { return nil }
    self.layout = layout
  }

  /// All names.
  static var list: String { allValueStrings.joined(separator: ", ") }

  static var allValueStrings: [String] { DatasetLayouts.all.map(\.name) }
}

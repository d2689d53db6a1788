public import Foundation

/// The layouts that are known: a new one is a line here.
public enum DatasetLayouts {
  /// All layouts, in the order in which a folder is compared with them.
  public static let all: [any DatasetLayout] = [
    VOCLayout(),
    CityscapesLayout(),
    BDD100KLayout(),
    ADE20KLayout(),
    MMSegmentationLayout(),
    COCOStuffLayout(),
    COCOPanopticLayout(),
    DatumaroLayout(),
    COCOLayout(),
    YOLOLayout(),
    CVATLayout(),
    LabelMeLayout(),
    ImageFolderLayout(),
  ]

  /// The layout of a folder, in the kind that it has: the first that finds a dataset at or below it. Where none does it
  /// is the first of all, whose complaint about the folder the user reads.
  public static func layout(of folder: URL) -> any DatasetLayout {
    all.lazy.compactMap { layout in
      (try? layout.root(in: folder)).map { (try? layout.fitted(to: $0)) ?? layout }
    }.first ?? all[0]
  }

  /// The layout of this name.
  public static func named(_ name: String) -> (any DatasetLayout)? {
    all.first { $0.name == name }
  }
}

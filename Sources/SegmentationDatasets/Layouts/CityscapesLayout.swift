public import Foundation
public import ImageFiles

/// Cityscapes' layout, with a folder for each city.
///
///     leftImg8bit/<split>/<city>/<stem>_leftImg8bit.png        the images
///     gtFine/<split>/<city>/<stem>_gtFine_labelTrainIds.png    the masks, 0 road to 18 bicycle, 255 left open
///     gtFine/<split>/<city>/<stem>_gtFine_labelIds.png         the masks, where there are no train ids
///     gtFine/<split>/<city>/<stem>_gtFine_instanceIds.png      class · 1000 + number where there is an object, 16 bits
///     splits/<split>.txt                                       lists of `<city>/<stem>`, where there are some
public struct CityscapesLayout: DatasetLayout {
  /// Which masks are read.
  enum Labels: String {
    /// The 19 classes of the benchmark.
    case trainIDs = "labelTrainIds"
    /// All 30.
    case ids = "labelIds"
  }

  private static let (images, labels) = ("leftImg8bit", "gtFine")
  private let kind: Labels

  /// `cityscapes`.
  public let name = "cityscapes"
  /// `labelTrainIds` or `labelIds`.
  public var variant: String? { kind.rawValue }
  /// Nothing is background.
  public var encoding: LabelEncoding { list.encoding }
  /// `png`.
  public let pathExtension = "png"

  /// The layout with train ids, which programs that train read.
  public init() { kind = .trainIDs }

  private init(_ kind: Labels) { self.kind = kind }

  private var list: ClassList { kind == .trainIDs ? .cityscapes : .cityscapesLabels }

  /// Cityscapes' 19 or 30.
  public var ownClasses: ClassList? { list }

  /// The folder with the images, at a folder or in its `cityscapes`.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(
      in: folder, or: ["cityscapes"], with: [Self.images],
      holding: "\(Self.images) and \(Self.labels)")
  }

  /// The layout with label ids where there are no masks of train ids.
  public func fitted(to root: URL) throws -> any DatasetLayout {
    let kinds = [Labels.trainIDs, .ids]
    for split in try splits(in: root) {
      for kind in kinds where try !masks(of: split, in: root, kind).stems.isEmpty {
        return CityscapesLayout(kind)
      }
    }
    return self
  }

  /// Finds the files of a split's folder or list.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let folders = SplitFolders(root: root, imageFolder: { "\(Self.images)/\($0)" }) { split in
      PairedFolders(
        images: try FolderListing(
          root.appending(path: "\(Self.images)/\(split)"),
          extensions: ["png"] + PhotographName.extensions, suffix: "_leftImg8bit",
          hasSubfolders: true),
        masks: [try masks(of: split, in: root, kind)],
        instances: try labels("instanceIds", of: split, in: root),
        // Caravans and trailers have no train id.
        instanceNumbers: .objects(leavingOut: kind == .trainIDs ? [29, 30] : []))
    }
    return try folders.entries(of: split, among: splits(in: root), problems: &problems)
  }

  /// The names of the folders.
  public func splits(in root: URL) throws -> [String] {
    try SplitFolders.names(in: root.appending(path: Self.images))
  }

  private func masks(of split: String, in root: URL, _ kind: Labels) throws -> FolderListing {
    try labels(kind.rawValue, of: split, in: root)
  }

  private func labels(_ kind: String, of split: String, in root: URL) throws -> FolderListing {
    try FolderListing(
      root.appending(path: "\(Self.labels)/\(split)"), extensions: ["png"],
      suffix: "_gtFine_\(kind)", hasSubfolders: true)
  }

  /// `leftImg8bit/<split>/<city>/<stem>_leftImg8bit.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(Self.images)/\(split)/\(listLine(of: stem))_leftImg8bit.\(pathExtension)"
  }

  /// `gtFine/<split>/<city>/<stem>_gtFine_<kind>.png`.
  public func maskPath(of stem: String, in split: String) -> String {
    "\(Self.labels)/\(split)/\(listLine(of: stem))_gtFine_\(kind.rawValue).png"
  }

  /// `gtFine/<split>/<city>/<stem>_gtFine_instanceIds.png`.
  public func instancesPath(of stem: String, in split: String) -> String? {
    "\(Self.labels)/\(split)/\(listLine(of: stem))_gtFine_instanceIds.png"
  }

  /// A PNG of 16 bits: class · 1000 + number for objects, else the class, by label ids.
  public func instancesData(_ instances: LabelImage, of mask: LabelImage) throws -> Data {
    let isTrainID = kind == .trainIDs
    let numbers = zip(instances.ids, mask.ids).map { instance, id in
      let known = isTrainID ? ClassList.cityscapesTrainIDs.indices.contains(Int(id)) : id < 34
      let label = known ? UInt32(isTrainID ? ClassList.cityscapesTrainIDs[Int(id)] : id) : 0
      let isObject = label > 0 && LabelEncoding.voc.isLabel(instance)
      return isObject ? 1000 * label + UInt32(instance) : label
    }
    return try NumberImage(width: mask.width, height: mask.height, numbers: numbers).pngData()
  }

  /// `splits/<split>.txt`.
  public func listPath(of split: String) -> String { SplitFolders.listPath(of: split) }

  /// `<city>/<stem>`; what is from no city is in `all`.
  public func listLine(of stem: String) -> String {
    let parts = stem.split(separator: "_", omittingEmptySubsequences: false)
    let hasCity = parts.count > 2 && !parts[0].isEmpty && parts[1].allSatisfy(\.isNumber)
    return "\(hasCity ? parts[0] : "all")/\(stem)"
  }
}

public import Foundation

/// COCO-Stuff's layout of pixel maps.
///
///     images/<split>2017/<stem>.jpg                          the images; also in <split>2017
///     stuffthingmaps/<split>2017/<stem>.png                  the maps: COCO's category less 1, 255 left open
///     annotations/<split>2017/<stem>_labelTrainIds.png       MMSegmentation's maps, 0 to 170, which are preferred
///     splits/<split>.txt                                     lists of stems, where there are some
public struct COCOStuffLayout: DatasetLayout {
  /// Which maps are read.
  enum Maps: String {
    /// By COCO's categories.
    case categories = "pixelmaps"
    /// By MMSegmentation's train ids.
    case trainIDs = "labelTrainIds"

    var folder: String { self == .categories ? "stuffthingmaps" : "annotations" }
    var suffix: String { self == .categories ? "" : "_labelTrainIds" }
  }

  private let maps: Maps

  /// `coco-stuff`.
  public let name = "coco-stuff"
  /// `pixelmaps` or `labelTrainIds`.
  public var variant: String? { maps.rawValue }
  /// Nothing is background.
  public let encoding = LabelEncoding(background: nil, ignored: [255])

  /// The layout, with maps of categories.
  public init() { maps = .categories }

  private init(_ maps: Maps) { self.maps = maps }

  /// COCO-Stuff's 171.
  public var ownClasses: ClassList? { maps == .categories ? .cocoStuff : .cocoStuffTrainIDs }

  /// The folder with the maps, at a folder or in its `coco_stuff164k`.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(
      in: folder, or: ["coco_stuff164k"], lacking: "there is no folder stuffthingmaps",
      holding: "images and stuffthingmaps, or annotations with *_labelTrainIds.png"
    ) { try kind(in: $0) != nil }
  }

  private func kind(in root: URL) throws -> Maps? {
    try [Maps.trainIDs, .categories].first { maps in
      try splits(in: root, maps).contains { try !listing(of: $0, in: root, maps).stems.isEmpty }
    }
  }

  /// The layout with the maps that are there.
  public func fitted(to root: URL) throws -> any DatasetLayout {
    COCOStuffLayout(try kind(in: root) ?? maps)
  }

  private func folder(_ split: String) -> String {
    ["train", "val", "test"].contains(split) ? split + "2017" : split
  }

  /// The names of the folders, without their year.
  public func splits(in root: URL) throws -> [String] { try splits(in: root, maps) }

  private func splits(in root: URL, _ maps: Maps) throws -> [String] {
    try SplitFolders.names(in: root.appending(path: maps.folder)).map {
      $0.replacing(/2017$/, with: "")
    }
  }

  private func listing(of split: String, in root: URL, _ maps: Maps) throws -> FolderListing {
    try FolderListing(
      root.appending(path: "\(maps.folder)/\(folder(split))"), extensions: ["png"],
      suffix: maps.suffix)
  }

  /// Finds the files of a split's folder or list.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let folders = SplitFolders(root: root, imageFolder: { "images/\(folder($0))" }) { split in
      let photographs = [
        root.appending(path: "images/\(folder(split))"), root.appending(path: folder(split)),
      ]
      return PairedFolders(
        images: try FolderListing(
          photographs.first(where: \.hasDirectory) ?? photographs[0],
          extensions: PhotographName.extensions),
        masks: [try listing(of: split, in: root, maps)], instances: nil)
    }
    return try folders.entries(of: split, among: splits(in: root, maps), problems: &problems)
  }

  /// `images/<split>2017/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "images/\(folder(split))/\(stem).\(pathExtension)"
  }

  /// `stuffthingmaps/<split>2017/<stem>.png`, or MMSegmentation's name of it.
  public func maskPath(of stem: String, in split: String) -> String {
    "\(maps.folder)/\(folder(split))/\(stem)\(maps.suffix).png"
  }

  /// nil: there are no instances.
  public func instancesPath(of stem: String, in split: String) -> String? { nil }

  /// `splits/<split>.txt`.
  public func listPath(of split: String) -> String { SplitFolders.listPath(of: split) }
}

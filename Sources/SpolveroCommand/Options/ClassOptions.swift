import ArgumentParser
import Augmentation
import Foundation
import SegmentationDatasets

/// What the ids in masks mean.
struct ClassOptions: ParsableArguments {
  @Option(
    help: """
      File with the names of the classes, one a line. (default: those that the folder's augmentation \
      had, else those of PASCAL VOC)
      """,
    completion: .file())
  var classes: String?

  @Option(
    help: """
      Id of the first name in --classes, 0 or 1, if that is a plain list of names: 0 where 0 is a class, \
      as in Cityscapes' train ids.
      """)
  var firstClassId: Int?

  func validate() throws {
    if let firstClassId, classes == nil || !(0...1).contains(firstClassId) {
      throw ValidationError("--first-class-id must be 0 or 1 and belongs to --classes FILE.")
    }
  }

  /// The classes that were given or, without any, those of the run that made a folder, or its layout's.
  func list(_ layout: any DatasetLayout, _ root: URL? = nil) throws -> ClassList {
    if let classes {
      return try ClassList(
        contentsOf: existing(classes, "file"), firstID: firstClassId,
        encoding: layout.classes.encoding)
    }
    return root.flatMap(ClassList.init(ofRunIn:)) ?? layout.classes
  }
}

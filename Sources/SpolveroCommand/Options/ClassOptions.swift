import ArgumentParser
import Augmentation
import Faults
import Foundation
import SegmentationDatasets

/// What the ids in masks mean.
struct ClassOptions: ParsableArguments {
  @Option(
    help: """
      File with the names of the classes, one a line. (default: those that the folder's augmentation \
      had, else those of the folder or its layout)
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

  /// The classes that were given, with the encoding of a layout; nil without any.
  func given(_ encoding: LabelEncoding) throws -> ClassList? {
    try classes.map {
      try ClassList(
        contentsOf: existing($0, "file"), firstID: firstClassId, encoding: encoding)
    }
  }

  /// The classes that were given or, without any, those of the run that made a folder, of the folder or of its layout.
  ///
  /// - Throws: `DatasetError` where nobody says what the ids mean.
  func list(_ layout: any DatasetLayout, _ folder: URL, _ split: String?) throws -> ClassList {
    if let known = try given(layout.encoding) ?? ClassList(ofRunIn: folder) { return known }
    if let own = try layout.classes(in: layout.root(in: folder), of: split) { return own }
    throw DatasetError([
      DatasetProblem(
        place: folder.path, found: "nothing says what the ids in the masks of this dataset mean",
        remedy: "Give a list of the classes, or put it into the folder as classes.txt.",
        remedies: [Remedy(.classes)])
    ])
  }
}

/// What the subsets of CVAT and Datumaro are called as splits.
enum SplitNames {
  /// `train` for `Train`, `default` and none at all; `val` for `Validation`; `test` for `Test`; any other for itself.
  static func split(ofSubset name: String) -> String {
    switch name.lowercased() {
    case "", "default", "train", "training": "train"
    case "val", "valid", "validation": "val"
    case "test", "testing": "test"
    default: name
    }
  }
}

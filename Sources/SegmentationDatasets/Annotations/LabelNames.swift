import ImageFiles

/// Which id a label gets that annotations name.
public struct LabelNames: Sendable {
  private let ids: [String: UInt8]
  /// What the ids mean.
  let classes: ClassList

  /// Numbers names from 1, in their order. One called `background` is 0, and one called `void`, `ignore` or labelme's
  /// `__ignore__` is left open, 255.
  ///
  /// - Parameters:
  ///   - colours: Those that the files give to names.
  ///   - place: What to call the files in an error.
  /// - Throws: ``DatasetError`` for a name that is there twice, none at all, and more than a mask has ids.
  init(_ names: [String], colours: [String: RGB] = [:], at place: String) throws(DatasetError) {
    var (ids, known, palette) = ([String: UInt8](), [UInt8: String](), Palette.voc)
    for name in names {
      let entry = ClassEntry(place: place, id: nil, name: name)
      let isOpen = entry.isCalledIgnored || entry.isLabelmesIgnored
      let isClass = !entry.isCalledBackground && !isOpen
      guard known.count < 254 else {
        throw DatasetError(
          place, "there are more than 254 labels", "Leave some out: a mask has room for 254.")
      }
      let id = isClass ? UInt8(known.count + 1) : isOpen ? 255 : 0
      guard ids.updateValue(id, forKey: name) == nil else {
        throw DatasetError(place, "the label '\(name)' is there twice", "Remove one of them.")
      }
      if isClass { known[id] = name }
      if let colour = colours[name] { palette[Int(id)] = colour }
    }
    guard !known.isEmpty else {
      throw DatasetError(
        place, "there is no label besides the background", "Label something, or name the labels.")
    }
    self.ids = ids
    classes = ClassList(names: known, palette: palette)
  }

  /// Takes the ids of a list.
  init(_ list: ClassList) {
    ids = Dictionary(list.names.map { ($1, $0) }) { first, _ in first }
    classes = list
  }

  /// The id of a name.
  ///
  /// - Returns: nil for a name that no list has.
  subscript(name: String) -> UInt8? {
    if let id = ids[name] { return id }
    let entry = ClassEntry(place: "", id: nil, name: name)
    if entry.isCalledBackground { return classes.background }
    return entry.isCalledIgnored || entry.isLabelmesIgnored ? classes.ignored.max() : nil
  }
}

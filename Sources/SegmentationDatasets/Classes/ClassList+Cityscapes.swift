import ImageFiles

extension ClassList {
  /// Cityscapes' 19 train ids, 0…18, of which 0 is the road: nothing is background, and 255 is left open.
  public static let cityscapes = ClassList(
    names: Dictionary(
      uniqueKeysWithValues: cityscapesTrainIDs.enumerated().map {
        (UInt8($0), cityscapesNames[Int($1) - 4])
      }),
    encoding: LabelEncoding(background: nil, ignored: [255]), palette: Palette.cityscapes)

  /// Cityscapes' 30 classes by their label ids, 4…33; 0…3 are parts of the image that nobody labelled.
  public static let cityscapesLabels = ClassList(
    names: Dictionary(uniqueKeysWithValues: zip(4..., cityscapesNames)),
    encoding: LabelEncoding(background: nil, ignored: [0, 1, 2, 3, 255]),
    palette: cityscapesPalette)

  /// The label id of each train id, by which Cityscapes numbers instances.
  static let cityscapesTrainIDs: [UInt8] = [
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33,
  ]

  /// Source: `cityscapesscripts/helpers/labels.py`, label ids 4 to 33.
  private static let cityscapesNames = names(
    in: """
      static, dynamic, ground, road, sidewalk, parking, rail track, building, wall, fence, guard rail, bridge, \
      tunnel, pole, polegroup, traffic light, traffic sign, vegetation, terrain, sky, person, rider, car, truck, \
      bus, caravan, trailer, train, motorcycle, bicycle
      """)

  private static let cityscapesPalette: [RGB] = {
    var palette = [RGB](repeating: RGB(0, 0, 0), count: 34)
    for (train, label) in cityscapesTrainIDs.enumerated() {
      palette[Int(label)] = Palette.cityscapes[train]
    }
    let others: [(Int, RGB)] = [
      (5, RGB(111, 74, 0)), (6, RGB(81, 0, 81)), (9, RGB(250, 170, 160)), (10, RGB(230, 150, 140)),
      (14, RGB(180, 165, 180)), (15, RGB(150, 100, 100)), (16, RGB(150, 120, 90)),
      (18, RGB(153, 153, 153)), (29, RGB(0, 0, 90)), (30, RGB(0, 0, 110)),
    ]
    for (label, colour) in others { palette[label] = colour }
    return palette
  }()
}

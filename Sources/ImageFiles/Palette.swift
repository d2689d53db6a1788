/// The colours in which datasets show their class ids.
public enum Palette {
  /// PASCAL VOC's colour for each of the 256 ids; 255, the border, is (224, 224, 192).
  ///
  /// The three lowest bits of an id become the highest bits of red, green and blue, the next three
  /// the second highest, and so on, as in VOC's development kit (`VOClabelcolormap.m`).
  public static let voc: [RGB] = (0..<256).map { id in
    var colour = RGB(0, 0, 0)
    var rest = id
    for place in (0..<8).reversed() {
      colour.red |= UInt8(rest & 1) << place
      colour.green |= UInt8(rest >> 1 & 1) << place
      colour.blue |= UInt8(rest >> 2 & 1) << place
      rest >>= 3
    }
    return colour
  }

  /// Cityscapes' colour for each of its 19 train ids, road to bicycle.
  public static let cityscapes: [RGB] = [
    RGB(128, 64, 128), RGB(244, 35, 232), RGB(70, 70, 70), RGB(102, 102, 156),
    RGB(190, 153, 153), RGB(153, 153, 153), RGB(250, 170, 30), RGB(220, 220, 0),
    RGB(107, 142, 35), RGB(152, 251, 152), RGB(70, 130, 180), RGB(220, 20, 60), RGB(255, 0, 0),
    RGB(0, 0, 142), RGB(0, 0, 70), RGB(0, 60, 100), RGB(0, 80, 100), RGB(0, 0, 230),
    RGB(119, 11, 32),
  ]
}

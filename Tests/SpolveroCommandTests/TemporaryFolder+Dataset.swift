import Foundation
import ImageFiles
import TestSupport

extension TemporaryFolder {
  /// Writes a VOC dataset of one photograph with a dog, 48 × 40 pixels.
  func writeDataset(_ name: String) throws {
    let mask = LabelImage(width: 48, height: 40, ids: [UInt8](repeating: 12, count: 48 * 40))
    let photograph = Image(width: 48, height: 40, channels: 3, fill: 90)
    try write(photograph.jpegData(), name + "/JPEGImages/a.jpg")
    try write(mask.pngData(), name + "/SegmentationClass/a.png")
    try write("a\n", name + "/ImageSets/Segmentation/train.txt")
  }
}

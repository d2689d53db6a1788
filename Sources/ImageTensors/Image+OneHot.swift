public import ImageFiles
public import Tensors

extension Image {
  /// A label image as one channel for each class: 1 where a pixel's id is the class, else 0.
  ///
  /// Ids beyond the classes, such as 255 at borders, are the last class.
  ///
  /// - Parameters:
  ///   - classes: How many there are, at least 1. The image has one channel, of ids.
  ///   - device: Where the numbers go.
  /// - Returns: `[1, height, width, classes]`.
  public func oneHot(classes: Int, on device: Device) -> Tensor {
    precondition(
      channels == 1 && classes > 0, "oneHot: \(channels) channels of ids for \(classes) classes")
    var numbers = [Float](repeating: 0, count: pixels.count * classes)
    for (pixel, id) in pixels.enumerated() {
      numbers[pixel * classes + min(Int(id), classes - 1)] = 1
    }
    return Tensor(numbers, [1, height, width, classes], on: device)
  }
}

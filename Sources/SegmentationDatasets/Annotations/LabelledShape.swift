import Foundation
import ImageFiles

/// A shape with its label, as annotations have it.
struct LabelledShape {
  let shape: DrawnLabels.Shape
  let id: UInt8
  /// Shapes of one group and one label are one object; nil for a shape that is one itself.
  let group: String?
  /// What is higher is in front; of equals what comes later.
  let depth: Int
}

extension [LabelledShape] {
  /// What an image's labels are drawn of.
  ///
  /// - Parameters:
  ///   - classes: Which ids name no class, and so are no objects.
  ///   - entry: The image's stem and the file, for what is drawn and for an error.
  /// - Throws: ``DatasetError`` for more objects than an instance mask has room for.
  func labels(
    on size: ImageSize, _ classes: ClassList, of stem: String, _ place: String, in file: URL
  ) throws(DatasetError) -> (mask: LabelSource, instances: LabelSource?) {
    var numbers: [String: Int] = [:]
    var drawn: [(shape: LabelledShape, instance: Int)] = []
    for (index, shape) in enumerated() {
      guard classes.encoding.isLabel(shape.id) else {
        drawn.append((shape, classes.ignored.contains(shape.id) ? 255 : 0))
        continue
      }
      let key = shape.group.map { "\(shape.id) \($0)" } ?? "shape \(index)"
      let number = numbers[key] ?? numbers.count + 1
      numbers[key] = number
      drawn.append((shape, number))
    }
    guard numbers.count <= LabelNumbers.mostObjects else {
      throw DatasetError([
        DatasetProblem(
          stem: stem, place: place, found: "there are \(numbers.count) objects",
          remedy: "An image has room for \(LabelNumbers.mostObjects): group some of them.")
      ])
    }
    let sorted = drawn.enumerated().sorted {
      ($0.element.shape.depth, $0.offset) < ($1.element.shape.depth, $1.offset)
    }.map(\.element)
    func source(_ id: ((shape: LabelledShape, instance: Int)) -> UInt8) -> LabelSource {
      .shapes(
        DrawnLabels(
          size: size, ground: classes.background ?? 255,
          objects: sorted.map { .init($0.shape.shape, id: id($0)) }), in: file)
    }
    let mask = source { $0.shape.id }
    guard !numbers.isEmpty else { return (mask, nil) }
    return (
      mask,
      .shapes(
        DrawnLabels(
          size: size, objects: sorted.map { .init($0.shape.shape, id: UInt8($0.instance)) }),
        in: file)
    )
  }
}

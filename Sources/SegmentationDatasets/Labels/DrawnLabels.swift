import Faults
public import ImageFiles

/// Labels that are drawn: shapes with their ids, one over the other.
public struct DrawnLabels: Sendable, Hashable {
  /// What is drawn.
  public enum Shape: Sendable, Hashable {
    /// Outlines, x and y in turn in pixels, all of one object.
    case polygons([[Double]])
    /// Runs as COCO counts them.
    case runs(RunLengthMask)
  }

  /// One object.
  public struct Object: Sendable, Hashable {
    /// Where it is.
    public let shape: Shape
    /// The id of its pixels; what is drawn over others counts.
    public let id: UInt8

    /// Gives a shape an id.
    public init(_ shape: Shape, id: UInt8) { (self.shape, self.id) = (shape, id) }
  }

  /// The size of the image.
  public let size: ImageSize
  /// The id of pixels without an object.
  public let ground: UInt8
  /// The objects, the hindmost first.
  public let objects: [Object]

  /// Puts objects on an image.
  public init(size: ImageSize, ground: UInt8 = 0, objects: [Object]) {
    (self.size, self.ground, self.objects) = (size, ground, objects)
  }

  /// Draws the objects.
  ///
  /// - Parameter name: What to call their file in an error.
  /// - Throws: `ImageError` for runs of an image of another size.
  func labels(named name: String) throws(ImageError) -> LabelImage {
    var ids = [UInt8](repeating: ground, count: size.width * size.height)
    for object in objects {
      for mask in try object.shape.masks(on: size, name) {
        mask.forEachPixel { ids[$1 * size.width + $0] = object.id }
      }
    }
    return LabelImage(width: size.width, height: size.height, ids: ids)
  }
}

extension DrawnLabels.Shape {
  /// The runs of each part.
  func masks(on size: ImageSize, _ name: String) throws(ImageError) -> [RunLengthMask] {
    switch self {
    case .polygons(let polygons):
      return polygons.map { RunLengthMask(width: size.width, height: size.height, polygon: $0) }
    case .runs(let mask):
      guard mask.width == size.width && mask.height == size.height else {
        throw ImageError(
          .badData, file: name,
          found: "there are runs for \(mask.width)×\(mask.height) pixels, in an image of \(size)",
          remedy: "Correct the size in the file.")
      }
      return [mask]
    }
  }
}

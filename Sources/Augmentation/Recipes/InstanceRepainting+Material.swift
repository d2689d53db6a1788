import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

extension InstanceRepainting {
  /// A photograph, and which of its pixels are which instance.
  public struct Material: RecipeMaterial {
    /// The size at which each instance is painted.
    public let size: GenerationSize
    /// Where the instances are, for messages.
    let place: String
    let photograph: Image
    let mask, numbers: LabelImage
    let extents: [InstanceExtent]
    /// The bytes of the images' masks and instances.
    let maskFile, instancesFile: Data

    /// The bytes of its parts.
    public var byteCount: Int {
      photograph.pixels.count + mask.ids.count + numbers.ids.count + maskFile.count
        + instancesFile.count
    }

    /// Where an instance is: that of its number or, where another layout numbers them otherwise, that of its place.
    func extent(of instance: RepaintedInstance, _ classes: ClassList) throws -> InstanceExtent {
      let alike = extents.filter { instance.isSame(as: $0, classes.words(for: $0.classID)) }
      if let own = alike.first(where: { $0.number == instance.instance }) ?? alike.first {
        return own
      }
      throw AugmentationError(
        .badData,
        "\(place): there is no \(instance.class) of \(instance.box.width)×\(instance.box.height) pixels at "
          + "\(instance.box.x), \(instance.box.y), which the image was made from. Give the dataset as it was."
      )
    }
  }
}

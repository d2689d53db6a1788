package import Foundation
package import ImageFiles

extension AugmentationSettings.ImageFormat {
  /// The bytes of a generated image's file.
  package func data(of image: Image) throws -> Data {
    self == .jpeg ? try image.jpegData(quality: 95, subsampling: .none) : try image.pngData()
  }
}

public import Checkpoints
public import NeuralLayers
public import Tensors

/// The network whose features the Fréchet inception distance compares: Inception-v3 as TensorFlow's distance has it,
/// `pt_inception-2015-12-05` of pytorch-fid.
///
/// Means leave the padding out, and the last block takes the largest instead of the mean, unlike torchvision's network,
/// whose names it has. The classifier on top is not read.
///
/// Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", arXiv 1512.00567; Heusel et al.,
/// "GANs Trained by a Two Time-Scale Update Rule …", arXiv 1706.08500.
public struct FIDInceptionV3: PretrainedModel {
  /// Channels of the features.
  public static let featureCount = 2048
  /// The size to which images are brought, in pixels.
  public static let side = 299

  let stem, entry: [Conv2D]
  let blocks: [InceptionBlock]

  /// The classifier, and how many batches the normalisations have seen.
  public static var ignoredTensors: [String] { ["fc.weight", "fc.bias", "num_batches_tracked"] }

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: FIDInceptionConfiguration) throws {
    let none = Padding()
    stem = [
      try Conv2D(basic: p.Conv2d_1a_3x3, from: 3, to: 32, kernel: 3, stride: 2, padding: none),
      try Conv2D(basic: p.Conv2d_2a_3x3, from: 32, to: 32, kernel: 3, padding: none),
      try Conv2D(basic: p.Conv2d_2b_3x3, from: 32, to: 64, kernel: 3),
    ]
    entry = [
      try Conv2D(basic: p.Conv2d_3b_1x1, from: 64, to: 80),
      try Conv2D(basic: p.Conv2d_4a_3x3, from: 80, to: 192, kernel: 3, padding: none),
    ]
    blocks = [
      try .a(p.Mixed_5b, from: 192, pooled: 32), try .a(p.Mixed_5c, from: 256, pooled: 64),
      try .a(p.Mixed_5d, from: 288, pooled: 64), try .b(p.Mixed_6a, from: 288),
      try .c(p.Mixed_6b, between: 128), try .c(p.Mixed_6c, between: 160),
      try .c(p.Mixed_6d, between: 160), try .c(p.Mixed_6e, between: 192),
      try .d(p.Mixed_7a, from: 768), try .e(p.Mixed_7b, from: 1280, pool: .mean),
      try .e(p.Mixed_7c, from: 2048, pool: .max),
    ]
  }

  /// The features of images.
  ///
  /// - Parameter images: `[N, H, W, 3]`, RGB in 0 … 1, of any size; they are resized to 299×299 between neighbouring
  ///   pixels, without antialiasing, as pytorch-fid does.
  /// - Returns: `[N, 2048]`.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    let resized = images.resize(to: MapSize(height: Self.side, width: Self.side), .bilinear)
    let ones = Tensor(repeating: Float(1), Shape([3]), on: images.device)
    return features(of: Tensor.combine([(Float(2), resized), (Float(-1), ones)]))
  }

  /// The features of images as the network reads them.
  ///
  /// - Parameter images: `[N, H, W, 3]`, RGB in −1 … 1, of at least 75 pixels a side.
  /// - Returns: `[N, 2048]`.
  public func features(of images: Tensor) -> Tensor {
    precondition(
      images.shape.rank == 4 && images.shape[3] == 3 && min(images.shape[1], images.shape[2]) >= 75,
      "FIDInceptionV3: images \(images.shape) must be [N, H, W, 3] of at least 75 pixels a side")
    let first = stem.reduce(images) { $1($0) }.pool(.max, window: 3, stride: 2)
    let second = entry.reduce(first) { $1($0) }.pool(.max, window: 3, stride: 2)
    let last = blocks.reduce(second) { $1($0) }
    return last.globalMean().reshaped([images.shape[0], Self.featureCount])
  }
}

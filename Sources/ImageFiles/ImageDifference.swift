import Foundation

/// How far two images of one size are apart, in levels of 8 bits.
public struct ImageDifference: Sendable, Equatable {
  /// The largest difference of a sample.
  public let largest: Int
  /// The mean difference of all samples.
  public let mean: Double
  /// The peak signal-to-noise ratio, in decibels; nil for equal images, whose ratio has no bound.
  ///
  ///     PSNR = 10 log₁₀(255² / mean of the squared differences)
  public let peakSignalToNoise: Double?

  /// Compares images.
  ///
  /// - Returns: nil where sizes or channels differ.
  public init?(_ image: Image, _ other: Image) {
    guard image.size == other.size && image.channels == other.channels else { return nil }
    var (largest, sum, squares) = (0, 0, 0)
    for (one, another) in zip(image.pixels, other.pixels) {
      let difference = abs(Int(one) - Int(another))
      largest = max(largest, difference)
      sum += difference
      squares += difference * difference
    }
    let count = Double(image.pixels.count)
    self.largest = largest
    mean = Double(sum) / count
    peakSignalToNoise = squares == 0 ? nil : 10 * log10(255 * 255 * count / Double(squares))
  }
}

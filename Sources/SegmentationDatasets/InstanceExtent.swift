public import ImageFiles

/// Where an instance is in an image: the smallest box around what is seen of it.
public struct InstanceExtent: Sendable, Hashable {
  /// Its number within the image, from 1.
  public let number: UInt8
  /// The id of its class.
  public let classID: UInt8
  /// The first column and row of the box, in pixels.
  public let x, y: Int
  /// The extent of the box, in pixels.
  public let width, height: Int
  /// How many pixels are seen of it.
  public let pixels: Int

  /// The side of a square of as many pixels.
  public var side: Double { Double(pixels).squareRoot() }

  /// Describes an instance.
  public init(
    number: UInt8, classID: UInt8, x: Int, y: Int, width: Int, height: Int, pixels: Int
  ) {
    (self.number, self.classID, self.pixels) = (number, classID, pixels)
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// The instances of an image. Crowds and groups are none, and neither is what the mask leaves open.
  ///
  /// - Parameters:
  ///   - instances: The object that each pixel belongs to, numbered from 1; 255 are those that cannot be told.
  ///   - mask: The class of each pixel, of the same size.
  ///   - encoding: Which ids name no class.
  /// - Returns: In the order of their numbers.
  public static func all(
    in instances: LabelImage, of mask: LabelImage, encoding: LabelEncoding
  ) -> [InstanceExtent] {
    precondition(
      instances.size == mask.size,
      "InstanceExtent: instances of \(instances.size) pixels for a mask of \(mask.size)")
    var boxes = [Box](repeating: Box(), count: 256)
    for (pixel, number) in instances.ids.enumerated() where LabelEncoding.voc.isLabel(number) {
      let id = mask.ids[pixel]
      guard encoding.isLabel(id) else { continue }
      boxes[Int(number)].add(id, x: pixel % mask.width, y: pixel / mask.width)
    }
    return boxes.enumerated().filter { $1.pixels > 0 }.map { number, box in
      InstanceExtent(
        number: UInt8(number), classID: box.classID, x: box.left, y: box.top,
        width: box.right - box.left + 1, height: box.bottom - box.top + 1, pixels: box.pixels)
    }
  }

  private struct Box {
    var classID: UInt8 = 0
    var (left, top) = (Int.max, Int.max)
    var (right, bottom) = (0, 0)
    var pixels = 0

    mutating func add(_ id: UInt8, x: Int, y: Int) {
      (left, right) = (min(left, x), max(right, x))
      (top, bottom) = (min(top, y), max(bottom, y))
      (classID, pixels) = (id, pixels + 1)
    }
  }
}

extension LabelImage {
  /// What is seen of an instance: white where its pixels have a class, one channel.
  ///
  /// - Parameters:
  ///   - number: The instance's, within this image.
  ///   - mask: The class of each pixel, of the same size.
  ///   - encoding: Which ids name no class.
  ///   - rim: So many pixels around it go with it where the mask leaves them open, and no other instance has them.
  public func visible(
    _ number: UInt8, in mask: LabelImage, encoding: LabelEncoding, rim: Int = 0
  ) -> Image {
    precondition(mask.size == size, "visible: \(size) of instances for a mask of \(mask.size)")
    let own: [UInt8] = zip(ids, mask.ids).map { instance, id in
      instance == number && encoding.isLabel(id) ? 255 : 0
    }
    let seen = Image(width: width, height: height, channels: 1, pixels: own)
    if rim == 0 { return seen }
    var pixels = seen.grown(by: rim).pixels
    for (pixel, instance) in ids.enumerated() where own[pixel] == 0 {
      let isFree = instance == number || !LabelEncoding.voc.isLabel(instance)
      if !isFree || !encoding.ignored.contains(mask.ids[pixel]) { pixels[pixel] = 0 }
    }
    return Image(width: width, height: height, channels: 1, pixels: pixels)
  }
}

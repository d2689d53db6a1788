import DurableFiles
import Foundation
import ImageFiles

/// A file of Datumaro: the items of one subset.
struct DatumaroFile: Decodable, Sendable {
  struct Label: Decodable, Sendable { let name: String }
  struct Labels: Decodable, Sendable { let labels: [Label] }
  struct Colour: Decodable, Sendable { let label_id, r, g, b: Int }
  struct Colours: Decodable, Sendable { let colormap: [Colour] }
  struct Categories: Decodable, Sendable {
    let label: Labels
    let mask: Colours?
  }

  struct Media: Decodable, Sendable {
    let path: String?
    /// Height and width.
    let size: [Int]?
  }

  struct Item: Decodable, Sendable {
    let id: String
    let annotations: [Annotation]
    let image, media: Media?
  }

  struct Annotation: Decodable, Sendable {
    let type: String
    let label_id: Int?
    let group: Int?
    let z_order: Int?
    let points: [Double]?
    let rle: COCOSegmentation?
    /// Left, top, width and height.
    let bbox: [Double]?
  }

  let categories: Categories
  let items: [Item]

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError`` for one that cannot be read or is no such file.
  init(contentsOf url: URL) throws(DatasetError) {
    let data = try SegmentationDatasets.contents(
      of: url, "the annotations", "Check its permissions.")
    do { self = try JSONDecoder.python.decode(DatumaroFile.self, from: data) } catch {
      let reason = (error as? DecodingError).map { " (\(summary(of: $0)))" } ?? ""
      throw DatasetError(
        url.path, "this is no file of Datumaro's annotations\(reason)",
        "Expected an object with categories and items; export it as 'Datumaro 1.0'.")
    }
  }

  /// The colours of labels, by their names.
  var colours: [String: RGB] {
    let names = categories.label.labels.map(\.name)
    return (categories.mask?.colormap ?? []).reduce(into: [:]) { colours, colour in
      guard names.indices.contains(colour.label_id), let red = UInt8(exactly: colour.r),
        let green = UInt8(exactly: colour.g), let blue = UInt8(exactly: colour.b)
      else { return }
      colours[names[colour.label_id]] = RGB(red, green, blue)
    }
  }
}

extension DatumaroFile.Annotation {
  /// What covers pixels, what does not, and what is about a whole image.
  private static let areas = ["polygon", "mask", "ellipse", "bbox"]
  private static let remarks = ["label", "caption"]

  /// Whether Datumaro would draw it.
  var isShape: Bool { !Self.remarks.contains(type) }

  /// The pixels of a shape.
  ///
  /// - Parameter complain: Makes an error of what was found and what to do.
  func drawn(
    on size: ImageSize, _ complain: (_ found: String, _ remedy: String) -> DatasetError
  ) throws(DatasetError) -> DrawnLabels.Shape {
    guard Self.areas.contains(type) else {
      throw complain(
        "an annotation of the type '\(type)' covers no pixels that are told",
        "Make a polygon or mask of it, or remove it.")
    }
    let numbers = (type == "bbox" ? bbox : points) ?? []
    let shape: DrawnLabels.Shape? =
      switch type {
      case "polygon": .outlines([numbers])
      case "mask": rle?.shape
      case "ellipse" where numbers.count == 4:
        .ellipse(
          (numbers[0] + numbers[2]) / 2, (numbers[1] + numbers[3]) / 2,
          radii: (abs(numbers[2] - numbers[0]) / 2, abs(numbers[3] - numbers[1]) / 2))
      case "bbox" where numbers.count == 4:
        .box((numbers[0], numbers[0] + numbers[2]), (numbers[1], numbers[1] + numbers[3]))
      default: nil
      }
    guard let shape, shape.fits(size) else {
      throw complain(
        "this is no \(type) on an image of \(size)", "Correct the file, or export it again.")
    }
    return shape
  }
}

extension DrawnLabels.Shape {
  /// Whether runs, if it is some, fill an image.
  fileprivate func fits(_ size: ImageSize) -> Bool {
    guard case .runs(let mask) = self else { return true }
    return mask.width == size.width && mask.height == size.height
  }
}

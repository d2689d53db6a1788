/// What `score` found.
struct ScoreReport: Codable {
  /// How many images were asked about.
  let images: Int
  /// How many instances of them, where these were.
  let instances: Int?
  var clipScore: CLIP?
  var fid: FID?
  var agreement: Agreement?

  init(images: Int, instances: Int? = nil) { (self.images, self.instances) = (images, instances) }

  /// CLIPScore of the images that have a caption.
  struct CLIP: Codable {
    struct Entry: Codable {
      let image: String
      /// The number of an instance within the image; nil for the whole image.
      let instance: UInt8?
      let caption: String
      let score: Double
    }
    let mean: Double
    let each: [Entry]
  }

  /// The Fréchet inception distance.
  struct FID: Codable {
    let distance: Double
    /// Of infinitely many images; nil where there are too few to tell.
    let extrapolated: Double?
    let referenceImages: Int
  }

  /// How well a segmenter finds what the masks say: intersections over unions, those of borders too.
  struct Agreement: Codable {
    struct Class: Codable {
      let name: String
      let id: UInt8
      /// How many masks show it.
      let images: Int
      let iou, boundaryIoU: Double?
    }
    struct Entry: Codable {
      let image: String
      let meanIoU, meanBoundaryIoU: Double?
      /// By class name.
      let iou: [String: Double]
    }
    let meanIoU, meanBoundaryIoU: Double?
    let classes: [Class]
    let each: [Entry]
  }

  var lines: [String] {
    var rows = [["images", "\(images)"]] + (instances.map { [["instances", "\($0)"]] } ?? [])
    if let clipScore {
      rows.append(["with a caption", "\(clipScore.each.count)"])
      rows.append(["CLIPScore, mean", clipScore.mean.text(places: 4)])
    }
    if let fid {
      rows.append([
        instances == nil ? "reference images" : "reference instances", "\(fid.referenceImages)",
      ])
      rows.append(["FID", fid.distance.text(places: 3)])
      if let extrapolated = fid.extrapolated {
        rows.append(["FID of infinitely many images", extrapolated.text(places: 3)])
      }
    }
    if let agreement {
      rows.append(["agreement, mIoU in %", Self.percent(agreement.meanIoU)])
      rows.append(["boundary mIoU in %", Self.percent(agreement.meanBoundaryIoU)])
    }
    return Array(table(["", ""], rows).dropFirst()) + classLines
  }

  /// The classes that are somewhere.
  private var classLines: [String] {
    guard let agreement else { return [] }
    return [""]
      + table(
        ["class", "IoU in %", "boundary IoU in %", "images"],
        agreement.classes.filter { $0.iou != nil }.map {
          [$0.name, Self.percent($0.iou), Self.percent($0.boundaryIoU), "\($0.images)"]
        })
  }

  private static func percent(_ share: Double?) -> String {
    share.map { (100 * $0).text(places: 2) } ?? "–"
  }
}

/// What `score` found.
struct ScoreReport: Encodable {
  /// How many images were asked about.
  let images: Int
  var clipScore: CLIP?
  var fid: FID?

  init(images: Int) { self.images = images }

  /// CLIPScore of the images that have a caption.
  struct CLIP: Encodable {
    struct Entry: Encodable {
      let image, caption: String
      let score: Double
    }
    let mean: Double
    let each: [Entry]
  }

  /// The Fréchet inception distance.
  struct FID: Encodable {
    let distance: Double
    /// Of infinitely many images; nil where there are too few to tell.
    let extrapolated: Double?
    let referenceImages: Int
  }

  var lines: [String] {
    var rows = [["images", "\(images)"]]
    if let clipScore {
      rows.append(["with a caption", "\(clipScore.each.count)"])
      rows.append(["CLIPScore, mean", clipScore.mean.text(places: 4)])
    }
    if let fid {
      rows.append(["reference images", "\(fid.referenceImages)"])
      rows.append(["FID", fid.distance.text(places: 3)])
      if let extrapolated = fid.extrapolated {
        rows.append(["FID of infinitely many images", extrapolated.text(places: 3)])
      }
    }
    return Array(table(["", ""], rows).dropFirst())
  }
}

import DatasetEvaluation
import Foundation
import ImageFiles
import SegmentationDatasets
import Tensors
import TestSupport
import Testing

@Suite struct ConfusionMatrixTests {
  private let classes = ClassList(names: [1: "a", 2: "b", 3: "c", 4: "d"])

  private func labels(_ ids: [UInt8]) -> LabelImage {
    LabelImage(width: ids.count, height: 1, ids: ids)
  }

  @Test func isThatOfTorchmetrics() throws {
    let f = try Fixture("segmentation_scores")
    func ids(_ name: String) -> [UInt8] { f[name].floats().map { UInt8($0) } }
    var matrix = ConfusionMatrix(classes)
    for image in 0..<3 {
      let pixels = image * 600..<(image + 1) * 600
      matrix.add(
        labels(Array(ids("prediction")[pixels])), reference: labels(Array(ids("reference")[pixels]))
      )
    }
    let counts = matrix.ids.flatMap { row in
      matrix.ids.map { Float(matrix.count(of: row, takenFor: $0)) }
    }
    #expect(counts == f["confusion"].floats())
    func expect(_ found: [Double?], _ name: String) {
      expectClose(found.map { Float($0 ?? .nan) }, f[name].floats(), within: .float32)
    }
    expect(matrix.intersectionsOverUnions, "iou")
    expect([matrix.meanIntersectionOverUnion], "mean_iou")
    expect(matrix.accuracies, "accuracy")
    expect([matrix.meanAccuracy], "mean_accuracy")
    expect([matrix.pixelAccuracy], "pixel_accuracy")
  }

  /// What is in no mask is in no mean; what is in a prediction alone has an IoU of zero and no accuracy.
  @Test func absentClassesAreLeftOut() {
    var matrix = ConfusionMatrix(classes)
    matrix.add(labels([0, 0, 1, 2]), reference: labels([0, 0, 1, 1]))
    #expect(matrix.intersectionsOverUnions == [1, 0.5, 0, nil, nil])
    #expect(matrix.meanIntersectionOverUnion == 0.5)
    #expect(matrix.accuracies == [1, 0.5, nil, nil, nil])
    #expect(matrix.meanAccuracy == 0.75 && matrix.pixelAccuracy == 0.75)
  }

  /// A segmenter that leaves pixels open is wrong there, unless the reference leaves them open too.
  @Test func aPredictionOfNoClassIsWrong() {
    var matrix = ConfusionMatrix(classes)
    matrix.add(labels([255, 1, 9, 1]), reference: labels([1, 1, 1, 255]))
    #expect(matrix.pixelAccuracy == 1.0 / 3)
    #expect(matrix.intersectionsOverUnions[1] == 1.0 / 3)
  }

  @Test func withoutBackgroundZeroIsAClass() {
    let classes = ClassList(
      names: [0: "road", 1: "walk"], encoding: LabelEncoding(background: nil, ignored: [255]))
    let matrix = ConfusionMatrix(classes)
    #expect(matrix.ids == [0, 1])
    #expect(matrix.meanIntersectionOverUnion == nil && matrix.pixelAccuracy == nil)
  }

  @Test func isDrawnInItsColours() {
    var matrix = ConfusionMatrix(classes)
    matrix.add(labels([0, 1, 2, 2]), reference: labels([0, 1, 1, 1]))
    let picture = matrix.picture(cell: 4)
    #expect(picture.size == ImageSize(width: 24, height: 24))
    func colour(_ column: Int, _ row: Int) -> [UInt8] {
      let pixel = 3 * (row * 4 * 24 + column * 4)
      return Array(picture.pixels[pixel..<pixel + 3])
    }
    // The colour of class 1 in VOC's palette, a share of one, of none, and a class without pixels.
    #expect(colour(0, 2) == [128, 0, 0] && colour(2, 0) == [128, 0, 0])
    #expect(colour(1, 1) == [8, 29, 88])
    #expect(colour(2, 1) == [255, 255, 255])
    #expect(colour(4, 4) == [200, 200, 200])
    #expect(colour(3, 2)[0] < colour(2, 2)[0])
  }
}

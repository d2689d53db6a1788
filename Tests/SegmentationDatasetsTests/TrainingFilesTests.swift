import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

/// What is written for other programs; `tools/check_layouts.py` tries it with them.
@Suite struct TrainingFilesTests {
  private func files(
    _ layout: any DatasetLayout, _ classes: ClassList, _ names: [String] = ["a.jpg"]
  ) -> [String: String] {
    TrainingFiles(
      layout, classes, splits: [.init("train"), .init("generated", in: "train")],
      photographs: names.map { URL(filePath: "/data/\($0)") }
    ).files
  }

  @Test func pathsAreTheLayouts() throws {
    let voc = files(VOCLayout(), .voc)
    let configuration = try #require(voc["mmsegmentation.py"])
    #expect(configuration.contains(#"ann_file="ImageSets/Segmentation/train.txt""#))
    #expect(configuration.contains(#"img_path="JPEGImages/", seg_map_path="SegmentationClass/""#))
    #expect(configuration.contains("num_classes=21") && configuration.contains(#"("background", "#))
    let program = try #require(voc["dataset.py"])
    #expect(
      program.contains(
        #""generated": ("ImageSets/Segmentation/generated.txt", "JPEGImages/{}", "SegmentationClass/{}.png")"#
      ))
    let street = files(CityscapesLayout(), .cityscapes, ["a.png"])
    #expect(
      street["mmsegmentation.py"]?.contains(#"seg_map_suffix="_gtFine_labelTrainIds.png""#) == true)
    #expect(street["dataset.py"]?.contains(#""leftImg8bit/train/{}_leftImg8bit""#) == true)
    let coco = files(COCOLayout(), .voc)
    #expect(coco["mmsegmentation.py"]?.contains(#"ann_file="""#) == true)
  }

  @Test func zeroIsLeftOpenWhereItIsNoClass() throws {
    let ade = try #require(files(ADE20KLayout(), .ade20k)["mmsegmentation.py"])
    #expect(ade.contains("reduce_zero_label=True") && ade.contains("num_classes=150"))
    #expect(ade.contains(#"classes=("wall", "#))
  }

  @Test func whatMMSegmentationCannotFollowHasNoConfiguration() {
    #expect(files(VOCLayout(), .voc, ["a.jpg", "b.png"]).keys.sorted() == ["dataset.py"])
    #expect(files(CityscapesLayout(), .cityscapesLabels).keys.sorted() == ["dataset.py"])
  }
}

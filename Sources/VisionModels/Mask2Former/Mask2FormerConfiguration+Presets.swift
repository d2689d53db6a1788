extension Mask2FormerConfiguration {
  /// With Swin-L, of windows of 12, for the 80 classes of objects of COCO.
  public static var swinLarge: Self {
    var configuration = Self()
    configuration.backbone.swin.embedDim = 192
    configuration.backbone.swin.numHeads = [6, 12, 24, 48]
    configuration.backbone.swin.windowSize = 12
    configuration.numQueries = 200
    configuration.id2label = LabelNames(count: 80)
    return configuration
  }
}

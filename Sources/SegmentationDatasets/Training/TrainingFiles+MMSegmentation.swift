import ImageFiles

extension TrainingFiles {
  /// A configuration of the data, for the `_base_` of another.
  ///
  /// Source: MMSegmentation's `configs/_base_/datasets`, without the photometric distortion.
  func configuration(_ pathExtension: String, reducesZero: Bool) -> String {
    let ids = (reducesZero ? 1 : 0)...Int(classes.ids.last ?? 0)
    let names = ids.map { Self.quoted(classes.name(of: UInt8($0))) }.joined(separator: ", ")
    let palette = ids.map { id in
      let colour = classes.palette[id]
      return "(\(colour.red), \(colour.green), \(colour.blue))"
    }.joined(separator: ", ")
    func dataset(_ split: Split, in root: String, _ pipeline: String) -> String {
      let (images, masks) = (images(split, pathExtension), masks(split))
      let list = layout.listPath(of: split.name)
      return """
        dict(
                type="BaseSegDataset",
                data_root=\(root),
                metainfo=metainfo,
                ann_file=\(Self.quoted(list.hasSuffix(".txt") ? list : "")),
                data_prefix=dict(img_path=\(Self.quoted(images.folder)), seg_map_path=\(Self.quoted(masks.folder))),
                img_suffix=\(Self.quoted(images.end)),
                seg_map_suffix=\(Self.quoted(masks.end)),
                reduce_zero_label=\(reducesZero ? "True" : "False"),
                pipeline=\(pipeline),
            )
        """
    }
    let validation = splits.first { $0.name == "val" } ?? Split("val")
    return """
      # MMSegmentation 1.x: put this file into the _base_ of a configuration, beside a model and a schedule, and give the
      # model's heads num_classes=\(ids.count).
      data_root = "{{ fileDirname }}"
      # Validate on photographs, never on repaintings: where there is no split 'val' here, name the originals' folder.
      val_root = data_root
      metainfo = dict(
          classes=(\(names),),
          palette=[\(palette)],
      )
      train_pipeline = [
          dict(type="LoadImageFromFile"),
          dict(type="LoadAnnotations"),
          dict(type="RandomResize", scale=(2048, 512), ratio_range=(0.5, 2.0), keep_ratio=True),
          dict(type="RandomCrop", crop_size=(512, 512), cat_max_ratio=0.75),
          dict(type="RandomFlip", prob=0.5),
          dict(type="PackSegInputs"),
      ]
      test_pipeline = [
          dict(type="LoadImageFromFile"),
          dict(type="Resize", scale=(2048, 512), keep_ratio=True),
          dict(type="LoadAnnotations"),
          dict(type="PackSegInputs"),
      ]
      train_dataloader = dict(
          batch_size=4,
          num_workers=2,
          sampler=dict(type="InfiniteSampler", shuffle=True),
          dataset=\(dataset(training, in: "data_root", "train_pipeline")),
      )
      val_dataloader = dict(
          batch_size=1,
          num_workers=2,
          sampler=dict(type="DefaultSampler", shuffle=False),
          dataset=\(dataset(validation, in: "val_root", "test_pipeline")),
      )
      test_dataloader = val_dataloader
      val_evaluator = dict(type="IoUMetric", iou_metrics=["mIoU"])
      test_evaluator = val_evaluator

      """
  }
}

import Faults

extension Remedy {
  /// The option that sets it, with the values that would do.
  var option: String {
    values.isEmpty ? setting.option : "\(setting.option) \(values.joined(separator: " or "))"
  }
}

extension Remedy.Setting {
  /// What it is called on the command line.
  var option: String {
    switch self {
    case .device: "--device"
    case .precision: "--precision"
    case .offloading: "--offload"
    case .batchSize: "--batch-size"
    case .tiling: "--vae-tiling"
    case .scheduler: "--scheduler"
    case .steps: "--steps"
    case .guidanceScale: "--cfg-scale"
    case .guidanceInterval: "--guidance-interval"
    case .deepFeatureInterval: "--reuse-deep-features"
    case .encodeRatio: "--encode-ratio"
    case .image: "--init-image"
    case .mask: "--mask"
    case .resolution: "--resolution"
    case .targetPerClass: "--target-per-class"
    case .images: "--images"
    case .copies: "--copies"
    case .oversampling: "--oversample"
    case .minFit: "--min-fit"
    case .retries: "--retries"
    case .imageWeight: "--image-weight"
    case .labelWeight: "--label-weight"
    case .borderAsBackground: "--border-as-background"
    case .repaintedPart: "--repaint"
    case .output: "--output"
    case .outputLayout: "--output-layout"
    case .originals: "--originals"
    case .captions: "--captions"
    case .classes: "--classes"
    case .firstClassID: "--first-class-id"
    case .shard: "--shard"
    case .starts: "--starts"
    case .probability: "--probability"
    case .best: "--best"
    case .classMap: "--class-map"
    case .recipe: "--recipe"
    case .instanceSize: "--least-instance"
    case .smallInstances: "--small-instances"
    case .instanceMargin: "--instance-margin"
    case .instancesPerImage: "--instances-per-image"
    case .instancePrompt: "--instance-prompt"
    case .instanceGenerator: "--generator"
    }
  }
}

extension String {
  /// The message, and after it the options that belong to it, each once.
  func naming(_ remedies: [Remedy]) -> String {
    let options = remedies.reduce(into: [String]()) { options, remedy in
      if !options.contains(remedy.option) { options.append(remedy.option) }
    }
    if options.isEmpty { return self }
    let heading = options.count == 1 ? "Option" : "Options"
    return self + (hasSuffix(".") ? "" : ".") + (contains("\n") ? "\n" : " ")
      + "\(heading): \(options.joined(separator: ", "))."
  }
}

extension PublishedModel {
  /// What augmenting photographs takes: a pipeline, an adapter for it and, for line art, the annotator.
  static let all = [
    PublishedModel(
      purpose: "Stable Diffusion 1.5: images of about 512×512",
      repository: "stable-diffusion-v1-5/stable-diffusion-v1-5", files: pipelineFiles,
      bytes: 2_130_000_000, licence: "CreativeML Open RAIL-M", folder: "sd15"),
    PublishedModel(
      purpose: "Stable Diffusion 1.5: adapter for Canny's edges",
      repository: "TencentARC/t2iadapter_canny_sd15v2",
      files: ["config.json", torchWeights], pickle: torchWeights, bytes: 308_000_000,
      licence: "Apache 2.0", folder: "canny-sd15"),
    PublishedModel(
      purpose: "Stable Diffusion 1.5: adapter for sketches",
      repository: "TencentARC/t2iadapter_sketch_sd15v2",
      files: ["config.json", torchWeights], pickle: torchWeights, bytes: 308_000_000,
      licence: "Apache 2.0", folder: "sketch-sd15"),
    PublishedModel(
      purpose: "Stable Diffusion XL: images of about 1024×1024",
      repository: "stabilityai/stable-diffusion-xl-base-1.0", files: pipelineFiles,
      bytes: 6_940_000_000, licence: "CreativeML Open RAIL++-M", folder: "sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: adapter for Canny's edges",
      repository: "TencentARC/t2i-adapter-canny-sdxl-1.0",
      files: adapterFiles, bytes: 158_000_000, licence: "Apache 2.0", folder: "canny-sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: adapter for line art",
      repository: "TencentARC/t2i-adapter-lineart-sdxl-1.0",
      files: adapterFiles, bytes: 158_000_000, licence: "Apache 2.0", folder: "lineart-sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: adapter for sketches",
      repository: "TencentARC/t2i-adapter-sketch-sdxl-1.0",
      files: adapterFiles, bytes: 158_000_000, licence: "Apache 2.0", folder: "sketch-sdxl"),
    PublishedModel(
      purpose: "line-art annotator, for --prior-model", repository: "lllyasviel/Annotators",
      files: ["sk_model.pth"], pickle: "sk_model.pth", bytes: 17_200_000,
      licence: "not named", folder: "lineart"),
  ]

  private static let pipelineFiles = [
    "*.json", "*/merges.txt", "unet/*.fp16.safetensors", "vae/*.fp16.safetensors",
    "text_encoder*/*.fp16.safetensors",
  ]
  private static let adapterFiles = ["config.json", "*.fp16.safetensors"]
  private static let torchWeights = "diffusion_pytorch_model.bin"
}

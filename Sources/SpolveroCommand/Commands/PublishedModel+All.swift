extension PublishedModel {
  /// What augmenting photographs takes: a pipeline, an adapter for it, the
  /// annotator's network, where one draws, and a captioner.
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
      purpose: "Stable Diffusion 1.5: ControlNet for Canny's edges",
      repository: "lllyasviel/control_v11p_sd15_canny", files: adapterFiles, bytes: 723_000_000,
      licence: "OpenRAIL", folder: "control-canny-sd15"),
    PublishedModel(
      purpose: "Stable Diffusion XL: images of about 1024×1024",
      repository: "stabilityai/stable-diffusion-xl-base-1.0", files: pipelineFiles,
      bytes: 6_940_000_000, licence: "CreativeML Open RAIL++-M", folder: "sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: adapter for Canny's edges",
      repository: "TencentARC/t2i-adapter-canny-sdxl-1.0",
      files: adapterFiles, bytes: 158_000_000, licence: "Apache 2.0", folder: "canny-sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: ControlNet for Canny's edges",
      repository: "diffusers/controlnet-canny-sdxl-1.0", files: adapterFiles,
      bytes: 2_500_000_000, licence: "OpenRAIL++", folder: "control-canny-sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: adapter for line art",
      repository: "TencentARC/t2i-adapter-lineart-sdxl-1.0",
      files: adapterFiles, bytes: 158_000_000, licence: "Apache 2.0", folder: "lineart-sdxl"),
    PublishedModel(
      purpose: "Stable Diffusion XL: adapter for sketches",
      repository: "TencentARC/t2i-adapter-sketch-sdxl-1.0",
      files: adapterFiles, bytes: 158_000_000, licence: "Apache 2.0", folder: "sketch-sdxl"),
    annotator("hed, soft edges", "ControlNetHED.pth", 29_400_000, "hed"),
    annotator("pidinet, edges", "table5_pidinet.pth", 2_870_000, "pidinet"),
    annotator("depth", "dpt_hybrid-midas-501f0c75.pt", 493_000_000, "depth"),
    annotator("lineart", "sk_model.pth", 17_200_000, "lineart"),
    annotator("lineart-coarse", "sk_model2.pth", 17_200_000, "lineart-coarse"),
    annotator("lineart-anime", "netG.pth", 218_000_000, "lineart-anime"),
    PublishedModel(
      purpose: "captioner: BLIP, base", repository: "Salesforce/blip-image-captioning-base",
      files: ["*.json", "vocab.txt", "model.safetensors"], bytes: 990_000_000,
      licence: "BSD 3-clause", folder: "blip"),
    PublishedModel(
      purpose: "captioner: BLIP-2 with OPT of 2.7 billion parameters",
      repository: "Salesforce/blip2-opt-2.7b", files: ["*.json", "model-*.safetensors"],
      bytes: 14_980_000_000, licence: "MIT", folder: "blip2"),
  ]

  /// A network for `--model` of 'annotate' and `--prior-model`.
  private static func annotator(
    _ name: String, _ file: String, _ bytes: Int, _ folder: String
  ) -> PublishedModel {
    PublishedModel(
      purpose: "annotator: \(name)", repository: "lllyasviel/Annotators", files: [file],
      pickle: file,
      bytes: bytes, licence: "not named", folder: folder)
  }

  private static let pipelineFiles = [
    "*.json", "*/merges.txt", "unet/*.fp16.safetensors", "vae/*.fp16.safetensors",
    "text_encoder*/*.fp16.safetensors",
  ]
  private static let adapterFiles = ["config.json", "*.fp16.safetensors"]
  private static let torchWeights = "diffusion_pytorch_model.bin"
}

extension ModelFamily {
  /// All families. Where two cover a name, the first has it.
  ///
  /// Source: the classes of diffusers and transformers.
  static let all = pipelines + denoisers + controls + autoencoders + words + sight

  private static let pipelines = [
    ModelFamily("paints new content into a part of an image", "StableDiffusion*InpaintPipeline"),
    ModelFamily("paints on top of an image", "StableDiffusion*Img2ImgPipeline"),
    ModelFamily(
      "paints along a control image, with a ControlNet", "StableDiffusion3ControlNetPipeline"),
    ModelFamily("paints as Stable Diffusion 3, with a transformer", "StableDiffusion3*Pipeline"),
    ModelFamily("paints as Flux, with a transformer", "Flux*Pipeline"),
    ModelFamily("changes an image as words say", "StableDiffusion*InstructPix2PixPipeline"),
    ModelFamily(
      "paints objects of given images into boxes", "StableDiffusionGLIGENTextImagePipeline"),
    ModelFamily("enlarges an image", "StableDiffusion*UpscalePipeline"),
    ModelFamily("paints in very few steps", "LatentConsistencyModel*Pipeline"),
    ModelFamily("paints in a very small latent space", "StableCascade*Pipeline"),
    ModelFamily(
      "paints with a transformer", "PixArt*Pipeline", "SanaPipeline", "HunyuanDiT*Pipeline",
      "AuraFlowPipeline", "LuminaPipeline", "QwenImagePipeline", "ZImagePipeline"),
    ModelFamily("finds depth, normals or materials in an image", "Marigold*Pipeline"),
    ModelFamily(
      "makes videos", "StableVideoDiffusionPipeline", "AnimateDiff*Pipeline", "CogVideoX*Pipeline",
      "HunyuanVideo*Pipeline", "LTXPipeline", "WanPipeline", "MochiPipeline"),
  ]

  /// What stands where a UNet may stand.
  private static let denoisers = [
    ModelFamily("denoises the latents of Stable Diffusion 3", "SD3Transformer2DModel"),
    ModelFamily("denoises the latents of Flux", "Flux*Transformer2DModel"),
    ModelFamily("denoises images and words together", "UniDiffuserModel"),
    ModelFamily("denoises latents with a transformer", "*Transformer2DModel", "*DiT2DModel"),
    ModelFamily(
      "denoises videos", "*Transformer3DModel", "UNet3DConditionModel", "UNetMotionModel",
      "UNetSpatioTemporalConditionModel"),
    ModelFamily("denoises images without a prompt", "UNet2DModel"),
  ]

  /// What is added to a network that denoises.
  private static let controls = [
    ModelFamily(
      "steers a UNet along a control image", "ControlNetUnionModel", "MultiControlNetModel",
      "ControlNetXSAdapter"),
    ModelFamily("steers a transformer along a control image", "*ControlNetModel"),
    ModelFamily("holds several T2I-Adapters", "MultiAdapter"),
    ModelFamily("adds motion to a UNet", "MotionAdapter"),
  ]

  private static let autoencoders = [
    ModelFamily("packs images into latents, small and fast, for previews", "AutoencoderTiny"),
    ModelFamily("packs images, videos or sound into latents", "Autoencoder*"),
    ModelFamily("packs images into entries of a code book", "VQModel"),
  ]

  /// What reads or writes words.
  private static let words = [
    ModelFamily("describes images in words, as BLIP-2", "Blip2*", "InstructBlip*", "blip-2"),
    ModelFamily("describes images in words, as BLIP", "Blip*", "blip"),
    ModelFamily("describes images in words, as GIT", "GitForCausalLM", "git"),
    ModelFamily("talks about images", "Llava*", "Qwen2VL*", "Qwen2_5_VL*", "llava"),
    ModelFamily("finds areas by words", "CLIPSeg*", "clipseg"),
    ModelFamily("compares images with words, as SigLIP", "Siglip*", "siglip*"),
    ModelFamily("encodes prompts, as T5", "T5*", "UMT5*", "t5", "umt5"),
    ModelFamily("finds images that are not safe for work", "StableDiffusionSafetyChecker"),
  ]

  /// What looks at images.
  private static let sight = [
    ModelFamily(
      "finds the class of every pixel, as UPerNet", "UperNet*", "upernet"),
    ModelFamily("says what an image shows", "SegformerForImageClassification"),
    ModelFamily(
      "finds classes of pixels and instances of objects", "Mask2Former*", "MaskFormer*",
      "OneFormer*", "mask2former", "maskformer", "oneformer"),
    ModelFamily("cuts out what is pointed at", "SamModel", "Sam2Model", "sam", "sam2"),
    ModelFamily("finds objects and their boxes", "Detr*", "detr"),
    ModelFamily(
      "finds the depth of every pixel", "DPT*", "DepthAnything*", "ZoeDepth*", "GLPN*", "dpt",
      "depth_anything", "zoedepth", "glpn"),
    ModelFamily(
      "says what an image shows", "ViT*", "Beit*", "Dinov2*", "ResNet*", "ConvNext*", "vit",
      "beit", "dinov2", "resnet", "convnext"),
  ]
}

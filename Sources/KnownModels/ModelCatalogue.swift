import DiffusionModels
import LanguageModels
public import NeuralLayers
import VisionModels

/// The models that this engine runs: the one place that lists them all.
public enum ModelCatalogue {
  /// Their types by what `config.json` calls them: diffusers' class or transformers' architecture, or
  /// the kind of model where that is all the file names.
  public static let models: [String: any PretrainedModel.Type] = [
    "AutoencoderKL": AutoencoderKL.self,
    "Blip2ForConditionalGeneration": Blip2ForConditionalGeneration.self,
    "BlipForConditionalGeneration": BlipForConditionalGeneration.self,
    "CLIPModel": CLIPModel.self,
    "CLIPTextModel": CLIPTextModel.self,
    "CLIPTextModelWithProjection": CLIPTextModel.self,
    "CLIPVisionModel": CLIPVisionModel.self,
    "CLIPVisionModelWithProjection": CLIPVisionModel.self,
    "ControlNetHED": ControlNetHED.self,
    "ControlNetModel": ControlNetModel.self,
    "DPTDepthModel": DPTDepthModel.self,
    "EncoderDecoder": EncoderDecoder.self,
    "FIDInceptionV3": FIDInceptionV3.self,
    "LineArtGenerator": LineArtGenerator.self,
    "Mask2FormerForUniversalSegmentation": Mask2FormerForUniversalSegmentation.self,
    "OneFormerForUniversalSegmentation": OneFormerForUniversalSegmentation.self,
    "PiDiNet": PiDiNet.self,
    "SegformerForSemanticSegmentation": SegformerForSemanticSegmentation.self,
    "T2IAdapter": T2IAdapter.self,
    "UNet2DConditionModel": UNet2DConditionModel.self,
    "UnetGenerator": UnetGenerator.self,
    "clip": CLIPModel.self,
    "clip_text_model": CLIPTextModel.self,
    "clip_vision_model": CLIPVisionModel.self,
  ]
}

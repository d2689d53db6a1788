import LanguageModels

/// How well captions say what images show: 2.5 · max(cos, 0) of CLIP's embeddings.
///
/// Source: Hessel et al., "CLIPScore: A Reference-free Evaluation Metric for Image Captioning", EMNLP 2021, arXiv
/// 2104.08718. The original's numbers are those of OpenAI's ViT-B/32.
public enum CLIPScore {
  /// What the original writes before each caption.
  public static let prefix = "A photo depicts "

  /// What cosines are multiplied by.
  public static let weight = 2.5

  /// The score of an image and a caption.
  ///
  /// - Parameters:
  ///   - image: The image's embedding.
  ///   - caption: The embedding of ``prefix`` and the caption.
  /// - Returns: At least 0; NaN where an embedding is zero.
  public static func score(_ image: [Float], _ caption: [Float]) -> Double {
    let cosine = cosine(image, caption)
    return cosine < 0 ? 0 : weight * cosine
  }
}

public import DiffusionPipelines

/// The ways in which a model paints an instance anew.
public enum InstanceGenerator: String, Codable, Sendable, CaseIterable {
  /// GLIGEN: the model is told the instance's box, and what is in it.
  case gligen
  /// A model for inpainting reads the mask and what lies around it.
  case inpainting
  /// Blended Latent Diffusion: any other model, to which what lies around the mask comes back after each step.
  case blended
}

extension StableDiffusionPipeline {
  /// How the model can paint an instance, what it is made for first.
  public var instanceGenerators: [InstanceGenerator] {
    if takesBoxes { return readsMasks ? [.gligen] : [.gligen, .blended] }
    return readsMasks ? [.inpainting] : [.blended]
  }
}

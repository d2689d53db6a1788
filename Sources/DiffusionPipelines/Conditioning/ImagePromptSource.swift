public import Foundation

/// Where the two networks are that show images to a model as prompts.
public struct ImagePromptSource: Sendable, Equatable {
  /// An IP-Adapter's file of weights, such as `ip-adapter_sd15.safetensors`.
  public var adapter: URL
  /// The folder of the vision encoder that it was trained with.
  public var encoder: URL

  /// Names both.
  public init(adapter: URL, encoder: URL) { (self.adapter, self.encoder) = (adapter, encoder) }
}

import NeuralLayers
public import Tensors

/// What the transformer blocks of a UNet make of objects in boxes: the same in every step.
///
/// Made by ``UNet2DConditionModel/project(objects:)``, for that network only.
public struct ObjectContext: Sendable {
  /// In the order of ``PromptContext``.
  let blocks: [KeysAndValues]

  /// That of the last samples.
  public func suffix(_ samples: Int) -> ObjectContext {
    ObjectContext(blocks: blocks.map { $0.suffix(samples) })
  }
}

extension UNet2DConditionModel {
  /// Objects that an image can have at most.
  public static let objectSlots = 30

  /// Whether the network takes objects in boxes.
  public var takesObjects: Bool { positionNet != nil }

  /// Makes tokens of objects.
  ///
  /// - Parameters:
  ///   - objects: Those of each sample, at most ``objectSlots``; none for a sample without a condition.
  ///   - device: Where the network is.
  /// - Returns: `[N, objectSlots, crossAttentionDim]`.
  public func tokens(of objects: [[GroundedObject]], on device: Device) -> Tensor {
    guard let positionNet else {
      preconditionFailure("UNet2DConditionModel: attention_type default takes no objects")
    }
    precondition(
      objects.allSatisfy { $0.count <= Self.objectSlots },
      "UNet2DConditionModel: \(objects.map(\.count)) objects are more than \(Self.objectSlots)")
    return positionNet(objects, slots: Self.objectSlots, on: device)
  }

  /// Computes what all steps of an image have in common.
  ///
  /// - Parameter tokens: From ``tokens(of:on:)``.
  public func project(objects tokens: Tensor) -> ObjectContext {
    ObjectContext(blocks: transformerBlocks.compactMap { $0.fuser?.project(tokens) })
  }
}

import NeuralLayers
public import Tensors

/// What the transformer blocks of a UNet make of objects in boxes: the same in every step.
///
/// Made by ``UNet2DConditionModel/project(objects:on:)``, for that network only.
public struct ObjectContext: Sendable {
  /// In the order of ``PromptContext``.
  let blocks: [KeysAndValues]
}

extension UNet2DConditionModel {
  /// Objects that an image can have at most.
  public static let objectSlots = 30

  /// Whether the network takes objects in boxes.
  public var takesObjects: Bool { positionNet != nil }

  /// Computes what all steps of an image have in common.
  ///
  /// - Parameters:
  ///   - objects: Those of each sample, at most ``objectSlots``; none for a sample without a condition.
  ///   - device: Where the network is, or the device of a rehearsal.
  public func project(objects: [[GroundedObject]], on device: Device) -> ObjectContext {
    guard let positionNet else {
      preconditionFailure("UNet2DConditionModel: attention_type default takes no objects")
    }
    precondition(
      objects.allSatisfy { $0.count <= Self.objectSlots },
      "UNet2DConditionModel: \(objects.map(\.count)) objects are more than \(Self.objectSlots)")
    let tokens = positionNet(objects, slots: Self.objectSlots, on: device)
    return ObjectContext(blocks: transformerBlocks.compactMap { $0.fuser?.project(tokens) })
  }
}

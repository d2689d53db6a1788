public import DiffusionModels

/// A thing that shall be in a box of the image, for models that were trained for that, as GLIGEN.
public struct BoxedObject: Sendable, Equatable {
  /// What it is, such as `a brown dog`.
  public var phrase: String
  /// Where it is.
  public var box: BoundingBox

  /// Puts a thing into a box.
  public init(_ phrase: String, in box: BoundingBox) { (self.phrase, self.box) = (phrase, box) }
}

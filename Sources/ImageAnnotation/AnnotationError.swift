/// What keeps an annotator from drawing.
public struct AnnotationError: Error, Sendable, CustomStringConvertible {
  /// What was found, where, and what to do.
  public let description: String
}

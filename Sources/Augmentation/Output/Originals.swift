/// What the output has of a dataset's own photographs and masks.
public enum Originals: String, Codable, Sendable, CaseIterable {
  /// Copies, which depend on nothing.
  case copy
  /// Hard links, on the same file system.
  case hardlink
  /// Symbolic links with whole paths.
  case symlink
  /// Nothing: the lists name generated images alone.
  case nothing = "none"
}

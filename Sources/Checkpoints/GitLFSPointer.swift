/// What Git leaves in place of a large file until `git lfs pull` brings it.
///
/// Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>.
enum GitLFSPointer {
  /// How every pointer begins.
  static let beginning = Array("version https://git-lfs".utf8)
}

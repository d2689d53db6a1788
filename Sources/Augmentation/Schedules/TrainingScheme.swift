/// Which of the images of a dataset with sets of synthetic ones a training sees in an epoch.
///
/// With N photographs and K sets, of which each has a version of every photograph. Source: Schnell et al., "ScribbleGen",
/// arXiv 2311.17121, and its code.
public enum TrainingScheme: String, Codable, Sendable, CaseIterable {
  /// Photographs and all sets: N · (K + 1) images.
  case append
  /// Photographs and one set, which changes with the epoch: 2 N.
  case appendCurriculum = "append-curriculum"
  /// Photographs and of each one a version of a set that is drawn anew for each: 2 N.
  case sample
  /// Photographs, of which each may be replaced by a version of it: N.
  case replacement
  /// All sets, and no photograph: N · K.
  case syntheticOnly = "synthetic-only"
  /// Photographs and of each one the best versions: N · (k + 2). As published, k + 1 of them are kept.
  case bestK = "best-k"
}

extension PythonPeer {
  /// What is asked of the child: one of the two.
  struct Request: Encodable {
    /// Name of a benchmark.
    var prepare: String?
    /// One of the modes that `prepare` was answered with.
    var run: String?
  }

  /// What the child says: of what it has prepared, of a run, or why neither could be.
  struct Answer: Decodable {
    var modes: [String]?
    var notes: [String]?
    var version: String?
    var seconds: Double?
    var processorSeconds: Double?
    /// How often the work was done for these means.
    var runs: Int?
    var error: String?
  }
}

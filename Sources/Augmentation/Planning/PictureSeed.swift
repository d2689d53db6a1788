/// The seed of one repainting, which depends on the run's seed, the source, the copy's number and the
/// attempt only: never on the order, the batch or the other pictures of a run.
enum PictureSeed {
  /// The first 53 bits of SHA-256 over the two numbers, big-endian in 8 bytes each, and the stem.
  ///
  /// 53 bits survive every JSON reader that holds numbers as doubles, so the ledger's seed can be used
  /// as it stands. From the second attempt on, a zero byte, which no stem has, and the attempt's number
  /// follow.
  ///
  /// - Parameter attempt: From 0.
  static func seed(run: UInt64, stem: String, copy: Int, attempt: Int = 0) -> UInt64 {
    var hash = SHA256()
    for number in [run, UInt64(copy)] {
      hash.update(number.bigEndianBytes.span)
    }
    // Numbers come first and have a fixed length, so no two triples give the same bytes.
    hash.update(Array(stem.utf8).span)
    if attempt > 0 { hash.update(([0] + UInt64(attempt).bigEndianBytes).span) }
    return hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 11
  }
}

/// The name that takes the fewest edits to become the one asked for.
///
/// - Returns: nil when even the nearest name differs in more than a third of its characters.
func nearestName(to wanted: String, among names: [String]) -> String? {
  let target = Array(wanted.utf8)
  let measured = names.map { (name: $0, edits: editDistance(target, Array($0.utf8))) }
  guard let nearest = measured.min(by: { $0.edits < $1.edits }) else { return nil }
  return nearest.edits * 3 <= max(target.count, nearest.name.utf8.count) ? nearest.name : nil
}

/// Insertions, deletions and replacements that turn one string into another.
///
/// Source: Wagner and Fischer, "The String-to-String Correction Problem", J. ACM 21(1), 1974.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}

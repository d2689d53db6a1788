import Augmentation

extension InstanceBalance {
  /// The balance for people: a line for each class, the rarest first.
  var lines: [String] {
    let names = perClassAfter.keys.sorted {
      (perClassBefore[$0, default: 0], $0) < (perClassBefore[$1, default: 0], $1)
    }
    return [""]
      + table(
        ["instances", "before", "after"],
        names.map {
          [$0, "\(perClassBefore[$0, default: 0])", "\(perClassAfter[$0, default: 0])"]
        })
  }
}

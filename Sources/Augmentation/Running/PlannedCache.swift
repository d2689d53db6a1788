/// Keeps what is made for a key until the last time that it is needed, within a limit.
///
/// The keys are known in the order in which they come, so that what makes room for others is what is needed latest:
/// no cache of the same size makes fewer values (Belády, "A study of replacement algorithms for a virtual-storage
/// computer", IBM Systems Journal, 1966).
package struct PlannedCache<Key: Hashable, Value> {
  private struct Kept {
    let value: Value
    let cost: Int
    /// When it is needed again.
    let next: Int
  }

  private let limit: Int
  private let keys: [Key]
  /// By place: the place at which the key comes again; nil for never.
  private let nexts: [Int?]
  private var place = 0
  private var kept: [Key: Kept] = [:]
  private var cost = 0

  /// - Parameters:
  ///   - keys: In the order in which they will come.
  ///   - limit: What all that is kept may cost.
  package init(_ keys: [Key], limit: Int) {
    var nexts = [Int?](repeating: nil, count: keys.count)
    var later: [Key: Int] = [:]
    for place in keys.indices.reversed() {
      nexts[place] = later.updateValue(place, forKey: keys[place])
    }
    (self.keys, self.nexts, self.limit) = (keys, nexts, limit)
  }

  /// The value for the next key, made unless it is here.
  ///
  /// - Parameter make: Gives the value and its cost.
  package mutating func next(_ make: (Key) throws -> (value: Value, cost: Int)) rethrows -> Value {
    let key = keys[place]
    let found = kept.removeValue(forKey: key)
    cost -= found?.cost ?? 0
    let made = try found.map { ($0.value, $0.cost) } ?? make(key)
    if let next = nexts[place] {
      kept[key] = Kept(value: made.0, cost: made.1, next: next)
      cost += made.1
    }
    place += 1
    while cost > limit, let latest = kept.max(by: { $0.value.next < $1.value.next }) {
      kept[latest.key] = nil
      cost -= latest.value.cost
    }
    return made.0
  }
}

public import Tensors

extension Device {
  /// Every case on the processor, and on the Vulkan device those that have a trait which none before them has:
  /// where that device is a program, a whole run takes it a hundred times as long.
  ///
  /// - Parameter traits: Names of traits, and whether a case has each.
  public static func backends<Case>(
    for cases: [Case], traits: (Case) -> [String: Bool]
  ) -> [(Case, Device)] {
    var seen: Set<String> = []
    let telling = cases.filter { someCase in
      let found = Set(traits(someCase).filter(\.value).keys)
      defer { seen.formUnion(found) }
      return !found.isSubset(of: seen)
    }
    return cases.map { ($0, sharedCPU) }
      + [sharedVulkan].compactMap { $0 }.flatMap { device in telling.map { ($0, device) } }
  }
}

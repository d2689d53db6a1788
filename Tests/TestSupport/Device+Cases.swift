public import Tensors

extension Device {
  /// Every case on the processor, and on the Vulkan device those that have a trait which none before them has:
  /// where that device is a program, a whole run takes it a hundred times as long.
  public static func backends<Case>(
    for cases: [Case], traits: (Case) -> Set<String>
  ) -> [(Case, Device)] {
    var seen: Set<String> = []
    let telling = cases.filter { someCase in
      let found = traits(someCase)
      defer { seen.formUnion(found) }
      return !found.isSubset(of: seen)
    }
    return cases.map { ($0, sharedCPU) }
      + [sharedVulkan].compactMap { $0 }.flatMap { device in telling.map { ($0, device) } }
  }
}

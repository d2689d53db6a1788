import CVulkan

extension PhysicalDevice {
  /// Bytes that this program may still take of the device's own memory, as the driver reckons with
  /// others that use it; nil where the driver does not say, or where the memory is not its own.
  var freeMemory: Int? {
    if properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU { return nil }
    let budget = CValues.with { values in
      var budget = VkPhysicalDeviceMemoryBudgetPropertiesEXT()
      budget.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_BUDGET_PROPERTIES_EXT
      let place = values.pointer(budget)
      var all = VkPhysicalDeviceMemoryProperties2()
      all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_PROPERTIES_2
      all.pNext = UnsafeMutableRawPointer(place)
      instance.functions.getPhysicalDeviceMemoryProperties2(handle, &all)
      return place.pointee
    }
    let (budgets, usages) = (sizes(budget.heapBudget), sizes(budget.heapUsage))
    return ownHeaps.map(\.index)
      .compactMap { budgets[$0] > 0 ? max(0, budgets[$0] - usages[$0]) : nil }.max()
  }
}

/// The numbers of an array that C declares inside a struct.
private func sizes<Numbers>(_ numbers: Numbers) -> [Int] {
  withUnsafeBytes(of: numbers) { $0.bindMemory(to: VkDeviceSize.self).map { Int(clamping: $0) } }
}

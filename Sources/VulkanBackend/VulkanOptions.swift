/// How a device is used, besides what it can do best by itself.
public struct VulkanOptions: Sendable {
  /// How matrix units are reached; in the best way that there is when absent.
  public var matrixUnits: MatrixUnits?
  /// Whether packed weights stay in the processor's memory, and each one comes to the device for the
  /// products that need it: for models that are larger than the device's memory.
  public var streamsWeights: Bool
  /// The most bytes of the device's memory to take; as many as the driver gives when absent.
  public var memoryLimit: Int?
  /// Whether the time of every operation is measured.
  public var profiles: Bool
  /// Where the messages of Vulkan's validation layer go; absent, it is not loaded.
  public var validation: (@Sendable (String) -> Void)?
  /// Rows of the fragments that matrix units multiply, the best first.
  package var fragmentRows = [16, 8]

  /// Collects the options.
  public init(
    matrixUnits: MatrixUnits? = nil, streamsWeights: Bool = false, memoryLimit: Int? = nil,
    profiles: Bool = false, validation: (@Sendable (String) -> Void)? = nil
  ) {
    self.matrixUnits = matrixUnits
    self.streamsWeights = streamsWeights
    self.memoryLimit = memoryLimit
    self.profiles = profiles
    self.validation = validation
  }
}

extension PackedWeight {
  /// The same elements for another device, whose backend must know how they are packed: one that hands
  /// operations on, and the one that it hands them to.
  package init(_ weight: PackedWeight, on device: Device) {
    outputs = weight.outputs
    inputs = weight.inputs
    groups = weight.groups
    kernelHeight = weight.kernelHeight
    kernelWidth = weight.kernelWidth
    precision = weight.precision
    form = weight.form
    self.device = device
  }
}

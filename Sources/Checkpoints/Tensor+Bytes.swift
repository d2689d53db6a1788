import Tensors

extension Tensor {
  /// The elements on the host as they are stored, row-major. Waits for the device.
  func bytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    device.backend.read(self, into: &raw)
    return bytes
  }

  /// The same elements on another device.
  func copied(to device: Device) -> Tensor {
    unsafe Tensor(bytes: bytes().span.bytes, shape, dtype, on: device)
  }
}

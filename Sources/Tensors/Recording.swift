import Synchronization

/// A function of tensors that a device may run once and from then on repeat with other inputs.
///
///     let step = Recording { [$0[0].matmul(weight, MatmulOptions(residual: $0[1]))] }
///     for bias in biases { x = step([x, bias])[0] }
///
/// A call is like a call of the function, and its results are values like any other. On a device that
/// computes at once, such as a processor, it is nothing else. A device that is sent its work, such as a
/// graphics card, keeps the operations of the first call with inputs of some shapes, and from then on
/// is told all of them at once.
///
/// The function must therefore do the same with any inputs of the same shapes:
///
/// - What changes between calls comes in as a tensor. Numbers that the function writes into tensors or
///   hands to operations are constants of the recording.
/// - It reads no tensor: while it is recorded, that traps.
/// - What it captures stays as it is and lives as long as the recording.
///
/// Any thread may call; calls on one device take turns. What the function does on the thread that calls
/// is recorded, while the work of other threads goes on as ever. The function must not call its own
/// recording; another one that it calls becomes a part of this one. A device keeps the memory that the
/// function needs at once, for every combination of shapes, as long as the recording lives.
public final class Recording: Sendable {
  /// A function of tensors on one device.
  public typealias Function = @Sendable ([Tensor]) -> [Tensor]

  /// What must not change from one call to the next.
  private struct Signature: Hashable {
    let backend: ObjectIdentifier
    let shapes: [Shape]
    let types: [DType]
  }

  /// Whether anything is recorded; without, calls show what a device does operation by operation.
  @TaskLocal package static var isEnabled = true

  private let function: Function
  private let recorded = Mutex<[Signature: Function]>([:])

  /// Wraps a function; nothing is called yet.
  public init(_ function: @escaping Function) { self.function = function }

  /// Calls the function, or repeats what it did.
  ///
  /// - Parameter inputs: Tensors on one device.
  /// - Returns: What the function returns for them.
  public func callAsFunction(_ inputs: [Tensor]) -> [Tensor] {
    guard let device = inputs.first?.device, Self.isEnabled else { return function(inputs) }
    precondition(
      inputs.allSatisfy { $0.device == device },
      "Recording: the inputs are on different devices, \(inputs.map(\.device))")
    let signature = Signature(
      backend: ObjectIdentifier(device.backend), shapes: inputs.map(\.shape),
      types: inputs.map(\.dtype))
    let recorded = recorded.withLock { functions in
      if let known = functions[signature] { return known as Function? }
      functions[signature] = device.backend.recorded(function, like: inputs)
      return functions[signature]
    }
    return (recorded ?? function)(inputs)
  }
}

extension Backend {
  /// Calling the function is best.
  public func recorded(
    _ function: @escaping Recording.Function, like inputs: [Tensor]
  ) -> Recording.Function? { nil }
}

import Foundation

/// Values that stand still in memory, for calls that follow pointers from struct to struct.
///
/// Everything is freed with its owner, which must outlive the call: see ``with(_:)``.
final class CValues {
  private var cleanups: [() -> Void] = []

  private init() {}

  deinit { for cleanup in cleanups { cleanup() } }

  /// Calls `body` with an empty collection and keeps what it adds until `body` returns.
  static func with<Result>(_ body: (CValues) throws -> Result) rethrows -> Result {
    let values = CValues()
    return try withExtendedLifetime(values) { try body(values) }
  }

  /// A place that holds some values.
  func array<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
    pointer.initialize(from: values, count: values.count)
    cleanups.append { pointer.deallocate() }
    return pointer
  }

  /// A place that holds a value.
  func pointer<Value>(_ value: Value) -> UnsafeMutablePointer<Value> { array([value]) }

  /// A zero-terminated text.
  func text(_ text: String) -> UnsafePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    cleanups.append { free(copy) }
    return UnsafePointer(copy)
  }

  /// Zero-terminated texts.
  func texts(_ texts: [String]) -> UnsafePointer<UnsafePointer<CChar>?> {
    UnsafePointer(array(texts.map { text($0) }))
  }
}

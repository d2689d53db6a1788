import Dispatch
import Synchronization

/// Makes values on all cores.
///
/// - Parameters:
///   - count: How many.
///   - check: Called before each, on any thread; what it throws ends the work.
///   - make: Makes the value of a number from 0 on, on any thread.
/// - Returns: The values in the order of their numbers.
/// - Throws: The first that was thrown.
func concurrentMap<Value: Sendable>(
  _ count: Int, check: @Sendable () throws -> Void, _ make: @Sendable (Int) throws -> Value
) throws -> [Value] {
  let values = Mutex([Value?](repeating: nil, count: count))
  let stop = Mutex((any Error)?.none)
  DispatchQueue.concurrentPerform(iterations: count) { number in
    guard stop.withLock({ $0 == nil }) else { return }
    do {
      try check()
      let value = try make(number)
      values.withLock { $0[number] = value }
    } catch {
      stop.withLock { $0 = $0 ?? error }
    }
  }
  if let error = stop.withLock({ $0 }) { throw error }
  return values.withLock { $0.compactMap { $0 } }
}

import CPUBackend
import TensorCore
import Testing

@Suite struct MemoryPoolTests {
  @Test func handsAFreedBlockOutAgain() {
    let pool = MemoryPool()
    let address = pool.take(10_000).pointer
    #expect(pool.keptByteCount >= 10_000)
    let again = pool.take(10_001)
    #expect(again.pointer == address)
    #expect(again.byteCount == 10_001)
    #expect(pool.keptByteCount == 0)
  }

  @Test func blocksInUseAreDifferentAndAligned() {
    let pool = MemoryPool()
    let blocks = (0..<50).map { pool.take(1 + 997 * $0) }
    let sorted = blocks.sorted { $0.pointer < $1.pointer }
    for (block, next) in zip(sorted, sorted.dropFirst()) {
      #expect(block.pointer + block.byteCount <= next.pointer)
    }
    #expect(blocks.allSatisfy { Int(bitPattern: $0.pointer) % 64 == 0 })
  }

  @Test func givesLargeBlocksBackToTheSystem() {
    let pool = MemoryPool()
    // Never written to, so the pages are never there.
    _ = pool.take(1 << 31)
    #expect(pool.keptByteCount == 0)
  }

  @Test func remembersTheMostThatItHad() {
    let pool = MemoryPool()
    #expect(pool.peakByteCount == 0)
    var blocks = [pool.take(1 << 20), pool.take(1 << 20)]
    #expect(pool.peakByteCount == 2 << 20)
    blocks.removeLast()
    // A block that was kept is had already.
    blocks.append(pool.take(1 << 20))
    #expect(pool.peakByteCount == 2 << 20)
    // What went back to the system does not count any more.
    for _ in 0..<2 { _ = pool.take(1 << 30) }
    #expect(pool.peakByteCount == (2 << 20) + (1 << 30))
    withExtendedLifetime(blocks) {}
  }

  @Test func livesAsLongAsItsBlocksAndNoLonger() {
    weak var pool: MemoryPool?
    do {
      var block: CPUStorage?
      do {
        let strong = MemoryPool()
        pool = strong
        block = strong.take(64)
      }
      #expect(pool != nil)
      withExtendedLifetime(block) {}
      block = nil
    }
    #expect(pool == nil)
  }

  @Test func everyTensorOfAChainGivesItsMemoryBack() {
    // A second thread might hold the last job for a moment after it is done.
    let backend = CPUBackend(threads: 1)
    let device = Device(backend)
    func chain() {
      let x = Tensor(repeating: 1, [1, 64, 64, 8], on: device)
      _ = (x + x.silu().groupNorm(groups: 2, epsilon: 1e-5)).averagePool()
    }
    chain()
    let kept = backend.memory.keptByteCount
    for _ in 0..<10 { chain() }
    #expect(backend.memory.keptByteCount == kept)
  }
}

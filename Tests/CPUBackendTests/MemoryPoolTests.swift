import CPUBackend
import Tensors
import Testing

@Suite struct MemoryPoolTests {
  @Test func handsFreedMemoryOutAgain() {
    let pool = MemoryPool()
    let address = pool.take(10_000).pointer
    #expect(pool.keptByteCount >= 10_000)
    let again = pool.take(5000)
    #expect(again.pointer == address)
    #expect(again.byteCount == 5000)
    #expect(pool.freshBlockCount == 1)
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

  @Test func joinsNeighbours() {
    let pool = MemoryPool()
    do {
      let parts = (0..<4).map { _ in pool.take(1 << 20) }
      withExtendedLifetime(parts) {}
    }
    let whole = pool.take(4 << 20)
    #expect(pool.freshBlockCount == 1)
    withExtendedLifetime(whole) {}
  }

  @Test func remembersTheMostThatItHad() {
    let pool = MemoryPool()
    #expect(pool.peakByteCount == 0)
    var blocks = [pool.take(8 << 20), pool.take(8 << 20)]
    #expect(pool.peakByteCount == 16 << 20)
    blocks.removeLast()
    // Memory that was kept is had already.
    blocks.append(pool.take(8 << 20))
    #expect(pool.peakByteCount == 16 << 20)
    withExtendedLifetime(blocks) {}
  }

  // None of these blocks is written to, so that their pages are never there.
  @Test func givesBackPiecesThatAreTooSmallWhenItWouldHoldMoreThanWasEverUsed() {
    let pool = MemoryPool()
    var pieces: [CPUStorage?] = (0..<8).map { _ in pool.take(1 << 28) }
    for i in stride(from: 1, to: 8, by: 2) { pieces[i] = nil }
    #expect(pool.keptByteCount == 4 << 28)
    let large = pool.take(3 << 28)
    #expect(large.isFresh)
    #expect(pool.keptByteCount < 2 << 28)
    #expect(pool.peakByteCount < 9 << 28)
    withExtendedLifetime((pieces, large)) {}
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
      _ = (x + x.silu().groupNorm(groups: 2, epsilon: 1e-5)).pool(.mean, window: 2, stride: 2)
    }
    chain()
    let kept = backend.memory.keptByteCount
    for _ in 0..<10 { chain() }
    #expect(backend.memory.keptByteCount == kept)
  }
}

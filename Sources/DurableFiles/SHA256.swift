import CCPUFeatures
import CSHA256

/// SHA-256 of bytes that come in pieces of any length (FIPS 180-4).
package struct SHA256 {
  /// Whether this processor has the instructions that are made for it.
  package static let hasInstructions = cpu_supports_sha256()

  private let usesInstructions: Bool
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// The bytes after the last whole block.
  private var rest: [UInt8] = []
  private var byteCount: UInt64 = 0

  package init(usesInstructions: Bool = hasInstructions) {
    self.usesInstructions = usesInstructions
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    byteCount += UInt64(bytes.count)
    var bytes = bytes
    if !rest.isEmpty {
      let missing = min(64 - rest.count, bytes.count)
      append(bytes.extracting(first: missing))
      guard rest.count == 64 else { return }
      let block = rest
      rest = []
      compress(block.span)
      bytes = bytes.extracting(droppingFirst: missing)
    }
    let whole = bytes.count & ~63
    compress(bytes.extracting(first: whole))
    append(bytes.extracting(droppingFirst: whole))
  }

  /// The 32 bytes of the hash.
  package consuming func finalize() -> [UInt8] {
    // A one, zeros until eight bytes are left in a block, and there the length in bits.
    let end =
      [0x80] + [UInt8](repeating: 0, count: (119 - rest.count) % 64)
      + (byteCount * 8).bigEndianBytes
    update(end.span)
    return state.flatMap(\.bigEndianBytes)
  }

  private mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe rest.append(contentsOf: $0) }
  }

  private mutating func compress(_ blocks: Span<UInt8>) {
    unsafe blocks.withUnsafeBufferPointer {
      if usesInstructions {
        unsafe sha256_compress_x86(&state, $0.baseAddress, $0.count / 64)
      } else {
        unsafe sha256_compress_portable(&state, $0.baseAddress, $0.count / 64)
      }
    }
  }
}

extension FixedWidthInteger {
  /// The most significant byte first.
  package var bigEndianBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: self >> $0)
    }
  }
}

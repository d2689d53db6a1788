package import CPUKernelInterface

extension Kernels {
  private static var chains: Int { 12 }

  package static func spinOperations(rounds: Int, operands: ProductOperands) -> Int {
    let perWord =
      switch operands {
      case .floats(.single): SingleOperands.perWord
      case .floats(.bfloat16): BFloat16Operands.perWord
      case .int8: Int8Operands.perWord
      }
    return 2 * perWord * Lanes.scalarCount * chains * rounds
  }

  package static func spin(rounds: Int, factor: Float, operands: ProductOperands) -> Float {
    switch operands {
    case .floats(.single): spin(SingleOperands.self, rounds, factor)
    case .floats(.bfloat16): spin(BFloat16Operands.self, rounds, factor)
    case .int8: spin(Int8Operands.self, rounds, factor)
    }
  }

  private static func spin<F: Operands>(_: F.Type, _ rounds: Int, _ factor: Float) -> Float {
    let (a, b) = (Lanes(repeating: factor), Lanes(repeating: 1 - factor))
    // Named variables, because an array of them would live in memory; different starts, because of
    // equal ones the compiler would compute one.
    var s0 = a, s1 = a + 1, s2 = a + 2, s3 = a + 3, s4 = a + 4, s5 = a + 5
    var s6 = a + 6, s7 = a + 7, s8 = a + 8, s9 = a + 9, s10 = a + 10, s11 = a + 11
    for _ in 0..<rounds {
      s0 = F.add(s0, a, b)
      s1 = F.add(s1, a, b)
      s2 = F.add(s2, a, b)
      s3 = F.add(s3, a, b)
      s4 = F.add(s4, a, b)
      s5 = F.add(s5, a, b)
      s6 = F.add(s6, a, b)
      s7 = F.add(s7, a, b)
      s8 = F.add(s8, a, b)
      s9 = F.add(s9, a, b)
      s10 = F.add(s10, a, b)
      s11 = F.add(s11, a, b)
    }
    return (s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11).total
  }
}

package import CPUKernelInterface

extension Kernels {
  private static var chains: Int { 12 }

  package static func spinOperations(rounds: Int, operands: ProductOperands) -> Int {
    2 * self.operands(of: operands).perWord * Lanes.scalarCount * chains * rounds
  }

  package static func spin(rounds: Int, factor: Float, operands: ProductOperands) -> Float {
    switch operands {
    case .floats(.single): spin(SingleOperands.self, rounds, factor)
    case .floats(.bfloat16): spin(BFloat16Operands.self, rounds, factor)
    case .integers(.int8): spin(Int8Operands.self, rounds, factor)
    case .integers(.int16): spin(Int16Operands.self, rounds, factor)
    }
  }

  private static func spin<F: Operands>(_: F.Type, _ rounds: Int, _ factor: Float) -> Float {
    let places = 64
    return withUnsafeTemporaryAllocation(of: Word.self, capacity: 6 * places) { operands in
      guard let operands = operands.baseAddress else { return 0 }
      operands.initialize(repeating: factor, count: 6 * places)
      let (left, right) = (Lanes(repeating: 1 - factor), Lanes(repeating: factor))
      // Named variables, because an array of them would live in memory; operands that are read again and again, because
      // products of the same ones would be computed once.
      var r0 = Lanes(), r1 = Lanes(), r2 = Lanes(), r3 = Lanes(), r4 = Lanes(), r5 = Lanes()
      var s0 = Lanes(), s1 = Lanes(), s2 = Lanes(), s3 = Lanes(), s4 = Lanes(), s5 = Lanes()
      @inline(always)
      func add(_ a: Word, _ r: inout Lanes, _ s: inout Lanes) {
        let a = Lanes(repeating: a)
        r = F.add(r, a, left)
        s = F.add(s, a, right)
      }
      for round in 0..<rounds {
        let a = operands + round % places * 6
        add(a[0], &r0, &s0)
        add(a[1], &r1, &s1)
        add(a[2], &r2, &s2)
        add(a[3], &r3, &s3)
        add(a[4], &r4, &s4)
        add(a[5], &r5, &s5)
      }
      return (r0 + r1 + r2 + r3 + r4 + r5 + s0 + s1 + s2 + s3 + s4 + s5).total
    }
  }
}

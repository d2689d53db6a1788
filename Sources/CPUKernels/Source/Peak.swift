extension Kernels {
  private static var chains: Int { 12 }

  package static func spinOperations(rounds: Int) -> Int {
    2 * Lanes.scalarCount * chains * rounds
  }

  package static func spin(rounds: Int, factor: Float) -> Float {
    let (a, b) = (Lanes(repeating: factor), Lanes(repeating: 1 - factor))
    // Named variables, because an array of them would live in memory; different starts, because of
    // equal ones the compiler would compute one.
    var s0 = a, s1 = a + 1, s2 = a + 2, s3 = a + 3, s4 = a + 4, s5 = a + 5
    var s6 = a + 6, s7 = a + 7, s8 = a + 8, s9 = a + 9, s10 = a + 10, s11 = a + 11
    for _ in 0..<rounds {
      s0 = b.adding(s0, times: a)
      s1 = b.adding(s1, times: a)
      s2 = b.adding(s2, times: a)
      s3 = b.adding(s3, times: a)
      s4 = b.adding(s4, times: a)
      s5 = b.adding(s5, times: a)
      s6 = b.adding(s6, times: a)
      s7 = b.adding(s7, times: a)
      s8 = b.adding(s8, times: a)
      s9 = b.adding(s9, times: a)
      s10 = b.adding(s10, times: a)
      s11 = b.adding(s11, times: a)
    }
    return (s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11).total
  }
}

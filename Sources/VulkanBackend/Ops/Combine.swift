public import Tensors

private struct Term {
  var x: UInt64 = 0
  var scale: Float = 0
  var period: UInt32 = 1

  init() {}

  init(_ scale: Float, _ tensor: Tensor) {
    (x, self.scale, period) = (tensor.address(), scale, UInt32(tensor.shape.count))
  }
}

private struct CombineArguments {
  var terms: (Term, Term, Term, Term)
  var y: UInt64
  var count, threads, termCount: UInt32
}

private struct CoefficientTerm {
  var x: UInt64 = 0
  var period: UInt32 = 1
  var coefficient: UInt32 = 0

  init() {}

  init(_ tensor: Tensor, coefficient: Int) {
    (x, period, self.coefficient) = (
      tensor.address(), UInt32(tensor.shape.count), UInt32(coefficient)
    )
  }
}

private struct CoefficientArguments {
  var terms: (CoefficientTerm, CoefficientTerm, CoefficientTerm, CoefficientTerm, CoefficientTerm)
  var coefficients, y: UInt64
  var count, threads, termCount, accumulates: UInt32
}

extension VulkanBackend {
  /// Terms that one dispatch adds.
  private static var termLimit: Int { 4 }
  /// The same where the coefficients are in memory.
  private static var operandLimit: Int { 5 }

  /// Sum of scaled tensors, a few at a time; shorter ones are repeated.
  public func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) {
    if y.shape.count == 0 { return }
    var rest = terms[...]
    var added: [(scale: Float, tensor: Tensor)] = []
    while !rest.isEmpty {
      let next = rest.prefix(Self.termLimit - added.count)
      add(added + next, into: y)
      rest = rest.dropFirst(next.count)
      added = [(1, y)]
    }
  }

  private func add(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) {
    let grid = Grid(elements: y.shape.count)
    func term(_ index: Int) -> Term {
      index < terms.count ? Term(terms[index].scale, terms[index].tensor) : Term()
    }
    dispatch(
      "combine",
      CombineArguments(
        terms: (term(0), term(1), term(2), term(3)), y: y.address(), count: UInt32(y.shape.count),
        threads: grid.elementStride, termCount: UInt32(terms.count)),
      grid, reads: terms.map { $0.tensor.range }, writes: [y.range],
      Work(operation: "combine", result: y.shape))
  }
}

extension VulkanBackend {
  /// Sum of tensors scaled by the elements of another one, a few at a time.
  public func combine(_ tensors: [Tensor], coefficients: Tensor, into y: Tensor) {
    if y.shape.count == 0 { return }
    for start in stride(from: 0, to: tensors.count, by: Self.operandLimit) {
      add(tensors, from: start, coefficients, into: y)
    }
  }

  private func add(_ tensors: [Tensor], from start: Int, _ coefficients: Tensor, into y: Tensor) {
    let grid = Grid(elements: y.shape.count)
    let range = start..<min(start + Self.operandLimit, tensors.count)
    func term(_ index: Int) -> CoefficientTerm {
      range.contains(start + index)
        ? CoefficientTerm(tensors[start + index], coefficient: start + index) : CoefficientTerm()
    }
    dispatch(
      "combineByCoefficients",
      CoefficientArguments(
        terms: (term(0), term(1), term(2), term(3), term(4)), coefficients: coefficients.address(),
        y: y.address(), count: UInt32(y.shape.count), threads: grid.elementStride,
        termCount: UInt32(range.count), accumulates: start > 0 ? 1 : 0),
      grid,
      reads: [coefficients.range] + (start > 0 ? [y.range] : []) + tensors[range].map(\.range),
      writes: [y.range], Work(operation: "combine", result: y.shape))
  }
}

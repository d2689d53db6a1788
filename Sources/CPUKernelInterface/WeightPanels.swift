/// A packed weight, `[outputs, channels, taps]`: panels of outputs, and what they hold.
package struct WeightPanels: @unchecked Sendable {
  package var words: UnsafePointer<Word>
  package var operands: ProductOperands
  package var outputs, channels, taps: Int

  package init(
    _ words: UnsafePointer<Word>, _ operands: ProductOperands, outputs: Int, channels: Int,
    taps: Int
  ) {
    (self.words, self.operands) = (words, operands)
    (self.outputs, self.channels, self.taps) = (outputs, channels, taps)
  }
}

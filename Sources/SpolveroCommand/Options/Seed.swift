import ArgumentParser

/// Number of the noise: the 64 bits that `torch.Generator.manual_seed` takes, or a random one.
struct Seed: ExpressibleByArgument {
  let number: UInt64

  /// Reads a number of up to 64 bits; a negative one picks a random number.
  init?(argument: String) {
    if let number = UInt64(argument) {
      self.number = number
    } else if Int64(argument) != nil {
      number = UInt64.random(in: 0..<1 << 32)
    } else {
      return nil
    }
  }

  /// A certain one.
  init(_ number: UInt64) { self.number = number }

  /// The number as `--help` shows it.
  var defaultValueDescription: String { "\(number)" }
}

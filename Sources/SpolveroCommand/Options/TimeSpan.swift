import ArgumentParser

/// A time that something may take, such as `90m`, `8h` or `2d`.
struct TimeSpan: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    let units = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = argument.last.flatMap({ units[String($0)] }),
      let number = Double(argument.dropLast()), number > 0, number * unit <= 86_400 * 3660
    else { return nil }
    seconds = number * unit
  }
}

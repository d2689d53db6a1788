import ArgumentParser
import Tensors

/// How products round their operands, as a command line says it.
enum PrecisionSelection: Equatable {
  /// bf16 where the device multiplies it at least as fast as single precision, else fp32.
  case auto
  case fixed(ProductPrecision)

  /// The same with `auto` decided.
  func resolved(on device: Device) -> ProductPrecision {
    switch self {
    case .auto: device.backend.hasFastProducts(in: .bfloat16) ? .bfloat16 : .float32
    case .fixed(let precision): precision
    }
  }
}

extension PrecisionSelection: ExpressibleByArgument {
  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let precision = ProductPrecision(rawValue: argument) {
      self = .fixed(precision)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { ["auto"] + ProductPrecision.allCases.map(\.rawValue) }
}

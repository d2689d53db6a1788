import ArgumentParser
import Tensors

/// How products round their operands, as a command line says it.
enum PrecisionSelection: Equatable {
  /// Sixteen bits that the device multiplies faster than single precision, bf16 before int16; fp32 where there are none.
  case auto
  case fixed(ProductPrecision)

  /// The same with `auto` decided.
  func resolved(on device: Device) -> ProductPrecision {
    switch self {
    case .auto:
      [.bfloat16, .int16].first { device.backend.hasFastProducts(in: $0) } ?? .float32
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

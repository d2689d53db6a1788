public import Foundation

extension SchedulerConfiguration {
  /// Reads a `scheduler_config.json`.
  ///
  /// - Throws: ``SchedulerError`` for a file that cannot be read, or a value that no supported
  ///   scheduler has.
  public init(contentsOf file: URL) throws {
    do {
      let contents = try Data(contentsOf: file)
      self = try Self.decoder.decode(Self.self, from: Self.quotingInfinities(contents))
    } catch let error as DecodingError {
      throw SchedulerError(
        "\(file.path): \(Self.explain(error)). Correct the file, or copy the original model's.")
    } catch {
      throw SchedulerError(
        "\(file.path) cannot be read: \(error.localizedDescription) Expected is the scheduler"
          + " configuration of a model folder in diffusers' layout.")
    }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }

  /// Puts quotes around the `-Infinity` that Python writes for `lambda_min_clipped`, which is no JSON.
  private static func quotingInfinities(_ json: Data) -> Data {
    let text = String(decoding: json, as: UTF8.self)
    return Data(
      text.replacingOccurrences(
        of: #"(:\s*)(-?Infinity|NaN)(?=\s*[,}])"#, with: #"$1"$2""#, options: .regularExpression
      ).utf8)
  }

  private static func explain(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      "'\(option(context))' has a value of another type than diffusers gives it"
        + " (\(context.debugDescription))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      "this is not JSON"
    case .dataCorrupted(let context):
      "'\(option(context))' has a value that is not supported"
        + choices(option(context)) + " (\(context.debugDescription))"
    @unknown default:
      "\(error)"
    }
  }

  private static func option(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }

  private static func choices(_ option: String) -> String {
    let values: [String] =
      switch option {
      case CodingKeys.betaSchedule.rawValue: BetaSchedule.allCases.map(\.rawValue)
      case CodingKeys.timestepSpacing.rawValue: TimestepSpacing.allCases.map(\.rawValue)
      case CodingKeys.predictionType.rawValue: PredictionType.allCases.map(\.rawValue)
      case CodingKeys.finalSigmasType.rawValue: FinalSigmas.allCases.map(\.rawValue)
      default: []
      }
    return values.isEmpty ? "" : "; supported are " + values.joined(separator: ", ")
  }
}

import DurableFiles
import Foundation

/// The page of a report: what stands before the pictures, and what after them.
///
/// Its parts are the files in `Page`. The page may run its own script alone and reach nothing beside itself: its policy
/// names the script and the style by their hashes, so that not even a mistake here could run what a dataset brings along.
struct ReportPage: Sendable {
  /// Everything up to the pictures.
  let beginning: Data
  /// Everything after them.
  let end: Data

  init(_ contents: ReportContents, records: [LedgerRecord]) throws {
    let script = Data(PackageResources.report_js)
    let style = Data(PackageResources.report_css)
    let ledger = try ReportLedger(of: records)
    let encoder = JSONEncoder.stable
    let values: [String: Data] = [
      "policy": Data(Self.policy(script: script, style: style).utf8),
      "title": Data(contents.run.name.escapedForHTML.utf8), "style": style, "script": script,
      "contents": ReportElement("contents", json: try encoder.encode(contents)).data,
      "setups": ReportElement("setups", json: ledger.setups).data,
      "ledger": ReportElement("ledger", json: ledger.images).data,
    ]
    let halves = PackageResources.report_html.split(
      separator: Array("{{pictures}}\n".utf8), maxSplits: 1)
    beginning = Self.filled(Data(halves[0]), with: values)
    end = Data(halves[1])
  }

  private static func policy(script: Data, style: Data) -> String {
    func hash(_ text: Data) -> String {
      var hash = SHA256()
      hash.update(text.span)
      return "'sha256-\(Data(hash.finalize()).base64EncodedString())'"
    }
    return
      "default-src 'none'; img-src data:; script-src \(hash(script)); style-src \(hash(style)); "
      + "base-uri 'none'; form-action 'none'"
  }

  /// A template with a value for each `{{name}}`, whatever the values hold.
  private static func filled(_ template: Data, with values: [String: Data]) -> Data {
    let (open, close) = (Data("{{".utf8), Data("}}".utf8))
    var (filled, rest) = (Data(), template[...])
    while let start = rest.range(of: open),
      let end = rest[start.upperBound...].range(of: close),
      let value = values[String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self)]
    {
      filled += rest[..<start.lowerBound] + value
      rest = rest[end.upperBound...]
    }
    return filled + rest
  }
}

extension String {
  /// The text as HTML has it between tags and in quoted attributes.
  package var escapedForHTML: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.append(character)
      }
    }
  }
}

import Faults
import Foundation

/// Captions as comma-separated values, whose first line names the columns: `image` or `file_name`, and
/// `caption` or `text`. Other columns are passed over.
struct CSVCaptions {
  private let columnCount: Int
  private let image: Int
  private let text: Int

  /// The file's captions in their order.
  static func captions(in data: Data, name: String) throws -> [Caption] {
    do {
      var reader = CSVReader(data)
      guard let header = try reader.next() else { return [] }
      let layout = try CSVCaptions(header, name: name)
      var captions: [Caption] = []
      while let record = try reader.next() {
        captions.append(try layout.caption(in: record, name: name))
      }
      return captions
    } catch let error as CSVReader.OpenQuote {
      throw AugmentationError(
        .badData,
        "\(name):\(error.line): a field begins with a quote here and does not end. Write quotes within "
          + "a field twice.")
    }
  }

  private init(_ header: CSVReader.Record, name: String) throws {
    let names = header.fields.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    guard let image = names.firstIndex(where: ["image", "file_name"].contains),
      let text = names.firstIndex(where: ["caption", "text"].contains)
    else {
      throw AugmentationError(
        .badData,
        "\(name):\(header.line): neither a JSON object nor the names of CSV's columns. Expected "
          + "'image' (or 'file_name') and 'caption' (or 'text'), found "
          + "'\(header.fields.joined(separator: ",").prefix(60))'.")
    }
    (columnCount, self.image, self.text) = (names.count, image, text)
  }

  private func caption(in record: CSVReader.Record, name: String) throws -> Caption {
    guard record.fields.count == columnCount else {
      throw AugmentationError(
        .badData,
        "\(name):\(record.line): found \(record.fields.count) fields, expected \(columnCount) as in the "
          + "first line. Put captions with commas in quotes.")
    }
    return Caption(image: record.fields[image], text: record.fields[text])
  }
}

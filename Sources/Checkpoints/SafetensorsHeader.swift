import DurableFiles
import Faults
import Foundation
public import Tensors

/// What the beginning of a safetensors file says about the tensors in it.
///
///     u64 length N, little-endian │ N bytes of JSON │ the tensors' bytes
///
/// The rules are those of the original library, huggingface/safetensors, `safetensors/src/tensor.rs`.
/// As there, a name that is given twice counts once; the bytes of the entry that is dropped are then
/// covered by no tensor, and the file is refused for it.
public struct SafetensorsHeader: Sendable {
  /// One tensor of a file.
  public struct Entry: Sendable, Equatable {
    /// The tensor's name.
    public let name: String
    /// How its elements are stored.
    public let elementType: ElementType
    /// Its extents, outermost first.
    public let shape: Shape
    /// Where its bytes are, counted from the beginning of the file.
    public let bytes: Range<Int>
  }

  /// The tensors, in the order of their bytes.
  public let entries: [Entry]
  /// Free text that the writer left, such as `format: pt`.
  public let metadata: [String: String]

  /// Longest header that is read, in bytes, against files made to exhaust memory.
  static let longest = 100_000_000
  /// Bytes of the number that holds the header's length.
  static let prefixLength = 8

  /// Reads and checks a header.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - location: The file's name for messages.
  /// - Throws: ``CheckpointError`` when the file breaks any rule of the format.
  init(_ file: WeightsFile, in location: String) throws {
    let json = try Self.locate(file, in: location)
    let text = Data(try file.bytes(in: json))
    do {
      let document = try Self.decode(text)
      metadata = document.metadata
      entries = try Self.arrange(document.tensors, from: json.upperBound)
    } catch let rule as Rule {
      throw CheckpointError(.malformed(rule.description), in: location)
    }
    let end = entries.last?.bytes.upperBound ?? json.upperBound
    guard end <= file.byteCount else {
      throw CheckpointError(.truncated(missing: end - file.byteCount), in: location)
    }
    guard end == file.byteCount else {
      let rule = "\(file.byteCount - end) bytes at its end belong to no tensor"
      throw CheckpointError(.malformed(rule), in: location)
    }
  }

  /// A rule of the format that a file breaks.
  struct Rule: Fault {
    let kind = FaultKind.badData
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// Where the JSON lies in the file.
  private static func locate(_ file: WeightsFile, in location: String) throws -> Range<Int> {
    guard file.byteCount >= prefixLength else {
      let rule = "its \(file.byteCount) bytes are too few to hold the header's length"
      throw CheckpointError(.malformed(rule), in: location)
    }
    let prefix = try file.bytes(in: 0..<prefixLength)
    let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if GitLFSPointer.beginning.starts(with: prefix) {
      throw CheckpointError(.gitLFSPointer, in: location)
    }
    guard length <= UInt64(longest) else {
      let rule = "it says that its header has \(length) bytes, and at most \(longest) are allowed"
      throw CheckpointError(.malformed(rule), in: location)
    }
    let end = prefixLength + Int(length)
    guard end <= file.byteCount else {
      throw CheckpointError(.truncated(missing: end - file.byteCount), in: location)
    }
    return prefixLength..<end
  }

  private static func decode(_ text: Data) throws -> Document {
    // Zero bytes would make the decoder take the text for UTF-16.
    guard text.first == UInt8(ascii: "{"), !text.contains(0),
      String(validating: text, as: UTF8.self) != nil
    else { throw Rule("its header does not begin a JSON object in UTF-8") }
    do {
      return try JSONDecoder().decode(Document.self, from: text)
    } catch let error as DecodingError {
      throw Rule("its header cannot be understood: \(summary(of: error))")
    }
  }

  /// Sorts tensors by their bytes and checks that they follow each other without holes or overlaps.
  private static func arrange(_ tensors: [String: Document.Tensor], from start: Int) throws
    -> [Entry]
  {
    let sorted = tensors.sorted { $0.value.offsets < $1.value.offsets }
    var expected = 0
    return try sorted.map { name, tensor in
      let (begin, end) = tensor.offsets
      guard begin == expected, end >= begin else {
        throw Rule(
          "the bytes of '\(name)' are at \(begin)..<\(end), expected to begin at \(expected)")
      }
      let size = try tensor.byteCount(of: name)
      guard end - begin == size else {
        throw Rule(
          "'\(name)' has \(end - begin) bytes, but \(tensor.shape) of \(tensor.dtype.rawValue) "
            + "takes \(size)")
      }
      let (last, overflow) = end.addingReportingOverflow(start)
      guard !overflow else { throw Rule("the bytes of '\(name)' end beyond any file") }
      expected = end
      return Entry(
        name: name, elementType: tensor.dtype, shape: Shape(tensor.shape),
        bytes: (begin + start)..<last)
    }
  }
}

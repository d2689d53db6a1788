import Foundation

/// Where the lines of a run's ledgers stand that count.
struct LedgerPlaces {
  /// A line, without its end.
  struct Line {
    /// The ledger's path in the output folder.
    let path: String
    let range: Range<Int>
  }

  /// The line of an image.
  struct Image {
    let line: Line
    /// The name of its setup; nil where the line itself says what that is.
    let setup: String?
  }

  /// By the images' places in the plan.
  var images: [Int: Image] = [:]
  /// By their names.
  var setups: [String: Line] = [:]

  /// Takes in a ledger.
  ///
  /// - Parameters:
  ///   - check: Called between two lines, on any thread; what it throws ends the reading.
  ///   - place: Says which place a record is about, if it is true; called on any thread.
  /// - Returns: Where the next line begins.
  mutating func read(
    _ path: String, in folder: OutputFolder, check: @Sendable () throws -> Void,
    recovering place: @Sendable (LedgerRecord) throws -> Int?
  ) throws -> Int {
    var (known, end) = ([String: LedgerSetup](), 0)
    try folder.files.forEachPiece(of: folder.root.appendingPathComponent(path)) { piece in
      let texts = try concurrentMap(piece.lines.count, check: check) { number in
        LedgerText<LedgerImageLine>(piece.text[piece.lines[number]])
      }
      for case (let number, .setup(let named)) in texts.enumerated() {
        known[named.name] = named.setup
        setups[named.name] = setups[named.name] ?? line(number, of: piece, at: path)
      }
      let finished = try concurrentMap(texts.count, check: check) { [known] number -> Int? in
        guard case .image(let line) = texts[number] else { return nil }
        return try (try? line.record(with: known)).flatMap(place)
      }
      for (number, place) in finished.enumerated() {
        guard let place, images[place] == nil, case .image(let text) = texts[number] else {
          continue
        }
        images[place] = Image(line: line(number, of: piece, at: path), setup: text.setupName)
      }
      end = piece.end
    }
    return end
  }

  private func line(_ number: Int, of piece: TextPiece, at path: String) -> Line {
    let range = piece.lines[number]
    return Line(
      path: path, range: piece.offset + range.lowerBound..<piece.offset + range.upperBound)
  }

  /// The lines that the ledger of the whole run has to have, in its order: images in that of the plan, and each setup before
  /// the first that names it.
  var order: [Line] {
    var met: Set<String> = []
    return images.keys.sorted().flatMap { place -> [Line] in
      guard let image = images[place] else { return [] }
      let setup = image.setup.flatMap { met.insert($0).inserted ? setups[$0] : nil }
      return [setup, image.line].compactMap(\.self)
    }
  }

  /// The same lines, one after another in one file, and how long that is.
  func inOrder(at path: String) -> (places: LedgerPlaces, length: Int) {
    var (moved, end) = (LedgerPlaces(), 0)
    func next(_ line: Line) -> Line {
      defer { end += line.range.count + 1 }
      return Line(path: path, range: end..<end + line.range.count)
    }
    for place in images.keys.sorted() {
      guard let image = images[place] else { continue }
      if let name = image.setup, moved.setups[name] == nil {
        moved.setups[name] = setups[name].map(next)
      }
      moved.images[place] = Image(line: next(image.line), setup: image.setup)
    }
    return (moved, end)
  }
}

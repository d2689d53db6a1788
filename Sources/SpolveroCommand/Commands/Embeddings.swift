import Checkpoints
import DatasetEvaluation
import Foundation
import LanguageModels
import Tensors

/// What `embed` found.
struct Embeddings {
  let images, texts: [[Float]]
  /// What the user called them.
  let imageNames, textNames: [String]

  init(images: [[Float]], texts: [[Float]], names: [String], texts textNames: [String]) {
    (self.images, self.texts) = (images, texts)
    (imageNames, self.textNames) = (names, textNames)
  }

  /// The cosines for other programs.
  struct Comparison: Encodable {
    let images, texts: [String]
    /// A row an image, a number a text.
    let cosines: [[Double]]
  }

  var comparison: Comparison {
    Comparison(images: imageNames, texts: textNames, cosines: cosines(images, texts))
  }

  /// The cosines as a table; of embeddings of one kind alone, how many there are.
  var lines: [String] {
    guard !images.isEmpty, !texts.isEmpty else {
      let width = (images.first ?? texts.first)?.count ?? 0
      return ["\(images.count + texts.count) embeddings of \(width) numbers"]
    }
    let rows = zip(imageNames, cosines(images, texts)).map { name, cosines in
      [name] + cosines.map { $0.text(places: 4) }
    }
    return table([""] + textNames, rows)
  }

  /// Writes `image_embeds` and `text_embeds`, `[count, channels]`, those that there are.
  func write(to url: URL) throws {
    var writer = SafetensorsWriter(metadata: ["format": "pt"])
    for (name, vectors) in [("image_embeds", images), ("text_embeds", texts)] where !vectors.isEmpty
    {
      let numbers = vectors.flatMap { $0 }
      writer.add(name, .float32, Shape([vectors.count, vectors[0].count])) {
        unsafe numbers.withUnsafeBytes { unsafe Data($0) }
      }
    }
    try writer.write(to: url)
  }
}

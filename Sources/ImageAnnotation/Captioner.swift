public import Checkpoints
import Faults
import Foundation
public import ImageFiles
public import Tensors

/// Says in words what images show.
public protocol Captioner: Sendable {
  /// Describes images, each by itself: what stands beside it in a batch changes nothing.
  ///
  /// - Parameters:
  ///   - images: Grey or RGB, 8 bits a channel, of any sizes.
  ///   - seeds: Of each image, what chooses the words where they are drawn.
  ///   - check: Called before each token; what it throws ends the work.
  /// - Returns: A caption for each image.
  /// - Throws: `GenerationError` when the network gives no numbers, or the caption no room; what the device finds wrong.
  func callAsFunction(
    _ images: [Image], seeds: [UInt64], check: () throws -> Void
  ) throws -> [String]
}

/// A captioner that a folder of transformers holds.
public protocol LoadableCaptioner: Captioner {
  /// Loads the networks and what belongs to them.
  ///
  /// - Parameters:
  ///   - folder: As transformers writes it.
  ///   - device: Where the networks run.
  ///   - precision: How products round their operands.
  ///   - options: What captions are to be like.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's; `TokenizerError` for a folder
  ///   without its tokenizer.
  init(
    _ folder: ModelFolder, on device: Device, precision: ProductPrecision, options: CaptionOptions
  ) throws
}

/// Makes sure that a network knows all numbers of its tokenizer.
///
/// - Throws: ``AnnotationError`` when it does not.
func requireFit(_ folder: ModelFolder, tokenizer largestID: Int32, vocabulary: Int) throws {
  if largestID < vocabulary { return }
  throw AnnotationError(
    .badData,
    "\(folder.url.path): the tokenizer has numbers up to \(largestID), the network a vocabulary of "
      + "\(vocabulary). Copy both from one model.")
}

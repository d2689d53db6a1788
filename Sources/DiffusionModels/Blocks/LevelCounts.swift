import Checkpoints
import NeuralLayers

/// Throws unless a network has levels, each with a width and a block on either way.
func require(levels: Int, down: Int, up: Int, in location: String) throws {
  try require(
    (1...Bounds.blocks).contains(levels) && down == levels && up == levels,
    "block_out_channels, down_block_types and up_block_types have \(levels), \(down) and \(up) "
      + "entries, expected as many of each, at most \(Bounds.blocks)", in: location)
}

import Foundation
import NeuralLayers
import TestSupport
import Testing
import VisionModels

/// The configurations of annotators' networks; their drawings are compared in `AnnotatorParityTests`.
@Suite struct AnnotatorNetworkTests {
  @Test func thePresetsAreThePublishedConfigurations() throws {
    try expectPublished(HEDConfiguration(), "hed")
    try expectPublished(PiDiNetConfiguration(), "pidinet")
    try expectPublished(DPTConfiguration(), "depth")
    try expectPublished(DPTConfiguration.large, "depth-large")
    try expectPublished(UnetGeneratorConfiguration(), "lineart-anime")
  }

  @Test(arguments: [
    (#"{"block_out_channels": [4, 4]}"#, "'layers_per_block' 5"),
    (#"{"layers_per_block": []}"#, "expected as many"),
  ])
  func refusesBlocksThatDoNotFit(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try HEDConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test(arguments: [
    (#"{"hidden_size": 770}"#, "no multiple"),
    (#"{"backbone_out_indices": [3, 12]}"#, "expected 2 layers of 12"),
    (#"{"neck_hidden_sizes": [8, 8, 8, 8]}"#, "do not begin with"),
    (#"{"resnet_num_groups": 48}"#, "does not divide"),
    (#"{"resnet_depths": [1]}"#, "expected 3 and 16"),
    (#"{"image_size": 8}"#, "has no places"),
    (#"{"neck_hidden_sizes": [256]}"#, "expected 4"),
  ])
  func refusesATransformerThatDoesNotFit(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try DPTConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }
}

import Checkpoints
import Foundation
import Tensors
import TestSupport

/// Gives the UNet in a model's folder nine channels to read, as UNets of inpainting have.
///
/// - Parameters:
///   - model: A folder with a UNet of four channels, which is changed.
///   - kernels: The first convolution's kernels `[C, 9, 3, 3]`, of those `[C, 4, 3, 3]` that it has.
func widenUNet(of model: URL, _ kernels: (Tensor) -> Tensor) throws {
  let config = model.appending(path: "unet/config.json")
  let text = try String(contentsOf: config, encoding: .utf8)
  try Data(text.replacing("\"in_channels\": 4", with: "\"in_channels\": 9").utf8)
    .write(to: config)
  let weights = model.appending(path: "unet/diffusion_pytorch_model.safetensors")
  let checkpoint = try Checkpoint(weights)
  var writer = SafetensorsWriter()
  for name in checkpoint.names {
    let tensor = try checkpoint.tensor(named: name, on: .sharedCPU)
    writer.add(name, name == "conv_in.weight" ? kernels(tensor) : tensor)
  }
  try writer.write(to: weights)
}

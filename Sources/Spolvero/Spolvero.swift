// Everything that a program needs that paints pictures or augments datasets: one import.
//
//     import Spolvero
//
//     let pipeline = try StableDiffusionPipeline(folder: model, device: .cpu())
//     let request = PictureRequest(prompt: "a red boat on a lake", width: 512, height: 512, seed: 7)
//     let image = try pipeline([request]).images[0]
//     try writeAtomically(image.pngData(), to: URL(fileURLWithPath: "boat.png"))

@_exported public import Augmentation
@_exported public import CPUBackend
@_exported public import Checkpoints
@_exported public import ComputeDevices
@_exported public import DiffusionModels
@_exported public import DiffusionPipelines
@_exported public import DurableFiles
@_exported public import ImageFiles
@_exported public import NeuralLayers
@_exported public import NoiseSchedulers
@_exported public import SegmentationDatasets
@_exported public import TensorCore
@_exported public import VulkanBackend

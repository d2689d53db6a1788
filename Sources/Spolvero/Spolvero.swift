// Everything that a program needs that paints images or augments datasets: one import.

@_exported public import Augmentation
@_exported public import CPUBackend
@_exported public import Checkpoints
@_exported public import ComputeDevices
@_exported public import DatasetEvaluation
@_exported public import DiffusionModels
@_exported public import DiffusionPipelines
@_exported public import DurableFiles
@_exported public import Faults
@_exported public import ImageAnnotation
@_exported public import ImageFiles
@_exported public import ImageSegmentation
@_exported public import ImageTensors
@_exported public import KnownModels
@_exported public import LanguageModels
@_exported public import NeuralLayers
@_exported public import NoiseSchedulers
@_exported public import SegmentationDatasets
@_exported public import Tensors
@_exported public import VisionModels
@_exported public import VulkanBackend

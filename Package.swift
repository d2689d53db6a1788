// swift-tools-version: 6.2
import PackageDescription

/// Flags that only a root package may use: SwiftPM refuses `unsafeFlags` in a versioned dependency.
/// A package that depends on Spolvero gets the portable kernels instead.
let isRoot = !Context.packageDirectory.contains("/checkouts/")

let language: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let safe = language + [.strictMemorySafety()]

/// Kernels get their arguments checked by `Tensors`, so they are built without checks of their own.
let unchecked: [SwiftSetting] = isRoot ? [.unsafeFlags(["-Ounchecked"])] : []

// The compiler flags of an instruction level reach one target only, and so do its symbols.
#if arch(x86_64)
  let hasX86Kernels = isRoot
#else
  let hasX86Kernels = false
#endif

/// The kernels once more, for the processors that have some instructions.
func kernels(_ level: String, _ flags: [String]) -> Target {
  .target(
    name: "CPUKernels" + level, dependencies: ["CPUKernelInterface", "CIntrinsics"],
    path: "Sources/CPUKernels/" + level,
    swiftSettings: language + unchecked + [.unsafeFlags(flags.flatMap { ["-Xcc", "-m" + $0] })])
}
let avx2 = ["avx2", "fma"]
let avx512 = avx2 + ["avx512f", "avx512bw", "avx512dq", "avx512vl"]
let avx512VNNI = avx512 + ["avx512vnni"]
let x86Kernels =
  hasX86Kernels
  ? [
    kernels("AVX2", avx2), kernels("AVX512", avx512), kernels("AVX512VNNI", avx512VNNI),
    kernels("AVX512BF16", avx512VNNI + ["avx512bf16"]),
  ] : []

/// Files of a module's folder that are built into it as bytes.
let embedded = ["Augmentation": ["html", "css", "js"].map { "Review/Report/Page/report.\($0)" }]

/// A library module whose unsafe code the compiler keeps in sight.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    resources: embedded[name, default: []].map { .embedInCode($0) }, swiftSettings: safe)
}

/// The tests of one module. All of them may run on any device and read fixtures.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies
      + (name == "Faults" ? [] : ["Faults"]),
    swiftSettings: language)
}

let package = Package(
  name: "spolvero",
  products: [
    .library(name: "Spolvero", targets: ["Spolvero"]),
    // The models alone, which depend on no other package.
    .library(
      name: "DiffusionPipelines",
      targets: [
        "DiffusionPipelines", "ImageAnnotation", "ImageSegmentation", "DiffusionModels",
        "LanguageModels", "VisionModels", "NeuralLayers", "NoiseSchedulers", "Checkpoints",
        "ImageTensors",
        "ImageFiles", "DurableFiles", "CPUBackend", "Tensors", "Faults",
      ]),
    .executable(name: "spolvero", targets: ["SpolveroCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // The engine.
    module("Faults"),
    module("Tensors", ["Faults"]),
    .target(name: "CPUKernelInterface", swiftSettings: language),
    .target(
      name: "CPUKernelsPortable", dependencies: ["CPUKernelInterface", "CIntrinsics"],
      path: "Sources/CPUKernels/Portable", swiftSettings: language + unchecked),
    .target(name: "CCPUFeatures"),
    .systemLibrary(name: "CIntrinsics"),
    .target(
      name: "CPUBackend",
      dependencies: [
        "Tensors", "Faults", "CPUKernelInterface", "CPUKernelsPortable", "CCPUFeatures",
      ] + x86Kernels.map { .init(stringLiteral: $0.name) },
      swiftSettings: language + (hasX86Kernels ? [.define("HAS_X86_KERNELS")] : [])),
    .systemLibrary(name: "CVulkan", providers: [.apt(["libvulkan-dev"])]),
    .target(name: "CShaders", exclude: ["slang", "spirv"]),
    .target(
      name: "VulkanBackend", dependencies: ["Tensors", "Faults", "CVulkan", "CShaders"],
      swiftSettings: language),
    module("ComputeDevices", ["CPUBackend", "VulkanBackend", "Tensors"]),
    .target(name: "CSHA256"),
    .target(name: "CFileSystems"),
    module("DurableFiles", ["Faults", "CSHA256", "CFileSystems", "CCPUFeatures"]),
    module("Checkpoints", ["DurableFiles", "Faults", "Tensors"]),
    module("NeuralLayers", ["Checkpoints", "DurableFiles", "Tensors"]),
    module("VisionModels", ["NeuralLayers", "ImageFiles", "Checkpoints", "Tensors"]),
    module(
      "LanguageModels",
      ["VisionModels", "NeuralLayers", "Checkpoints", "DurableFiles", "Faults", "Tensors"]),
    module("DiffusionModels", ["NeuralLayers", "Checkpoints", "Tensors"]),
    module("NoiseSchedulers", ["Checkpoints", "Faults"]),

    // Images and pipelines.
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .target(name: "CImageCodecs", dependencies: ["CPNG", "CJPEG"]),
    module("ImageFiles", ["DurableFiles", "Faults", "CImageCodecs"]),
    module("ImageTensors", ["ImageFiles", "Tensors"]),
    module("SegmentationDatasets", ["ImageFiles", "DurableFiles", "Faults"]),
    module(
      "DiffusionPipelines",
      [
        "DiffusionModels", "LanguageModels", "VisionModels", "NeuralLayers", "NoiseSchedulers",
        "ImageTensors", "ImageFiles", "Checkpoints", "DurableFiles", "Faults", "Tensors",
      ]),
    module("KnownModels", ["DiffusionModels", "LanguageModels", "VisionModels", "NeuralLayers"]),
    module(
      "ImageAnnotation",
      [
        "LanguageModels", "VisionModels", "NeuralLayers", "ImageTensors", "ImageFiles",
        "Checkpoints", "Faults", "Tensors",
      ]),
    module(
      "ImageSegmentation",
      [
        "LanguageModels", "VisionModels", "NeuralLayers", "ImageFiles", "Checkpoints", "Faults",
        "Tensors",
      ]),
    module(
      "DatasetEvaluation",
      [
        "LanguageModels", "VisionModels", "NeuralLayers", "SegmentationDatasets", "ImageTensors",
        "ImageFiles", "Checkpoints", "DurableFiles", "Faults", "Tensors",
      ]),
    module(
      "Augmentation",
      [
        "DiffusionPipelines", "ImageAnnotation", "SegmentationDatasets", "ImageFiles",
        "DurableFiles", "Faults",
      ]),
    module(
      "Spolvero",
      [
        "Tensors", "CPUBackend", "Checkpoints", "NeuralLayers", "VisionModels",
        "LanguageModels", "DiffusionModels", "KnownModels", "NoiseSchedulers", "ImageFiles",
        "ImageTensors", "SegmentationDatasets", "DiffusionPipelines", "ImageAnnotation",
        "ImageSegmentation", "DatasetEvaluation", "Augmentation", "ComputeDevices", "DurableFiles",
        "VulkanBackend", "Faults",
      ]),
    .executableTarget(
      name: "SpolveroCommand",
      dependencies: [
        "Augmentation", "DatasetEvaluation", "DiffusionPipelines", "ImageAnnotation",
        "ImageSegmentation", "KnownModels", "LanguageModels", "NeuralLayers", "NoiseSchedulers",
        "SegmentationDatasets", "ImageFiles", "DurableFiles",
        "Checkpoints", "ComputeDevices", "VulkanBackend", "Tensors", "Faults",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: safe),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "DiffusionPipelines", "DiffusionModels", "LanguageModels", "VisionModels", "NeuralLayers",
        "Checkpoints", "CPUBackend", "VulkanBackend", "ComputeDevices", "DurableFiles", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Sources", swiftSettings: safe),

    .executableTarget(
      name: "fuzz-configurations",
      dependencies: [
        "KnownModels", "LanguageModels", "NeuralLayers", "NoiseSchedulers", "Checkpoints",
        "Tensors", "Faults",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Fuzzing/Sources", swiftSettings: safe),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["NeuralLayers", "Checkpoints", "CPUBackend", "VulkanBackend", "Tensors"],
      path: "Tests/TestSupport", swiftSettings: language),
    tests("Faults"),
    tests("Tensors", ["CPUBackend"]),
    tests("CPUBackend", ["Tensors"]),
    tests("VulkanBackend", ["CShaders", "Tensors"]),
    tests("ComputeDevices", ["VulkanBackend", "Tensors"]),
    tests("DurableFiles"),
    tests("Checkpoints", ["DurableFiles", "CPUBackend", "Tensors"]),
    tests("NeuralLayers", ["Checkpoints", "Tensors"]),
    tests("VisionModels", ["NeuralLayers", "ImageFiles", "Checkpoints", "Tensors"]),
    tests(
      "LanguageModels", ["VisionModels", "NeuralLayers", "ImageFiles", "Checkpoints", "Tensors"]),
    tests("DiffusionModels", ["NeuralLayers", "Checkpoints", "CPUBackend", "Tensors"]),
    tests("KnownModels", ["NeuralLayers", "Checkpoints", "Tensors"]),
    tests("NoiseSchedulers", ["Checkpoints", "Tensors"]),
    tests("ImageFiles", ["DurableFiles"]),
    tests(
      "ImageAnnotation",
      [
        "LanguageModels", "VisionModels", "NeuralLayers", "ImageFiles", "Checkpoints", "Tensors",
      ]),
    tests(
      "ImageSegmentation",
      [
        "LanguageModels", "VisionModels", "NeuralLayers", "ImageFiles", "Checkpoints", "Tensors",
      ]),
    tests(
      "DatasetEvaluation",
      [
        "ImageAnnotation", "ImageSegmentation", "LanguageModels", "VisionModels", "NeuralLayers",
        "SegmentationDatasets", "ImageFiles", "Checkpoints", "Tensors",
      ]),
    tests("ImageTensors", ["ImageFiles", "Tensors"]),
    tests("SegmentationDatasets", ["Checkpoints", "ImageFiles", "DurableFiles"]),
    tests(
      "DiffusionPipelines",
      [
        "DiffusionModels", "LanguageModels", "KnownModels", "NoiseSchedulers", "ImageTensors",
        "ImageFiles", "Checkpoints", "VulkanBackend", "Tensors",
      ]),
    tests(
      "Augmentation",
      [
        "DiffusionPipelines", "DiffusionModels", "ImageAnnotation", "SegmentationDatasets",
        "ImageFiles", "DurableFiles", "Checkpoints", "Tensors",
      ]),
    .testTarget(
      name: "BenchmarkTests", dependencies: ["benchmark", "Tensors", "TestSupport"],
      swiftSettings: language),
    tests(
      "SpolveroCommand",
      [
        "Spolvero", "ImageAnnotation", "ImageFiles", "Checkpoints", "SegmentationDatasets",
        "ComputeDevices", "Tensors",
      ]),
  ] + x86Kernels,
  // Shaders are embedded with C23's #embed.
  cLanguageStandard: .gnu2x
)

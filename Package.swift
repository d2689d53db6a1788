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

/// Kernels get their arguments checked by `TensorCore`, so they are built without checks of their own.
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
let x86Kernels =
  hasX86Kernels
  ? [
    kernels("AVX2", avx2), kernels("AVX512", avx512),
    kernels("AVX512BF16", avx512 + ["avx512bf16"]),
  ] : []

/// A library module whose unsafe code the compiler keeps in sight.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: safe)
}

/// The tests of one module. All of them may run on any device and read fixtures.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
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
        "DiffusionPipelines", "DiffusionModels", "NeuralLayers", "NoiseSchedulers", "Checkpoints",
        "ImageFiles", "DurableFiles", "CPUBackend", "TensorCore",
      ]),
    .executable(name: "spolvero", targets: ["SpolveroCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // The engine.
    module("TensorCore"),
    .target(name: "CPUKernelInterface", swiftSettings: language),
    .target(
      name: "CPUKernelsPortable", dependencies: ["CPUKernelInterface", "CIntrinsics"],
      path: "Sources/CPUKernels/Portable", swiftSettings: language + unchecked),
    .target(name: "CCPUFeatures"),
    .systemLibrary(name: "CIntrinsics"),
    .target(
      name: "CPUBackend",
      dependencies: ["TensorCore", "CPUKernelInterface", "CPUKernelsPortable", "CCPUFeatures"]
        + x86Kernels.map { .init(stringLiteral: $0.name) },
      swiftSettings: language + (hasX86Kernels ? [.define("HAS_X86_KERNELS")] : [])),
    .systemLibrary(name: "CVulkan", providers: [.apt(["libvulkan-dev"])]),
    .target(name: "CShaders", exclude: ["slang", "spirv"]),
    .target(
      name: "VulkanBackend", dependencies: ["TensorCore", "CVulkan", "CShaders"],
      swiftSettings: language),
    module("ComputeDevices", ["CPUBackend", "VulkanBackend", "TensorCore"]),
    .target(name: "CSHA256"),
    module("DurableFiles", ["CSHA256", "CCPUFeatures"]),
    module("Checkpoints", ["DurableFiles", "TensorCore"]),
    module("NeuralLayers", ["Checkpoints", "TensorCore"]),
    module("DiffusionModels", ["NeuralLayers", "Checkpoints", "DurableFiles", "TensorCore"]),
    module("NoiseSchedulers", ["Checkpoints"]),

    // Pictures and pipelines.
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .target(name: "CImageCodecs", dependencies: ["CPNG", "CJPEG"]),
    module("ImageFiles", ["DurableFiles", "CImageCodecs"]),
    module("SegmentationDatasets", ["ImageFiles", "DurableFiles"]),
    module(
      "DiffusionPipelines",
      [
        "DiffusionModels", "NeuralLayers", "NoiseSchedulers", "ImageFiles", "Checkpoints",
        "DurableFiles", "TensorCore",
      ]),
    module(
      "Augmentation",
      [
        "DiffusionPipelines", "DiffusionModels", "NoiseSchedulers", "SegmentationDatasets",
        "ImageFiles", "DurableFiles", "Checkpoints", "TensorCore",
      ]),
    module(
      "Spolvero",
      [
        "TensorCore", "CPUBackend", "Checkpoints", "NeuralLayers", "DiffusionModels",
        "NoiseSchedulers", "ImageFiles", "SegmentationDatasets", "DiffusionPipelines",
        "Augmentation", "ComputeDevices", "DurableFiles", "VulkanBackend",
      ]),
    .executableTarget(
      name: "SpolveroCommand",
      dependencies: [
        "Augmentation", "DiffusionPipelines", "DiffusionModels", "NoiseSchedulers",
        "SegmentationDatasets", "ImageFiles", "DurableFiles", "Checkpoints", "ComputeDevices",
        "VulkanBackend", "TensorCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: safe),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "DiffusionPipelines", "DiffusionModels", "Checkpoints", "CPUBackend", "VulkanBackend",
        "ComputeDevices", "DurableFiles", "TensorCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Sources", swiftSettings: safe),

    .executableTarget(
      name: "fuzz-configurations",
      dependencies: [
        "DiffusionModels", "NoiseSchedulers", "Checkpoints", "TensorCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Fuzzing/Sources", swiftSettings: safe),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["TensorCore", "CPUBackend", "VulkanBackend", "Checkpoints"],
      path: "Tests/TestSupport", swiftSettings: language),
    tests("TensorCore", ["CPUBackend"]),
    tests("CPUBackend", ["TensorCore"]),
    tests("VulkanBackend", ["CShaders", "TensorCore"]),
    tests("ComputeDevices", ["VulkanBackend", "TensorCore"]),
    tests("DurableFiles"),
    tests("Checkpoints", ["DurableFiles", "CPUBackend", "TensorCore"]),
    tests("DiffusionModels", ["NeuralLayers", "Checkpoints", "CPUBackend", "TensorCore"]),
    tests("NoiseSchedulers", ["Checkpoints", "TensorCore"]),
    tests("ImageFiles", ["DurableFiles"]),
    tests("SegmentationDatasets", ["ImageFiles", "DurableFiles"]),
    tests(
      "DiffusionPipelines",
      [
        "DiffusionModels", "NoiseSchedulers", "ImageFiles", "Checkpoints", "VulkanBackend",
        "TensorCore",
      ]),
    tests(
      "Augmentation",
      [
        "DiffusionPipelines", "SegmentationDatasets", "ImageFiles", "DurableFiles", "Checkpoints",
        "TensorCore",
      ]),
    .testTarget(
      name: "BenchmarkTests", dependencies: ["benchmark", "TensorCore", "TestSupport"],
      swiftSettings: language),
    tests(
      "SpolveroCommand",
      [
        "Spolvero", "ImageFiles", "Checkpoints", "SegmentationDatasets", "ComputeDevices",
        "TensorCore",
      ]),
  ] + x86Kernels,
  // Shaders are embedded with C23's #embed.
  cLanguageStandard: .gnu2x
)

import Foundation
import Testing

/// Who imports whom: modules know only what stands below them in README's list, and the manifest says no
/// more than is so.
@Suite struct ArrowTests {
  /// README's modules, the top first.
  private let floors: [String]
  /// What each of them imports.
  private let imports: [String: Set<String>]

  init() throws {
    let readme = try Self.text("README.md")
    let list = try #require(readme.firstMatch(of: /\n    Sources\/\n((?:      .*\n)+)/)).1
    floors = list.matches(of: /(?m)^      (\w+)/).map { String($0.1) }
    imports = try Dictionary(uniqueKeysWithValues: floors.map { ($0, try Self.imports(of: $0)) })
  }

  @Test func allModulesAreInTheList() throws {
    let modules = try Set(manifest.keys).subtracting(["Spolvero"])
    #expect(modules.subtracting(floors) == [])
  }

  @Test func modulesImportOnlyWhatStandsBelow() {
    for (place, module) in floors.enumerated() {
      let above = Set(floors[...place])
      #expect(imports[module]?.intersection(above) == [], "\(module)")
    }
  }

  /// Arrows that would go down, and that nobody may draw all the same.
  @Test(arguments: [
    ("DiffusionModels", ["LanguageModels", "VisionModels"]),
    ("ImageAnnotation", ["DiffusionPipelines", "DiffusionModels"]),
    (
      "Augmentation",
      [
        "KnownModels", "DiffusionModels", "LanguageModels", "VisionModels", "NeuralLayers",
        "Checkpoints", "ImageTensors", "Tensors",
      ]
    ),
    ("NoiseSchedulers", ["Tensors"]),
  ])
  func someArrowsStayUndrawn(module: String, others: [String]) {
    #expect(imports[module]?.intersection(others) == [], "\(module)")
  }

  @Test func onlyTheTopKnowsABackendByName() {
    let backends: Set = ["CPUBackend", "VulkanBackend", "ComputeDevices"]
    let know = floors.filter { imports[$0]?.isDisjoint(with: backends) == false }
    #expect(know == ["SpolveroCommand", "ComputeDevices"])
  }

  @Test func theManifestHasNoArrowThatNobodyNeeds() throws {
    for (module, dependencies) in try manifest where module != "Spolvero" {
      let dead = try dependencies.subtracting(Self.imports(of: module))
      #expect(dead == [], "\(module)")
    }
  }

  /// The dependencies of each library module.
  private var manifest: [String: Set<String>] {
    get throws {
      let modules = try Self.text("Package.swift")
        .matches(of: /module\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?\s*\)/)
      return Dictionary(
        uniqueKeysWithValues: modules.map { module in
          let names = (module.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
          return (String(module.1), Set(names))
        })
    }
  }

  private static func imports(of module: String) throws -> Set<String> {
    let folder = Documents.root.appendingPathComponent("Sources/\(module)")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    return try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
      .reduce(into: []) { imports, file in
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        imports.formUnion(text.matches(of: /(?m)^(?:\w+ )*import (\w+)$/).map { String($0.1) })
      }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: Documents.root.appendingPathComponent(path), encoding: .utf8)
  }
}

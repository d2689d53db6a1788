import ArgumentParser

/// Lists published models, and how to fetch them.
struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List published models for photographs, and the commands that fetch them.",
    discussion: """
      Nothing is downloaded here. 'hf' comes with the Python package huggingface_hub, 1.0 or later; \
      tools/convert.py needs the packages of tools/requirements.txt.
      """)

  @Flag(help: "Print one JSON array.")
  var json = false

  mutating func run() throws {
    if json { return try Console.result(json: PublishedModel.all) }
    try Console.result(PublishedModel.all.flatMap(lines))
  }

  private func lines(_ model: PublishedModel) -> [String] {
    ["\(model.purpose) (\(size(model)), licence: \(model.licence))"]
      + model.commands.map { "  \($0)" }
  }

  private func size(_ model: PublishedModel) -> String {
    let bytes = Double(model.bytes)
    return bytes < 1e9
      ? "\((bytes / 1e6).text(places: 0)) MB" : "\((bytes / 1e9).text(places: 1)) GB"
  }
}

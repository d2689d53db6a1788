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
    ["\(model.purpose) (\(model.bytes.byteText(places: 0)), licence: \(model.licence))"]
      + model.commands.map { "  \($0)" }
  }
}

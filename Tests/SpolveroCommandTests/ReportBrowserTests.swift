import Foundation
import TestSupport
import Testing

/// A report in a browser: `tools/check_report.py` opens it, clicks, presses keys, filters and exports decisions, which
/// `filter` then follows.
@Suite struct ReportBrowserTests {
  private static let browsers = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
  ]

  /// Whether there is what opens a page, and what tells it to.
  private static var canOpen: Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    func isThere(_ program: String) -> Bool {
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
    return isThere("python3") && browsers.contains(where: isThere)
  }

  @Test(.enabled(if: canOpen, "there is no Chromium, or no Python, to open a report with"))
  func doesWhatItShould() throws {
    let folder = try TemporaryFolder()
    let (out, many) = (folder.appending("out").path, folder.appending("many").path)
    let check = Documents.root.appending(path: "tools/check_report.py").path
    let outcome = try shell(
      """
      set -e; cd "$4"
      "$0" augment --dataset Weights/demo --output "$1" --model Weights/littleworld --resolution 96 --images 6 \
        --steps 2 --adapter Weights/littleworld/adapters/canny --prior canny --device cpu
      "$0" report "$1" -o "$1.html"
      python3 "$3" "$1.html" --filter "$0" "$1"
      python3 tools/enlarge_run.py "$1" 130 "$2"
      "$0" report "$2" -o "$2.html" --side 48
      python3 "$3" "$2.html"
      """, [out, many, check, Documents.root.path])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.matches(of: /the page does what it should/).count == 2)
  }
}

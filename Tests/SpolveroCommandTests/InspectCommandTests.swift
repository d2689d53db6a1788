import Foundation
import TestSupport
import Testing

/// `spolvero inspect` on what `spolvero synthesize` wrote.
@Suite struct InspectCommandTests {
  @Test func saysWhetherTheWeightsFitTheConfiguration() throws {
    let folder = try TemporaryFolder()
    let model = folder.appending("model").path
    let made = try CommandLineTool.run("synthesize", "--architecture", "tiny", "-o", model)
    #expect(made.status == 0, "\(made.errors)")
    let whole = try CommandLineTool.run("inspect", model, "--json")
    #expect(whole.status == 0)
    #expect(whole.output.contains("UNet2DConditionModel"))

    let unet = folder.appending("model/unet/config.json")
    let text = try String(contentsOf: unet, encoding: .utf8)
      .replacingOccurrences(of: "\"in_channels\" : 4", with: "\"in_channels\" : 5")
    try folder.write(text, "model/unet/config.json")
    let wrong = try CommandLineTool.run("inspect", model)
    #expect(wrong.status == 65)
    #expect(wrong.output.contains("conv_in.weight"))
  }
}

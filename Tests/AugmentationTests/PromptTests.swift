import Augmentation
import Foundation
import Testing

@Suite struct PromptTests {
  @Test func followsThePapersExamples() {
    let caption = "a pink plane on the tarmac"
    let classes = ["aeroplane", "person"]
    #expect(
      PromptStyle.appended.prompt(caption: caption, classes: classes)
        == "a pink plane on the tarmac; aeroplane, person")
    #expect(
      PromptStyle.simple.prompt(caption: caption, classes: classes)
        == "A photo of aeroplane, person")
    #expect(PromptStyle.caption.prompt(caption: caption, classes: classes) == caption)
  }

  @Test func followsScribbleGen() {
    let style = PromptStyle.highQuality
    #expect(
      style.prompt(caption: "a plane", classes: [])
        == "a high-quality, detailed, and professional image")
    #expect(
      style.prompt(caption: nil, classes: ["cat", "dog"])
        == "a high-quality, detailed, and professional image of cat, dog")
  }

  @Test(arguments: PromptStyle.allCases.filter { $0 != .highQuality })
  func fallsBackToTheSimplePrompt(style: PromptStyle) {
    #expect(style.prompt(caption: nil, classes: ["dining table"]) == "A photo of dining table")
    #expect(style.prompt(caption: nil, classes: []) == "A photo")
  }

  @Test func appendsNothingWithoutClasses() {
    #expect(PromptStyle.appended.prompt(caption: "a lawn", classes: []) == "a lawn")
  }
}

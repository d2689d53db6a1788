import Testing
import VulkanBackend

@Suite struct LoaderTests {
  @Test func saysWhereItLookedForTheLibraryAndWhatToDo() {
    let error = #expect(throws: VulkanError.self) { try Loader(names: ["libnothing.so.1"]) }
    #expect(error?.reason == .noLoader)
    #expect(error?.description.contains("libnothing.so.1") == true)
    #expect(error?.description.contains("--device cpu") == true)
  }
}

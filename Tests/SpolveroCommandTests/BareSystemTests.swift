import Testing

/// Systems that lack what nearly all have, as a bare `chroot` does.
@Suite struct BareSystemTests {
  private static let hidden =
    "unshare --user --map-root-user --mount sh -c 'mount -t tmpfs none /proc && exec \"$@\"' sh"
  private static let canHide = (try? shell("\(hidden) true", []))?.status == 0

  @Test(.enabled(if: canHide, "namespaces are not allowed here"))
  func saysThatItsArgumentsCannotBeReadWithoutProc() throws {
    let outcome = try shell(Self.hidden + " \"$0\" \"$@\"", ["--version"])
    #expect(outcome.status == 66 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("/proc/self/cmdline"))
  }
}

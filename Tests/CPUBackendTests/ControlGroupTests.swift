import CPUBackend
import Foundation
import TestSupport
import Testing

/// The files that Linux shows of a process's groups.
@Suite struct ControlGroupTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func group(_ membership: String) -> ControlGroup {
    ControlGroup(root: folder.url, membership: membership)
  }

  @Test func takesTheTightestLimitOnTheWayUp() throws {
    try folder.write("max 100000\n", "slurm/job/cpu.max")
    try folder.write("150000 100000\n", "slurm/cpu.max")
    try folder.write("8000000\n", "slurm/job/memory.max")
    try folder.write("5000000\n", "slurm/job/memory.current")
    try folder.write("anon 1\ninactive_file 200000\nactive_file 300000\n", "slurm/job/memory.stat")
    try folder.write("max\n", "slurm/memory.max")
    let group = group("0::/slurm/job\n")
    #expect(group.processors == 1.5)
    #expect(group.memoryLeft == 3_500_000)
  }

  @Test func readsTheFirstVersion() throws {
    try folder.write("-1\n", "cpu/cpu.cfs_quota_us")
    try folder.write("50000\n", "cpu/docker/cpu.cfs_quota_us")
    try folder.write("100000\n", "cpu/docker/cpu.cfs_period_us")
    try folder.write("4000\n", "memory/docker/memory.limit_in_bytes")
    try folder.write("5000\n", "memory/docker/memory.usage_in_bytes")
    try folder.write("total_inactive_file 100\n", "memory/docker/memory.stat")
    let group = group("4:memory:/docker\n3:cpu,cpuacct:/docker\n1:name=systemd:/docker\n")
    #expect(group.processors == 0.5)
    #expect(group.memoryLeft == 0)
  }

  /// In a container, the path is often one of the host's, and the limits stand at the mount itself.
  @Test func findsTheLimitsOfAContainerAtTheRoot() throws {
    try folder.write("200000 100000\n", "cpu.max")
    #expect(group("0::/host/only/path\n").processors == 2)
  }

  @Test func saysNothingWithoutLimits() {
    #expect(group("0::/\n").processors == nil)
    #expect(group("").memoryLeft == nil)
  }
}

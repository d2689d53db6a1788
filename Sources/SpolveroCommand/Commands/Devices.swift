import ArgumentParser
import ComputeDevices

/// Lists what can compute.
struct Devices: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the devices of this machine, and say which one --device auto takes.")

  @Flag(help: "Print one JSON array.")
  var json = false

  mutating func run() throws {
    let devices = try DeviceDescription.all()
    if json { return try Console.result(json: devices) }
    let rows = devices.map { device in
      [
        device.name, device.selection, "\((Double(device.memorySize) / 1e9).text(places: 1)) GB",
        device.matrixPrecisions.isEmpty ? "none" : device.matrixPrecisions.joined(separator: ", "),
        remark(device),
      ]
    }
    try Console.result(table(["device", "--device", "memory", "matrix units", ""], rows))
    if devices.count == 1 {
      Console.note("Vulkan offers no device. A graphics driver and libvulkan1 would bring one.")
    }
  }

  private func remark(_ device: DeviceDescription) -> String {
    if !device.missing.isEmpty {
      return "unusable: lacks \(device.missing.joined(separator: ", "))"
    }
    return device.isAutomatic ? "taken by auto" : ""
  }
}

import ImageFiles
import ImageTensors
import Tensors
import TestSupport
import Testing

@Suite struct ConversionTests {
  private let picture = Image(
    width: 2, height: 3, channels: 3, pixels: (0..<18).map { UInt8($0 * 15) })

  @Test(arguments: PixelRange.allCases, Device.underTest)
  func everyColourComesBack(range: PixelRange, on device: Device) {
    let ramp = Image(width: 256, height: 1, channels: 1, pixels: Array(0...255))
    for image in [ramp, picture] {
      #expect(Image.all(of: image.tensor(on: device, in: range), in: range) == [image])
    }
  }

  @Test func blackAndWhiteAreTheEndsOfTheRange() {
    let ends = Image(width: 2, height: 1, channels: 1, pixels: [0, 255])
    #expect(ends.tensor(on: .sharedCPU).floats() == [0, 1])
    #expect(ends.tensor(on: .sharedCPU, in: .symmetric).floats() == [-1, 1])
    #expect(picture.tensor(on: .sharedCPU).shape == [1, 3, 2, 3])
  }

  @Test func numbersOutOfRangeAreClampedAndOthersRounded() {
    let numbers = Tensor([-7, 0.499 / 255, 0.501 / 255, 1.5], [2, 1, 2, 1], on: .sharedCPU)
    let images = Image.all(of: numbers)
    #expect(images.map(\.pixels) == [[0, 0], [1, 255]])
    #expect(images.allSatisfy { $0.size == ImageSize(width: 2, height: 1) })
  }

  @Test func numbersWithoutColourTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Image.all(of: Tensor([.nan], [1, 1, 1, 1], on: .sharedCPU))
    }
  }

  @Test(arguments: Device.underTest)
  func idsBecomeOneChannelEach(on device: Device) {
    let labels = Image(width: 2, height: 2, channels: 1, pixels: [0, 2, 3, 255])
    let classes = labels.oneHot(classes: 3, on: device)
    #expect(classes.shape == [1, 2, 2, 3])
    #expect(classes.floats() == [1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1])
  }
}

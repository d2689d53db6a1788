extension Image {
  /// Half of this image and half of a mask's colours, where the mask has something.
  ///
  /// - Parameters:
  ///   - mask: Of the same size.
  ///   - palette: Colours by id.
  ///   - background: The id that is left as it is, if any.
  public func tinted(
    with mask: LabelImage, _ palette: [RGB] = Palette.voc, leaving background: UInt8? = nil
  ) -> Image {
    precondition(
      channels == 3 && mask.size == size, "tinted: \(mask.size) of labels for \(size)×\(channels)")
    let colours = mask.coloured(with: palette)
    var mixed = pixels
    for (pixel, id) in mask.ids.enumerated() where id != background {
      for i in 3 * pixel..<3 * pixel + 3 { mixed[i] = pixels[i] / 2 + colours.pixels[i] / 2 }
    }
    return Image(width: width, height: height, channels: 3, pixels: mixed)
  }
}

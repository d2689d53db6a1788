extension ImageSize {
  /// The square around a box, moved into an image of this size; where the image is narrower, all of its rows or columns.
  ///
  /// - Parameters:
  ///   - side: That of the square, in pixels.
  ///   - box: Its first column and row, and its extent.
  public func square(
    of side: Int, around box: (x: Int, y: Int, width: Int, height: Int)
  ) -> (x: Int, y: Int, width: Int, height: Int) {
    func start(_ start: Int, _ length: Int, within limit: Int) -> Int {
      min(max(start + (length - side) / 2, 0), max(limit - side, 0))
    }
    return (
      start(box.x, box.width, within: width), start(box.y, box.height, within: height),
      min(side, width), min(side, height)
    )
  }
}

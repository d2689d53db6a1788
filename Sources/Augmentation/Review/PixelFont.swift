import Foundation
package import ImageFiles

/// Writes lines of small capitals, 5 pixels wide and 7 high, into images.
package struct PixelFont {
  /// The height of a letter without space around it, in pixels.
  static let height = 7
  /// From the left edge of a letter to that of the next, in pixels.
  static let pitch = 6

  /// Writes a line in black; what does not fit into the width ends in `…`.
  ///
  /// Small letters become capitals, accents are left out, and what has no shape here becomes `?`.
  ///
  /// - Parameters:
  ///   - x: The line's left edge.
  ///   - y: Its upper edge.
  ///   - width: The pixels that it may take.
  package static func write(_ text: String, into image: inout Image, x: Int, y: Int, width: Int) {
    for (index, letter) in cut(shapes(text), to: width / pitch).enumerated() {
      guard let rows = glyphs[letter] else { continue }
      for (row, marks) in rows.enumerated() {
        for (column, mark) in marks.enumerated() where mark == "#" {
          let pixel = (y + row) * image.width + x + index * pitch + column
          for channel in 0..<image.channels { image.pixels[image.channels * pixel + channel] = 0 }
        }
      }
    }
  }

  private static func cut(_ letters: [Character], to count: Int) -> [Character] {
    letters.count <= count
      ? letters : Array((letters.prefix(max(0, count - 1)) + ["…"]).prefix(count))
  }

  private static func shapes(_ text: String) -> [Character] {
    text.folding(options: .diacriticInsensitive, locale: nil).uppercased().map {
      $0 == " " || glyphs[$0] != nil ? $0 : "?"
    }
  }

  private static let glyphs: [Character: [Substring]] = {
    var glyphs: [Character: [Substring]] = [:]
    for (letters, drawing) in drawings {
      let lines = drawing.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, letter) in letters.enumerated() {
        glyphs[letter] = lines.map { $0.dropFirst(index * pitch).prefix(pitch - 1) }
      }
    }
    return glyphs
  }()

  /// Letters, and their shapes side by side.
  private static let drawings = [
    (
      "ABCDEFGHIJKLM",
      """
       ###  ####   ###  ####  ##### #####  ###  #   #  ###    ### #   # #     #   #
      #   # #   # #   # #   # #     #     #   # #   #   #      #  #  #  #     ## ##
      #   # #   # #     #   # #     #     #     #   #   #      #  # #   #     # # #
      ##### ####  #     #   # ####  ####  #  ## #####   #      #  ##    #     # # #
      #   # #   # #     #   # #     #     #   # #   #   #      #  # #   #     #   #
      #   # #   # #   # #   # #     #     #   # #   #   #   #  #  #  #  #     #   #
      #   # ####   ###  ####  ##### #      ###  #   #  ###   ##   #   # ##### #   #
      """
    ),
    (
      "NOPQRSTUVWXYZ",
      """
      #   #  ###  ####   ###  ####   #### ##### #   # #   # #   # #   # #   # #####
      ##  # #   # #   # #   # #   # #       #   #   # #   # #   # #   # #   #     #
      ##  # #   # #   # #   # #   # #       #   #   # #   # #   #  # #   # #     #
      # # # #   # ####  #   # ####   ###    #   #   # #   # # # #   #     #     #
      #  ## #   # #     # # # # #       #   #   #   #  # #  # # #  # #    #    #
      #  ## #   # #     #  #  #  #      #   #   #   #  # #  ## ## #   #   #   #
      #   #  ###  #      ## # #   # ####    #    ###    #   #   # #   #   #   #####
      """
    ),
    (
      "0123456789.,:",
      """
       ###    #    ###   ###     #  #####  ###  #####  ###   ###
      #   #  ##   #   # #   #   ##  #     #         # #   # #   #              ##
      #  ##   #       #     #  # #  ####  #        #  #   # #   #              ##
      # # #   #     ##    ##  #  #      # ####     #   ###   ####
      ##  #   #    #        # #####     # #   #   #   #   #     #        ##    ##
      #   #   #   #     #   #    #  #   # #   #   #   #   #     #  ##     #    ##
       ###   ###  #####  ###     #   ###   ###    #    ###   ###   ##    #
      """
    ),
    (
      ";-_'/()+!?&%…",
      """
                          #       #    #   #            #    ###   ##   ##  #
       ##                 #       #   #     #     #     #   #   # #  #  ##  #
       ##                 #      #   #       #    #     #       # # #      #
            #####               #    #       #  #####   #     ##   #      #
       ##                      #     #       #    #     #     #   # # #  #
        #                     #       #     #     #               #  #  #  ##
       #          #####       #        #   #            #     #    ## # #  ## # # #
      """
    ),
  ]
}

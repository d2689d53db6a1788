import Foundation
import ImageFiles

/// Writes "CVAT for images 1.1": a mask for each object, and for what is in none of each class.
enum CVATWriter {
  static func data(
    for images: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws -> Data {
    var text = """
      <?xml version="1.0" encoding="utf-8"?>
      <annotations>
        <version>1.1</version>
        <meta>
          <task>
            <labels>

      """
    for id in classes.ids {
      let colour = classes.palette[Int(id)]
      let hexadecimal = [colour.red, colour.green, colour.blue].map { value in
        (value < 16 ? "0" : "") + String(value, radix: 16)
      }
      text += """
                <label>
                  <name>\(escaped(classes.name(of: id)))</name>
                  <color>#\(hexadecimal.joined())</color>
                  <type>any</type>
                  <attributes></attributes>
                </label>

        """
    }
    text += """
            </labels>
          </task>
        </meta>

      """
    for (index, image) in images.enumerated() {
      let objects = try LabelledObjects(image, classes.encoding)
      let (name, size) = (escaped(image.image.lastPathComponent), objects.size)
      text +=
        "  <image id=\"\(index)\" name=\"\(name)\" width=\"\(size.width)\" height=\"\(size.height)\">\n"
      for object in objects.objects { text += mask(object, classes) }
      text += "  </image>\n"
    }
    return Data((text + "</annotations>\n").utf8)
  }

  private static func mask(_ object: LabelledObjects.Object, _ classes: ClassList) -> String {
    let box = object.runs.bounds
    let runs = rows(of: object.runs, box).map(String.init).joined(separator: ", ")
    return """
          <mask label="\(escaped(classes.name(of: object.id)))" source="manual" occluded="0" rle="\(runs)" \
      left="\(box.x)" top="\(box.y)" width="\(box.width)" height="\(box.height)" z_order="0">
          </mask>

      """
  }

  /// The runs row by row.
  private static func rows(
    of mask: RunLengthMask, _ box: (x: Int, y: Int, width: Int, height: Int)
  ) -> [Int] {
    var isInside = [Bool](repeating: false, count: box.width * box.height)
    mask.forEachPixel { isInside[($1 - box.y) * box.width + $0 - box.x] = true }
    var (runs, last) = ([0], false)
    for pixel in isInside {
      if pixel != last { runs.append(0) }
      runs[runs.count - 1] += 1
      last = pixel
    }
    return runs
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

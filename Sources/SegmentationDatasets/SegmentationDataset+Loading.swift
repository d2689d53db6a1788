import DurableFiles
import Faults
import Foundation
import ImageFiles

extension SegmentationDataset {
  /// Reads an image, upright, its mask and its instances, each file once.
  ///
  /// - Parameters:
  ///   - entry: Where they are.
  ///   - warn: Gets a sentence about an image that breaks its format and has every pixel.
  /// - Throws: ``DatasetError`` with all that is wrong with them: files that cannot be read, are damaged,
  ///   are no mask or do not fit each other, and ids beyond the class list.
  public func load(
    _ entry: Entry, warn: (String) -> Void = { _ in }
  ) throws(DatasetError) -> LabelledImage {
    let loaded = try load(entry) { data throws(ImageError) in
      let image = try Image(decoding: data, name: entry.image.path, warn: warn)
      return (image, image.size)
    }
    return LabelledImage(
      image: loaded.image, mask: loaded.mask, instances: loaded.instances, hashes: loaded.hashes)
  }

  /// An image, or what is wanted of it, and what is labelled in it.
  struct Loaded<Value> {
    let image: Value
    let size: ImageSize
    let mask: LabelImage
    let instances: LabelImage?
    let hashes: EntryHashes
  }

  /// Reads an entry, as ``load(_:warn:)`` does.
  ///
  /// - Parameter decode: Makes what is wanted of the image's bytes, and says its upright size.
  func load<Value>(
    _ entry: Entry, image decode: (Data) throws(ImageError) -> (Value, ImageSize)
  ) throws(DatasetError) -> Loaded<Value> {
    var problems: [DatasetProblem] = []
    let photograph = read(of: entry, &problems) { () throws(ImageError) in
      let data = try bytes(of: entry.image)
      return (try decode(data), data)
    }
    // What a file says of a size is not drawn before the photograph says it too.
    if let size = entry.mask.size, size != photograph?.value.1 {
      problems += photograph.map { [misfit(size, entry, $0.value.1)] } ?? []
      throw DatasetError(problems)
    }
    let mask = read(of: entry, &problems) { () throws(ImageError) in try labels(entry.mask) }
    let instances = entry.instances.flatMap { source in
      read(of: entry, &problems) { () throws(ImageError) in try labels(source) }
    }
    if let photograph, let mask {
      problems += self.problems(of: mask.value, entry, photograph: photograph.value.1)
      if let instances, let place = entry.instances?.url {
        problems += self.problems(of: instances.value, at: place, entry, mask: mask.value)
      }
    }
    guard let photograph, let mask, problems.isEmpty else { throw DatasetError(problems) }
    let (image, size) = photograph.value
    return Loaded(
      image: image, size: size, mask: mask.value, instances: instances?.value,
      hashes: EntryHashes(image: photograph.hash, mask: mask.hash, instances: instances?.hash))
  }

  private func read<Value>(
    of entry: Entry, _ problems: inout [DatasetProblem],
    _ decode: () throws(ImageError) -> (Value, Data)
  ) -> (value: Value, hash: String)? {
    do throws(ImageError) {
      let (value, data) = try decode()
      return (value, data.sha256)
    } catch {
      problems.append(DatasetProblem(error, stem: entry.stem))
      return nil
    }
  }

  /// Reads labels, and the bytes that stand for them.
  private func labels(_ source: LabelSource) throws(ImageError) -> (LabelImage, Data) {
    let data = try source.data(from: source.readsFile ? bytes(of: source.url) : Data())
    return (try source.labels(in: data), data)
  }

  private func bytes(of url: URL) throws(ImageError) -> Data {
    do throws(POSIXError) {
      if let data = try reader(url) { return data }
      throw POSIXError(.ENOENT)
    } catch { throw ImageError(reading: url, error) }
  }

  private func problems(
    of mask: LabelImage, _ entry: Entry, photograph: ImageSize
  ) -> [DatasetProblem] {
    guard mask.size == photograph else { return [misfit(mask.size, entry, photograph)] }
    let unknown = classes.labels(among: mask.classes).filter { classes.names[$0] == nil }.sorted()
    if unknown.isEmpty { return [] }
    return [
      DatasetProblem(
        stem: entry.stem, place: entry.mask.path,
        found: "the mask holds ids beyond the class list (\(Self.list(unknown)))",
        remedy: "Give a list with all classes, or correct the mask.", remedies: [Remedy(.classes)])
    ]
  }

  private func misfit(_ mask: ImageSize, _ entry: Entry, _ photograph: ImageSize) -> DatasetProblem
  {
    DatasetProblem(
      stem: entry.stem, place: entry.mask.path,
      found: "the mask has \(mask) pixels, its photograph \(photograph)",
      remedy: "Make the mask anew at the photograph's upright size; Exif's orientation counts.")
  }

  /// Compares instances with classes: each instance is one thing of one class. What of it the mask leaves open or
  /// calls background does not count, and pixels of a class need not belong to an instance.
  private func problems(
    of instances: LabelImage, at place: URL, _ entry: Entry, mask: LabelImage
  ) -> [DatasetProblem] {
    guard instances.size == mask.size else {
      return [
        DatasetProblem(
          stem: entry.stem, place: place.path,
          found: "the instance mask has \(instances.size) pixels, the mask \(mask.size)",
          remedy: "Make both at the photograph's upright size.")
      ]
    }
    let found = classesByInstance(instances, mask)
    return found.keys.sorted().compactMap { instance in
      let ids = found[instance, default: []].sorted()
      if ids.count == 1 { return nil }
      return DatasetProblem(
        stem: entry.stem, place: place.path,
        found: ids.isEmpty
          ? "instance \(instance) covers no pixel that the mask gives a class"
          : "instance \(instance) covers pixels of several classes (\(Self.list(ids)))",
        remedy: "Correct the mask or the instances: an instance is one thing of one class.")
    }
  }

  /// The classes of each instance's pixels. An instance mask numbers its objects from 1 and leaves out 255.
  private func classesByInstance(
    _ instances: LabelImage, _ mask: LabelImage
  ) -> [UInt8: Set<UInt8>] {
    var found: [UInt8: Set<UInt8>] = [:]
    var last: (instance: UInt8, id: UInt8)?
    for (instance, id) in zip(instances.ids, mask.ids) where LabelEncoding.voc.isLabel(instance) {
      // Neighbours are mostly the same.
      if let last, last == (instance, id) { continue }
      last = (instance, id)
      let isLabel = classes.encoding.isLabel(id)
      found[instance, default: []].formUnion(isLabel ? [id] : [])
    }
    return found
  }

  private static func list(_ ids: [UInt8]) -> String {
    let more = ids.count > 8 ? " and \(ids.count - 8) more" : ""
    return ids.prefix(8).map(String.init).joined(separator: ", ") + more
  }
}

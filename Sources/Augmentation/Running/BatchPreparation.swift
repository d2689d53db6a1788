import Foundation
import Synchronization

/// Gives a run its batches in order, each with what is drawn from its sources: while the batch before is painted, unless
/// drawing needs the device that paints.
final class BatchPreparation<R: Recipe> {
  /// An image that is ready to be made.
  struct Job: Sendable {
    /// Its place in the plan.
    let index: Int
    let material: R.Material
  }

  /// What is drawn from sources takes so much memory at most, in bytes, for as long as the plan needs it again.
  static var materialLimit: Int { 512 << 20 }

  private let drawing: Drawing
  private let interruption: Interruption
  private var batches: ArraySlice<[Int]>
  private var ahead: BackgroundTask<[Job]>?

  /// - Parameter batches: Places in the plan.
  init(_ batches: [[Int]], of plan: AugmentationPlan, for recipe: R, interruption: Interruption) {
    drawing = Drawing(batches, of: plan, for: recipe, interruption)
    (self.batches, self.interruption) = (batches[...], interruption)
  }

  /// The next batch; nil after the last one.
  ///
  /// - Throws: What reading and drawing throw; an interruption that was asked for.
  func next() throws -> [Job]? {
    let prepared = try ahead.map { try $0.value() } ?? batches.popFirst().map(drawing.jobs)
    ahead = nil
    if prepared != nil { try interruption.check() }
    if prepared != nil, !drawing.recipe.drawsOnDevice, let batch = batches.popFirst() {
      ahead = BackgroundTask { [drawing] in try drawing.jobs(batch) }
    }
    return prepared
  }

  /// Waits until nothing is drawn any more.
  func end() { _ = try? ahead?.value() }

  /// Draws one batch at a time, in order.
  private final class Drawing: Sendable {
    let recipe: R
    private let plan: AugmentationPlan
    private let reader: SourceReader
    private let interruption: Interruption
    private let materials: Mutex<PlannedCache<Int?, R.Material>>

    init(
      _ batches: [[Int]], of plan: AugmentationPlan, for recipe: R, _ interruption: Interruption
    ) {
      (self.plan, self.recipe, self.interruption) = (plan, recipe, interruption)
      reader = SourceReader(read: plan.reader)
      materials = Mutex(
        PlannedCache(batches.joined().map { plan.pictures[$0].source }, limit: materialLimit))
    }

    func jobs(_ batch: [Int]) throws -> [Job] {
      try batch.map { index in
        try interruption.check()
        let material = try materials.withLock { try $0.next(drawn) }
        return Job(index: index, material: material)
      }
    }

    private func drawn(from source: Int?) throws -> (value: R.Material, cost: Int) {
      let files = try source.map { try reader.files(of: plan.sources[$0]) }
      let material = try recipe.material(from: files, check: interruption.check)
      return (material, material.byteCount)
    }
  }
}

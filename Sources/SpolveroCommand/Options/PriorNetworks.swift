import Augmentation
import Faults
import Foundation
import ImageAnnotation
import Tensors

/// Opens the annotators of priors, each network once.
struct PriorNetworks {
  /// What `--prior-model` says that nobody has opened yet: in the order in which priors with a network are first asked
  /// for.
  private(set) var unopened: [String]
  private var opened: [PriorSettings.Kind: any ControlAnnotator] = [:]

  init(_ models: [String]) { unopened = models }

  /// Makes the annotator of a prior; nil where labels alone are the prior.
  ///
  /// - Parameters:
  ///   - kind: The prior.
  ///   - device: Where a network runs; opened only if there is one.
  ///   - check: Called while a network is loaded; what it throws ends that.
  mutating func annotator(
    _ kind: PriorSettings.Kind, on device: @autoclosure () throws -> Device,
    check: @escaping @Sendable () throws -> Void
  ) throws -> (any ControlAnnotator)? {
    guard case .annotator(let annotator) = kind else { return nil }
    if let known = opened[kind] { return known }
    switch annotator.making() {
    case .ready(let annotator): return annotator
    case .network(let load):
      guard !unopened.isEmpty else {
        throw CommandError(
          .request,
          "a network drew this run's \(kind.rawValue): name its folder with --prior-model")
      }
      let loaded = try load(URL(fileURLWithPath: unopened.removeFirst()), device(), check)
      opened[kind] = loaded
      return loaded
    }
  }
}

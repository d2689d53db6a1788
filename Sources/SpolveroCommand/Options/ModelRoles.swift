import DiffusionPipelines
import Foundation

/// The folders of a run's models by what each is for, as its ledger names them.
enum ModelRoles {
  /// - Parameters:
  ///   - model: The pipeline's folder.
  ///   - controls: Those of the control networks, in their order.
  ///   - priors: Those of the networks that draw control images, in their order.
  static func folders(
    model: URL, controls: [URL], priors: [String]
  ) throws -> [String: URL] {
    var folders = ["model": model]
    for (index, control) in controls.enumerated() {
      let role = try StableDiffusionPipeline.role(ofControlAt: control)
      folders[index == 0 ? role : "\(role) \(index + 1)"] = control
    }
    for (index, model) in priors.enumerated() {
      folders[index == 0 ? "prior" : "prior \(index + 1)"] = URL(fileURLWithPath: model)
    }
    return folders
  }
}

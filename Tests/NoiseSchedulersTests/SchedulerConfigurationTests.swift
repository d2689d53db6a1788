import Checkpoints
import Faults
import Foundation
import NoiseSchedulers
import TestSupport
import Testing

@Suite struct SchedulerConfigurationTests {
  @Test func readsThePythonInfinityOfDPMSolverFiles() throws {
    let json = """
      {"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity,
       "beta_schedule": "scaled_linear", "trained_betas": null, "variance_type": null}
      """
    let configuration = try configuration(json)
    #expect(configuration.lambdaMinClipped == -.infinity)
    #expect(try Scheduler(configuration: configuration).kind == .dpmpp2M)
    #expect(try Scheduler(configuration: configuration).plan(steps: 5).steps.count == 5)
  }

  @Test(arguments: SchedulerKind.allCases.filter { $0 != .dpmpp2MKarras })
  func takesTheModelsOwnScheduler(kind: SchedulerKind) throws {
    let configuration = try configuration(
      #"{"_class_name": "\#(kind.className)", "skip_prk_steps": true}"#)
    #expect(try Scheduler(configuration: configuration).kind == kind)
  }

  @Test func refusesASchedulerItDoesNotHaveAndNamesThoseItHas() throws {
    let other = try configuration(#"{"_class_name": "LMSDiscreteScheduler"}"#)
    let error = try #require(throws: SchedulerError.self) { try Scheduler(configuration: other) }
    #expect(error.description.contains("LMSDiscreteScheduler"))
    #expect(error.description.contains("Choose one of ddim, euler"))
    #expect(error.kind == .badData && error.remedies == [Remedy(.scheduler, ["ddim"])])
    #expect(try Scheduler(configuration: other, kind: .ddim).kind == .ddim)
  }

  /// Files that leave the noise of their training to the defaults of another family.
  @Test(
    arguments: [
      #"{"_class_name": "EDMEulerScheduler", "sigma_max": 80.0, "sigma_data": 0.5}"#,
      #"{"_class_name": "EDMDPMSolverMultistepScheduler", "beta_start": 0.1}"#,
      #"{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3.0}"#,
      #"{"_class_name": "SchedulerOfTomorrow"}"#,
    ], [nil] + SchedulerKind.allCases)
  func refusesModelsOfAnotherFamilyWithAnyScheduler(json: String, kind: SchedulerKind?) throws {
    let configuration = try configuration(json)
    let error = try #require(throws: SchedulerError.self) {
      try Scheduler(configuration: configuration, kind: kind)
    }
    #expect(error.description.contains("family"))
    #expect(error.remedies.isEmpty)
  }

  @Test func takesAnUnknownSchedulersModelIfTheFileSaysItsNoise() throws {
    let configuration = try configuration(
      #"{"_class_name": "SchedulerOfTomorrow", "beta_start": 0.00085, "beta_end": 0.012}"#)
    #expect(try Scheduler(configuration: configuration, kind: .ddim).kind == .ddim)
  }

  @Test func refusesARunWithoutSteps() throws {
    let configuration = try configuration(
      #"{"lambda_min_clipped": 100, "timestep_spacing": "trailing"}"#)
    #expect(throws: SchedulerError.self) {
      try Scheduler(configuration: configuration, kind: .dpmpp2M).plan(steps: 5)
    }
  }

  @Test(arguments: [
    (SchedulerKind.ddim, #""thresholding": true"#, "thresholding"),
    (.euler, #""use_exponential_sigmas": true"#, "use_exponential_sigmas"),
    (.euler, #""use_beta_sigmas": true"#, "use_beta_sigmas"),
    (.euler, #""interpolation_type": "log_linear""#, "interpolation_type"),
    (.euler, #""timestep_type": "continuous""#, "timestep_type"),
    (.eulerA, #""prediction_type": "sample""#, "prediction_type"),
    (.dpmpp2M, #""algorithm_type": "sde-dpmsolver++""#, "algorithm_type"),
    (.dpmpp2M, #""solver_type": "heun""#, "solver_type"),
    (.dpmpp2M, #""solver_order": 3"#, "solver_order"),
    (.dpmpp2M, #""use_lu_lambdas": true"#, "use_lu_lambdas"),
    (.dpmpp2M, #""use_flow_sigmas": true"#, "use_flow_sigmas"),
    (.dpmpp2M, #""use_dynamic_shifting": true"#, "use_dynamic_shifting"),
    (.dpmpp2M, #""variance_type": "learned_range""#, "variance_type"),
    (.pndm, #""skip_prk_steps": false"#, "skip_prk_steps"),
    (.pndm, #""skip_prk_steps": true, "prediction_type": "sample""#, "prediction_type"),
    (.ddim, #""trained_betas": [0.1, 0.2]"#, "trained_betas"),
  ])
  func refusesWhatWouldChangeTheResult(kind: SchedulerKind, option: String, name: String) throws {
    let configuration = try configuration("{\(option)}")
    let error = try #require(throws: SchedulerError.self) {
      try Scheduler(configuration: configuration, kind: kind)
    }
    #expect(error.description.contains(name))
  }

  @Test func ignoresOptionsOfOtherSchedulersAsDiffusersDoes() throws {
    let configuration = try configuration(#"{"thresholding": true, "solver_order": 3}"#)
    #expect(throws: Never.self) { try Scheduler(configuration: configuration, kind: .euler) }
  }

  @Test(arguments: [
    (#"{"beta_schedule": "sigmoid"}"#, ["beta_schedule", "sigmoid", "scaled_linear"]),
    (#"{"prediction_type": "flow_prediction"}"#, ["prediction_type", "v_prediction"]),
    (#"{"steps_offset": "one"}"#, ["steps_offset"]),
    (#"{"num_train_timesteps": 1}"#, ["num_train_timesteps", "2 to"]),
    (#"{"num_train_timesteps": 9223372036854775807}"#, ["num_train_timesteps"]),
    (#"{"steps_offset": 9223372036854775807}"#, ["steps_offset"]),
    (#"{"beta_end": NaN}"#, ["beta_end"]),
    (#"{"steps_offset": 1"#, ["JSON"]),
  ])
  func namesFileOptionAndChoicesWhenAValueIsUnknown(json: String, words: [String]) throws {
    let error = try #require(throws: CheckpointError.self) { try configuration(json) }
    for word in words + ["scheduler_config.json"] {
      #expect(error.description.contains(word))
    }
  }

  @Test func namesAFileThatIsMissing() throws {
    let file = URL(filePath: "/nowhere/scheduler_config.json")
    let error = try #require(throws: CheckpointError.self) {
      try SchedulerConfiguration(contentsOf: file)
    }
    #expect(error.description.contains(file.path))
  }

  @Test func refusesNumbersOfStepsTheModelCannotTake() throws {
    var configuration = SchedulerConfiguration()
    configuration.stepsOffset = 1
    let scheduler = try Scheduler(configuration: configuration, kind: .ddim)
    for steps in [-1, 0, 1000, 1001] {
      #expect(throws: SchedulerError.self) { try scheduler.plan(steps: steps) }
    }
    #expect(try scheduler.plan(steps: 500).steps.count == 500)
  }

  @Test func refusesToPredictNoiseWhereThereIsNothingElse() throws {
    var configuration = SchedulerConfiguration()
    configuration.rescaleBetasZeroSNR = true
    configuration.timestepSpacing = .trailing
    let scheduler = try Scheduler(configuration: configuration, kind: .ddim)
    let error = try #require(throws: SchedulerError.self) { try scheduler.plan(steps: 10) }
    #expect(error.description.contains("v_prediction"))
  }

  @Test func takesAsManyTrailingStepsAsAskedFor() throws {
    let configuration = try configuration(
      #"{"timestep_spacing": "trailing", "skip_prk_steps": true}"#)
    for kind in SchedulerKind.allCases {
      let scheduler = try Scheduler(configuration: configuration, kind: kind)
      for steps in [1, 60, 61, 62, 103, 121] {
        // The second timestep is asked twice.
        let repeated = kind == .pndm && steps > 1 ? 1 : 0
        #expect(try scheduler.plan(steps: steps).steps.count == steps + repeated)
      }
    }
  }

  @Test func drawsNoiseExactlyWhereDiffusersDoes() throws {
    func needs(_ kind: SchedulerKind, eta: Double) throws -> [Bool] {
      let scheduler = try Scheduler(configuration: SchedulerConfiguration(), kind: kind)
      return try scheduler.plan(steps: 4, eta: eta).steps.map(\.needsNoise)
    }
    #expect(try needs(.ddim, eta: 0) == [false, false, false, false])
    #expect(try needs(.ddim, eta: 0.5) == [true, true, true, true])
    #expect(try needs(.eulerA, eta: 0) == [true, true, true, true])
    #expect(try needs(.euler, eta: 0.5) == [false, false, false, false])
    #expect(try needs(.dpmpp2M, eta: 0.5) == [false, false, false, false])
  }

  /// Writes the text to a file of its own and reads it back.
  private func configuration(_ json: String) throws -> SchedulerConfiguration {
    let folder = try TemporaryFolder()
    return try SchedulerConfiguration(
      contentsOf: folder.write(json, "scheduler_config.json"))
  }
}

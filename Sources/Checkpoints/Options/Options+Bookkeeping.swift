extension Options {
  /// Keys that programs leave in configurations and that change no result, whatever their value.
  static let bookkeeping: Set<String> = averaging.union(description).union(training)

  /// What diffusers' `EMAModel` saves beside the averaged weights.
  ///
  /// Source: `state_dict` and `save_pretrained` in diffusers, `training_utils.py`.
  private static let averaging: Set<String> = [
    "decay", "inv_gamma", "min_decay", "optimization_step", "power", "update_after_step",
    "use_ema_warmup",
  ]

  /// What a file says about itself or the program that wrote it.
  private static let description: Set<String> = [
    "author", "commit_hash", "date", "description", "diffusers_version", "framework",
    "library_name",
    "license", "model_name", "name", "name_or_path", "pipeline_tag", "tags", "title",
    "transformers_version", "version",
  ]

  /// How weights were trained or are held while they are.
  private static let training: Set<String> = [
    "dtype", "enable_xformers_memory_efficient_attention", "epoch", "global_step",
    "gradient_checkpointing", "seed", "torch_dtype", "use_gradient_checkpointing",
    "use_memory_efficient_attention",
  ]
}

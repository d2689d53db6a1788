public import Checkpoints

extension Options {
  /// Passes over what transformers writes for every model, of which nothing changes what an encoder computes.
  ///
  /// Source: `PretrainedConfig` of transformers 4.0 to 5.23, which wrote all of it into the parts of
  /// a whole CLIP's configuration until 4.40.
  ///
  /// - Parameter isDecoder: Whether the part writes words, and so may say that it does.
  /// - Throws: `CheckpointError` for an option that asks for more than bookkeeping.
  public func passOverPretrainedConfig(isDecoder: Bool = false) throws {
    for key in ["add_cross_attention", "is_encoder_decoder", "use_bfloat16"] {
      try require(key, among: [false])
    }
    try require("is_decoder", among: isDecoder ? [true] : [false])
    try require("chunk_size_feed_forward", among: [0])
    try require("pruned_heads", among: [.object([:])])
    ignore(
      "attention_dropout", "bos_token_id", "dropout", "dtype", "initializer_factor",
      "initializer_range", "pad_token_id", "sep_token_id", "torch_dtype", "transformers_version")
    ignore(
      "bad_words_ids", "begin_suppress_tokens", "cross_attention_hidden_size",
      "decoder_start_token_id", "diversity_penalty", "do_sample", "early_stopping",
      "encoder_no_repeat_ngram_size", "exponential_decay_length_penalty", "forced_bos_token_id",
      "forced_eos_token_id", "length_penalty", "max_length", "min_length", "no_repeat_ngram_size",
      "num_beam_groups", "num_beams", "num_return_sequences", "remove_invalid_values",
      "repetition_penalty", "return_dict_in_generate", "suppress_tokens", "temperature", "top_k",
      "top_p", "typical_p", "use_cache")
    ignore(
      "attn_implementation", "finetuning_task", "id2label", "label2id", "output_attentions",
      "output_hidden_states", "output_scores", "prefix", "problem_type", "return_dict",
      "task_specific_params", "tf_legacy_loss", "tie_encoder_decoder", "tie_word_embeddings",
      "tokenizer_class", "torchscript")
  }
}

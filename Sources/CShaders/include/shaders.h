#ifndef SHADERS_H
#define SHADERS_H

#include <stddef.h>
#include <stdint.h>

/// A compute shader's entry point, compiled to SPIR-V of its own.
struct Shader {
  const char *_Nonnull name;
  /// Aligned to the words that SPIR-V is made of.
  const unsigned char *_Nonnull spirv;
  size_t byte_count;
  /// Bytes of its push constants, without padding at the end.
  uint32_t push_constant_size;
};

/// A source as it was when the shaders were compiled.
struct ShaderSource {
  const char *_Nonnull name;
  /// 64-bit FNV-1a hash of the file.
  uint64_t hash;
};

extern const struct Shader *_Nonnull const shaders;
extern const size_t shader_count;
extern const struct ShaderSource *_Nonnull const shader_sources;
extern const size_t shader_source_count;

#endif

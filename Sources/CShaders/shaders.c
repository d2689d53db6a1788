#include "shaders.h"

#include <stdalign.h>

#include "table.inc"

const struct Shader *const shaders = table;
const size_t shader_count = sizeof table / sizeof *table;
const struct ShaderSource *const shader_sources = source_table;
const size_t shader_source_count = sizeof source_table / sizeof *source_table;

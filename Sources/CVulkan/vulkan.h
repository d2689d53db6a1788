// Types of the Vulkan headers alone: the loader is opened at run time, and nothing links it.
#define VK_NO_PROTOTYPES
#include <vulkan/vulkan_core.h>

#include "matrix_units.h"

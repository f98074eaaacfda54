#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Sixteen numbers at a time, whatever the processor's registers hold.

typedef float f32x16 __attribute__((ext_vector_type(16)));
typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
typedef int32_t i32x16 __attribute__((ext_vector_type(16)));

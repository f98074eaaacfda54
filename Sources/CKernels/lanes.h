#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Sixteen numbers at a time, and the few functions of them that random numbers and targets need. To be included once
// for every instruction set, between `#pragma clang attribute` push and pop; every function is inlined away.
// Multiply-adds are explicit and contraction is off, so every instruction set gives the same bits.

typedef float f32x16 __attribute__((ext_vector_type(16)));
typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
typedef int32_t i32x16 __attribute__((ext_vector_type(16)));

#define LANE_FUNCTION static inline __attribute__((always_inline))
#define RANDOM_TILE 32

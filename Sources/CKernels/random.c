#include "include/Random.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF
// Vectors are passed only to functions that are inlined away, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

// One source, compiled for every instruction set.

#define NAME(x) random_any_##x
#include "random.inc"
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) random_avx2_##x
#include "random.inc"
#undef NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#define NAME(x) random_avx512_##x
#include "random.inc"
#undef NAME
#pragma clang attribute pop
#endif

int32_t random_instruction_set(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl")) {
        return 2;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return 1;
    }
#endif
    return 0;
}

#if defined(__x86_64__)
#define DISPATCH(function, ...)                                     \
    switch (instruction_set) {                                      \
    case 2: random_avx512_##function(__VA_ARGS__); return;          \
    case 1: random_avx2_##function(__VA_ARGS__); return;            \
    default: random_any_##function(__VA_ARGS__); return;            \
    }
#else
#define DISPATCH(function, ...) random_any_##function(__VA_ARGS__);
#endif

void random_fill(int32_t instruction_set, int32_t distribution, RandomKey key, size_t rows, size_t channels,
                 float *out) {
    DISPATCH(fill, distribution, key, rows, channels, out)
}

void random_fill_bits(int32_t instruction_set, RandomKey key, size_t count, uint32_t *out) {
    DISPATCH(fill_bits, key, count, out)
}

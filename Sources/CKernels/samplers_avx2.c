// AVX2 with FMA.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TABLE samplers_avx2
#include "samplers.h"
#pragma clang attribute pop
#endif

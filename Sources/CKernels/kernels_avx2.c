// AVX2 with FMA: sixteen registers of eight lanes.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define ROWS 4
#define VECTORS 1
#define SIDE 2
#define TABLE kernels_avx2
#include "table.h"
#pragma clang attribute pop
#endif

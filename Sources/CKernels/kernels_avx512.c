// AVX-512: thirty-two registers of sixteen lanes.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#define ROWS 8
#define VECTORS 2
#define SIDE 4
#define TABLE kernels_avx512
#include "table.h"
#pragma clang attribute pop
#endif

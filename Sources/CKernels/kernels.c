#include "include/Kernels.h"

extern const Kernels kernels_any;
#if defined(__x86_64__)
extern const Kernels kernels_avx2, kernels_avx512;
#endif

const Kernels *kernels_for(int32_t instruction_set) {
#if defined(__x86_64__)
    if (instruction_set == 2) return &kernels_avx512;
    if (instruction_set == 1) return &kernels_avx2;
#endif
    return &kernels_any;
}

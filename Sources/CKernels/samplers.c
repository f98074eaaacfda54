#include "include/Samplers.h"

#include <math.h>

extern const Samplers samplers_any;
#if defined(__x86_64__)
extern const Samplers samplers_avx2, samplers_avx512;
#endif

int32_t best_instruction_set(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl")) {
        return 2;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
    return 0;
}

const Samplers *samplers_for(int32_t instruction_set) {
#if defined(__x86_64__)
    if (instruction_set == 2) return &samplers_avx512;
    if (instruction_set == 1) return &samplers_avx2;
#endif
    return &samplers_any;
}

void sincos_of_turns(double turns, double *sine, double *cosine) {
    *sine = sin(turns * 6.28318530717958648);
    *cosine = cos(turns * 6.28318530717958648);
}

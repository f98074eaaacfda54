#pragma once
#include <stddef.h>
#include <stdint.h>

// Counter-based random numbers. There is no state: the number at `index` of `channel` is a function of the key, the
// channel and the index alone, whatever else is drawn, in whatever order, with whatever instruction set.

/// One place in one stream: what the seed, the stream, the step and the update hash to.
typedef struct {
    uint32_t a, b;
} RandomKey;

/// What a row of numbers is drawn from.
enum {
    /// Uniform on [0, 1), a multiple of 2⁻²⁴.
    RandomUniform = 0,
    /// Standard normal, within ±6.7.
    RandomNormal = 1,
    /// Normal with mean 0.5 and standard deviation 0.25, conditioned on [0, 1].
    RandomTruncated = 2,
};

/// The best instruction set of this processor: 0 any, 1 AVX2 with FMA, 2 AVX-512.
int32_t random_instruction_set(void);

/// Fills `rows` × `channels` × 32 floats, a tile of 32 numbers for every (row, channel), channels innermost:
/// `out[(row * channels + channel) * 32 + lane]` is number `row * 32 + lane` of that channel.
/// `rows` × 32 ≤ 2²⁴ and `channels` ≤ 256.
void random_fill(int32_t instruction_set, int32_t distribution, RandomKey key, size_t rows, size_t channels,
                 float *_Nonnull out);

/// Fills `count` 32-bit words: numbers 0 ..< count of channel 0.
void random_fill_bits(int32_t instruction_set, RandomKey key, size_t count, uint32_t *_Nonnull out);

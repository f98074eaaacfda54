#pragma once
#include <stddef.h>
#include <stdint.h>

// The inner loops of the two networks. A minibatch lies along the vector lanes: a panel is tiles × features × 32
// numbers, so that whatever is done to one sample is done to sixteen at once, and what one layer writes is what the
// next one reads. Every function gives the same bits with every instruction set: sixteen logical lanes everywhere,
// explicit fused multiply-adds, and an order of summation that the layout alone decides.

/// Samples in a tile.
enum { KernelTile = 32 };

/// A minibatch: tile t, feature f, lane i at `values[t * stride + f * 32 + i]`.
typedef struct {
    float *_Nullable values;
    /// Floats from one tile to the next.
    int64_t stride;
} Panel;

/// A matrix in memory: row r, column c at `values[r * rowStride + c * columnStride]`, so that a transpose is free.
typedef struct {
    const float *_Nonnull values;
    int64_t rowStride, columnStride;
    int32_t rows, columns;
} Matrix;

/// An activation's name in the kernels.
enum {
    KernelLinear, KernelReLU, KernelLeakyReLU, KernelTanh, KernelSigmoid, KernelELU, KernelSoftplus, KernelSine,
};

/// The values of a layer's activation, and its derivatives where those cannot be told from the values.
typedef struct {
    int32_t kind;
    Panel values, slopes;
} Activated;

/// What an optimizer needs to know for one update. Which fields count depends on the optimizer.
typedef struct {
    /// The learning rate, for Adam already divided by 1 − β₁ᵗ.
    float rate;
    /// μ, ρ or β₁, and 1 − that.
    float decay, gain;
    /// Adam's β₂, 1 − β₂ and 1 / (1 − β₂ᵗ).
    float squareDecay, squareGain, squareCorrection;
    float epsilon;
    int32_t nesterov;
} Update;

typedef struct {
    /// y = act(W x + b).
    void (*_Nonnull forward)(Matrix w, const float *_Nonnull b, Panel x, Activated y, int64_t tiles);
    /// y = W x, added to what is there if `accumulate`.
    void (*_Nonnull product)(Matrix w, Panel x, Panel y, int64_t tiles, int32_t accumulate);
    /// y = act′(z) ⊙ W x: with Wᵀ, one step of back-propagation; `at` is what the forward pass left at y's place. Where
    /// `sums` are wanted, they become Σ y over all samples: the gradient of the biases there.
    void (*_Nonnull pull)(Matrix w, Panel x, Activated at, Panel y, int64_t tiles, float *_Nullable sums);
    /// W̄ = Σ δ xᵀ over all samples, added to what is there if `accumulate`. W̄ is rows × columns, contiguous.
    void (*_Nonnull weightGradient)(Panel delta, Panel x, int32_t rows, int32_t columns, int64_t tiles,
                                    int32_t accumulate, float *_Nonnull gradient);
    /// b̄ = Σ δ over all samples, added to what is there if `accumulate`.
    void (*_Nonnull biasGradient)(Panel delta, int32_t rows, int64_t tiles, int32_t accumulate,
                                  float *_Nonnull gradient);

    /// y = act′(z) ⊙ x.
    void (*_Nonnull scale)(Activated at, Panel x, Panel y, int32_t features, int64_t tiles);
    /// y += act″(z) ⊙ u ⊙ v.
    void (*_Nonnull curve)(Activated at, Panel u, Panel v, Panel y, int32_t features, int64_t tiles);

    /// p = σ(o), q = σ(−o) = 1 − p and s = log(1 + eᵒ) for `count` numbers, a multiple of 16.
    void (*_Nonnull logistic)(const float *_Nonnull o, float *_Nonnull p, float *_Nonnull q, float *_Nonnull s,
                              int64_t count);

    // Optimizers, on `count` parameters w with gradient g and memories m and v, a multiple of 16. Each says whether
    // everything it wrote is finite.
    int32_t (*_Nonnull sgd)(Update u, float *_Nonnull w, const float *_Nonnull g, int64_t count);
    int32_t (*_Nonnull momentum)(Update u, float *_Nonnull w, const float *_Nonnull g, float *_Nonnull m,
                                 int64_t count);
    int32_t (*_Nonnull rmsprop)(Update u, float *_Nonnull w, const float *_Nonnull g, float *_Nonnull v,
                                int64_t count);
    int32_t (*_Nonnull adam)(Update u, float *_Nonnull w, const float *_Nonnull g, float *_Nonnull m,
                             float *_Nonnull v, int64_t count);
    /// w = min(max(w, −bound), bound).
    void (*_Nonnull clip)(float bound, float *_Nonnull w, int64_t count);
    /// a += gain (w − a).
    void (*_Nonnull average)(float gain, float *_Nonnull a, const float *_Nonnull w, int64_t count);
    /// Multiply-adds without memory traffic, to measure what the core can do: `rounds` × 512 operations, in sixteen chains
    /// of sixteen lanes.
    float (*_Nonnull peak)(int64_t rounds);
} Kernels;

/// The kernels for an instruction set, which this processor must have: 0 any, 1 AVX2 with FMA, 2 AVX-512.
const Kernels *_Nonnull kernels_for(int32_t instruction_set);

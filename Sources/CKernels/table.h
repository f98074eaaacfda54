#include "include/Kernels.h"
#include "lanes.h"

// All kernels, for one instruction set: a file that includes this one says which (`target` pragma), how many registers
// that has (`ROWS` × `VECTORS` accumulators in a product, `SIDE` × `SIDE` in an outer product) and what to call the
// table (`TABLE`).

#pragma STDC FP_CONTRACT OFF
// Vectors are passed only to functions that are inlined away, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define FUNCTION static inline __attribute__((always_inline))

#include "functions.h"

#include "activations.h"

#include "products.h"

#include "elementwise.h"

const Kernels TABLE = {
    .forward = forward,
    .product = product,
    .pull = pull,
    .weightGradient = weight_gradient,
    .biasGradient = bias_gradient,
    .scale = scale,
    .curve = curve,
    .logistic = logistic,
    .sgd = sgd,
    .momentum = momentum,
    .rmsprop = rmsprop,
    .adam = adam,
    .clip = clip,
    .average = average,
    .peak = peak,
};

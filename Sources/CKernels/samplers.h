#include "include/Samplers.h"
#include "lanes.h"

// Random numbers, targets and their densities, for one instruction set: a file that includes this one says which
// (`target` pragma) and what to call the table (`TABLE`).

#pragma STDC FP_CONTRACT OFF
// Vectors are passed only to functions that are inlined away, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define FUNCTION static inline __attribute__((always_inline))

#include "functions.h"

#include "angles.h"

#include "random.h"

#include "shapes.h"

#include "densities.h"

const Samplers TABLE = {
    .numbers = fill_numbers,
    .words = fill_words,
    .target = fill_target,
    .density = fill_density,
};

// Passes over logits, or over all parameters, one number after the other.

static void logistic(const float *o, float *p, float *q, float *s, int64_t count) {
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 complement, softplus;
        store(p + i, logistic16(load(o + i), &complement, &softplus));
        store(q + i, complement);
        store(s + i, softplus);
    }
}

// MARK: Optimizers

/// Stays 0 while everything that is added to it is finite; becomes NaN otherwise.
FUNCTION f32x16 watch(f32x16 alarm, f32x16 x) { return fma16(x, all(0), alarm); }

FUNCTION int32_t is_quiet(f32x16 alarm) {
    for (int i = 0; i < 16; i++)
        if (alarm[i] != 0) return 0;
    return 1;
}

static int32_t sgd(Update u, float *w, const float *g, int64_t count) {
    f32x16 alarm = all(0);
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 next = fma16(all(-u.rate), load(g + i), load(w + i));
        store(w + i, next);
        alarm = watch(alarm, next);
    }
    return is_quiet(alarm);
}

/// Sutskever et al. 2013, the form whose velocity has no learning rate: v = μv + g; w −= η v, or η (g + μv).
static int32_t momentum(Update u, float *w, const float *g, float *m, int64_t count) {
    f32x16 alarm = all(0);
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 gradient = load(g + i);
        f32x16 velocity = fma16(all(u.decay), load(m + i), gradient);
        f32x16 direction = u.nesterov ? fma16(all(u.decay), velocity, gradient) : velocity;
        f32x16 next = fma16(all(-u.rate), direction, load(w + i));
        store(m + i, velocity);
        store(w + i, next);
        alarm = watch(watch(alarm, next), velocity);
    }
    return is_quiet(alarm);
}

/// Tieleman and Hinton 2012: v = ρv + (1 − ρ)g²; w −= η g / (√v + ε).
static int32_t rmsprop(Update u, float *w, const float *g, float *v, int64_t count) {
    f32x16 alarm = all(0);
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 gradient = load(g + i);
        f32x16 square = fma16(all(u.decay), load(v + i), u.gain * gradient * gradient);
        f32x16 next = load(w + i) - u.rate * gradient / (__builtin_elementwise_sqrt(square) + u.epsilon);
        store(v + i, square);
        store(w + i, next);
        alarm = watch(watch(alarm, next), square);
    }
    return is_quiet(alarm);
}

/// Kingma and Ba 2015, algorithm 1.
static int32_t adam(Update u, float *w, const float *g, float *m, float *v, int64_t count) {
    f32x16 alarm = all(0);
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 gradient = load(g + i);
        f32x16 mean = fma16(all(u.decay), load(m + i), u.gain * gradient);
        f32x16 square = fma16(all(u.squareDecay), load(v + i), u.squareGain * gradient * gradient);
        f32x16 root = __builtin_elementwise_sqrt(square * u.squareCorrection) + u.epsilon;
        f32x16 next = load(w + i) - u.rate * mean / root;
        store(m + i, mean);
        store(v + i, square);
        store(w + i, next);
        alarm = watch(watch(watch(alarm, next), mean), square);
    }
    return is_quiet(alarm);
}

static void clip(float bound, float *w, int64_t count) {
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 x = load(w + i);
        x = choose(x > bound, all(bound), x);
        store(w + i, choose(x < -bound, all(-bound), x));
    }
}

static void average(float gain, float *a, const float *w, int64_t count) {
    for (int64_t i = 0; i < count; i += 16) {
        f32x16 old = load(a + i);
        store(a + i, fma16(all(gain), load(w + i) - old, old));
    }
}

static float peak(int64_t rounds) {
    f32x16 sums[16];
    for (int i = 0; i < 16; i++) sums[i] = all((float)i);
    f32x16 factor = all(0.5f), term = all(1.0f);
    for (int64_t round = 0; round < rounds; round++)
        for (int i = 0; i < 16; i++) sums[i] = fma16(sums[i], factor, term);
    f32x16 total = fold(sums);
    return total[0] + total[7];
}

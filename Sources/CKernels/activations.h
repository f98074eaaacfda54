// Activation functions: value, slope and curvature side by side.

/// Negative numbers are multiplied by this in the piecewise linear ones.
FUNCTION float negative_slope(int32_t kind) {
    return kind == KernelReLU ? 0.0f : kind == KernelLeakyReLU ? 0.2f : 1.0f;
}

FUNCTION int is_piecewise_linear(int32_t kind) { return kind <= KernelLeakyReLU; }

/// act(z), and act′(z) for those that are curved: the value does not always tell it, at least not precisely.
FUNCTION f32x16 activate(int32_t kind, f32x16 z, f32x16 *slope) {
    f32x16 a, other;
    switch (kind) {
    case KernelTanh: return tanh16(z, slope);
    case KernelSigmoid:
        a = logistic16(z, &other, slope);
        *slope = choose(magnitude(z) < 1.25f, fma16(-a, a, a), a * other);
        return a;
    case KernelELU:
        other = choose(z > 0.0f, all(0), z);
        *slope = exp16(other);
        return choose(z > 0.0f, z, expm116(other));
    case KernelSoftplus:
        *slope = logistic16(z, &other, &a);
        return a;
    case KernelSine: return sincos16(z, slope);
    default: return choose(z > 0.0f, z, z * negative_slope(kind));
    }
}

/// act′(z): kept, or told from a = act(z).
FUNCTION f32x16 slope_at(int32_t kind, const float *values, const float *slopes) {
    if (!is_piecewise_linear(kind)) return load(slopes);
    return choose(load(values) > 0.0f, all(1.0f), all(negative_slope(kind)));
}

/// The largest slope of an activation that is steepest around 0, and level there; 0 for others.
FUNCTION float largest_slope(int32_t kind) {
    return kind == KernelTanh ? 1.0f : kind == KernelSigmoid ? 0.25f : 0.0f;
}

/// What act′(z) lacks of that, exact also where it is next to nothing; told from a = act(z).
FUNCTION f32x16 missing_slope(int32_t kind, f32x16 a) {
    f32x16 distance = kind == KernelSigmoid ? a - 0.5f : a;
    return distance * distance;
}

/// act″(z).
FUNCTION f32x16 curvature_at(int32_t kind, const float *values, const float *slopes) {
    f32x16 a = load(values);
    f32x16 slope = slope_at(kind, values, slopes);
    switch (kind) {
    case KernelTanh: return -2.0f * a * slope;
    case KernelSigmoid: return slope * (1.0f - 2.0f * a);
    case KernelELU: return choose(a > 0.0f, all(0), slope);
    case KernelSoftplus: return slope * (1.0f - slope);
    case KernelSine: return -a;
    default: return all(0);
    }
}

// MARK: Over a panel

static void scale(Activated at, Panel x, Panel y, int32_t features, int64_t tiles) {
    for (int64_t tile = 0; tile < tiles; tile++) {
        const float *in = x.values + tile * x.stride;
        const float *values = at.values.values + tile * at.values.stride;
        const float *slopes = at.slopes.values + tile * at.slopes.stride;
        float *out = y.values + tile * y.stride;
        for (int64_t i = 0; i < features * KernelTile; i += 16)
            store(out + i, load(in + i) * slope_at(at.kind, values + i, slopes + i));
    }
}

static void curve(Activated at, Panel u, Panel v, Panel y, int32_t features, int64_t tiles) {
    if (is_piecewise_linear(at.kind)) return;
    for (int64_t tile = 0; tile < tiles; tile++) {
        const float *first = u.values + tile * u.stride, *second = v.values + tile * v.stride;
        const float *values = at.values.values + tile * at.values.stride;
        const float *slopes = at.slopes.values + tile * at.slopes.stride;
        float *out = y.values + tile * y.stride;
        for (int64_t i = 0; i < features * KernelTile; i += 16) {
            f32x16 bend = curvature_at(at.kind, values + i, slopes + i) * load(first + i);
            store(out + i, fma16(bend, load(second + i), load(out + i)));
        }
    }
}

"""Prints the numbers that Tests/GANEngineTests/Metrics/MetricsGoldenTests.swift expects, from NumPy and SciPy.

    python Tests/Golden/metrics.py
"""

import numpy as np
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist
from scipy.stats import wasserstein_distance


def sequence(count, a, b):
    """Fractional parts of the multiples of two irrational numbers: the same points in any language."""
    i = np.arange(1, count + 1)
    return np.stack([i * a % 1, i * b % 1], axis=1)


def single(points):
    return points.astype(np.float32).astype(np.float64)


real = single(sequence(200, (np.sqrt(5) - 1) / 2, np.sqrt(2)))
fake = single(sequence(200, np.sqrt(3), np.sqrt(7)) * [0.6, 1.1] + [0.3, -0.05])
fewer = fake[:130]


def histogram(points, side=10):
    """Cells of the unit square, then the outside."""
    counts, _, _ = np.histogram2d(points[:, 1], points[:, 0], bins=side, range=[[0, 1], [0, 1]])
    return np.append(counts.ravel(), len(points) - counts.sum()) / len(points)


def kl(p, q, epsilon):
    p, q = (p + epsilon) / (p + epsilon).sum(), (q + epsilon) / (q + epsilon).sum()
    return sum(a * np.log2(a / b) for a, b in zip(p, q) if a > 0)


def js(p, q):
    return (kl(p, (p + q) / 2, 0) + kl(q, (p + q) / 2, 0)) / 2


def sliced(a, b, directions=32):
    angles = (np.arange(directions) + 0.5) * np.pi / directions
    return np.mean([wasserstein_distance(a @ v, b @ v) for v in np.stack([np.cos(angles), np.sin(angles)], axis=1)])


def energy(a, b):
    return np.sqrt(2 * cdist(a, b).mean() - cdist(a, a).mean() - cdist(b, b).mean())


def mmd(a, b, scale):
    def kernel(x, y):
        d = cdist(x, y, "sqeuclidean")
        return np.mean([np.exp(-d / (2 * (scale / 2**j) ** 2)) for j in range(5)], axis=0).mean()

    return np.sqrt(kernel(a, a) + kernel(b, b) - 2 * kernel(a, b))


def frechet(a, b):
    s, t = np.cov(a.T, bias=True), np.cov(b.T, bias=True)
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(s + t - 2 * sqrtm(s @ t).real)


def coverage(centres, points, k=3):
    """Share of points within the k-th neighbour ball of at least one centre."""
    radii = np.sort(cdist(centres, centres), axis=1)[:, k]
    return (cdist(points, centres) <= radii).any(axis=1).mean()


p, q = histogram(real), histogram(fake)
print(f"kl {kl(p, q, 1e-4):.9f}")
print(f"js {js(p, q):.9f}")
print(f"outside {q[-1]:.9f}")
print(f"sliced {sliced(real, fake):.9f}")
print(f"sliced, other size {sliced(real, fewer):.9f}")
print(f"energy {energy(real, fake):.9f}")
print(f"energy, other size {energy(real, fewer):.9f}")
print(f"mmd {mmd(real, fake, 0.5):.9f}")
print(f"mmd, other size {mmd(real, fewer, 0.5):.9f}")
print(f"frechet {frechet(real, fake):.9f}")
print(f"precision {coverage(real, fake):.9f}")
print(f"recall {coverage(fake, real):.9f}")

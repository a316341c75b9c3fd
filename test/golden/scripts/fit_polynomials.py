"""Fits the polynomials of src/math and splits its constants; prints them as TypeScript.

Each polynomial is the weighted minimax one (Remez exchange, 50 digits), its coefficients then rounded to the
precision they are used in. The weight makes the error relative to the whole function.
Run: python fit_polynomials.py   (needs mpmath and numpy; about a minute)
"""
import numpy as np
import mpmath as mp

mp.mp.dps = 50


def remez(f, weight, lo, hi, degree, rounds=12, grid=1200):
    """Coefficients (lowest first) of the polynomial that minimises max |weight * (p - f)| on [lo, hi]."""
    n = degree + 2
    lo, hi = mp.mpf(lo), mp.mpf(hi)
    # No grid point lies at 0, where the quotients f and the weights are 0/0.
    points = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * (i + mp.mpf("0.5")) / grid) for i in range(grid)]
    values = [f(t) for t in points]
    weights = [weight(t) for t in points]
    chosen = [int((1 - mp.cos(mp.pi * (i + 0.5) / n)) / 2 * (grid - 1)) for i in range(n)]
    scale = max(abs(lo), abs(hi))
    for _ in range(rounds):
        a, b = mp.matrix(n, n), mp.matrix(n, 1)
        for row, i in enumerate(chosen):
            for d in range(degree + 1):
                a[row, d] = (points[i] / scale) ** d
            a[row, n - 1] = (-1) ** row / weights[i]
            b[row] = values[i]
        solution = mp.lu_solve(a, b)
        coefficients = [solution[d] / scale**d for d in range(degree + 1)]
        error = [w * (mp.polyval(coefficients[::-1], t) - v) for t, v, w in zip(points, values, weights)]
        # One extremum for each run of equal sign; then drop the smallest at the ends until n remain.
        runs = []
        for i, e in enumerate(error):
            if runs and mp.sign(error[runs[-1]]) == mp.sign(e):
                if abs(e) > abs(error[runs[-1]]):
                    runs[-1] = i
            else:
                runs.append(i)
        while len(runs) > n:
            runs.pop(0 if abs(error[runs[0]]) < abs(error[runs[-1]]) else -1)
        if len(runs) < n or runs == chosen:
            break
        chosen = runs
    return coefficients, max(abs(e) for e in error)


def show(name, fits):
    """fits: {dtype: (f, weight, lo, hi, degree)}"""
    print(f"// {name}")
    for dtype, arguments in fits.items():
        coefficients, error = remez(*arguments)
        if dtype == "float64":
            numbers = [repr(float(c)) for c in coefficients]
        else:
            numbers = [repr(float(str(np.float32(float(c))))) for c in coefficients]
        print(f"  {dtype}: [{', '.join(numbers)}],  // error 2^{float(mp.log(error, 2)):.1f}", flush=True)


def split(value, bits, parts, tail):
    """value = parts[0] + parts[1] + …: each of at most `bits` significant bits, the last of `tail` bits."""
    result = []
    for i in range(parts):
        with mp.workprec(tail if i == parts - 1 else bits):
            part = +value
        result.append(part)
        value -= part
    return [float(p) for p in result]


def exp_tail(r):
    return mp.nsum(lambda j: r**j / mp.factorial(j + 2), [0, mp.inf]) if abs(r) < 1e-4 else (mp.expm1(r) - r) / r**2


def atanh_tail(z):
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) - 2 * s) / s**3


def sin_tail(z):
    r = mp.sqrt(z)
    return (mp.sin(r) - r) / r**3


def cos_tail(z):
    return (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2


def erf_quotient(z):
    x = mp.sqrt(z)
    return mp.erf(x) / x


def erfc_scaled(x):
    return mp.exp(x**2) * mp.erfc(x)


def erfc_fit(last, degree):
    """In v = 1 / (x + 3) - 1 / 4, which is 0 at x = 1, where the error matters most."""
    x = lambda v: 1 / (v + mp.mpf(1) / 4) - 3
    lo = 1 / mp.mpf(last + 3) - mp.mpf(1) / 4
    # Absolute error of erf, which is about 1 here.
    return lambda v: erfc_scaled(x(v)), lambda v: mp.exp(-(x(v) ** 2)), lo, 0, degree


if __name__ == "__main__":
    print("ln 2 float64", split(mp.log(2), 42, 2, 53), "float32", split(mp.log(2), 16, 2, 24))
    print("1 / ln 2", float(1 / mp.log(2)), "2 / pi", float(2 / mp.pi))
    print("pi / 2 float64", split(mp.pi / 2, 36, 3, 53))
    print("pi / 2 float32", split(mp.pi / 2, 8, 6, 24))
    show("exp: (e^r - 1 - r) / r^2, |r| <= 0.35", {
        "float64": (exp_tail, abs, -0.35, 0.35, 10),
        "float32": (exp_tail, abs, -0.35, 0.35, 5),
    })
    half = lambda z: z / 2
    show("log: (2 atanh s - 2 s) / s^3 in z = s^2 <= 0.0295", {
        "float64": (atanh_tail, half, 0, 0.0295, 7),
        "float32": (atanh_tail, half, 0, 0.0295, 2),
    })
    show("log1p: the same, z <= 1/9", {
        "float64": (atanh_tail, half, 0, mp.mpf(1) / 9, 9),
        "float32": (atanh_tail, half, 0, mp.mpf(1) / 9, 4),
    })
    show("sin: (sin r - r) / r^3 in z = r^2 <= 0.64", {
        "float64": (sin_tail, lambda z: z, 0, 0.64, 5),
        "float32": (sin_tail, lambda z: z, 0, 0.64, 2),
    })
    show("cos: (cos r - 1 + z / 2) / z^2", {
        "float64": (cos_tail, lambda z: z**2, 0, 0.64, 5),
        "float32": (cos_tail, lambda z: z**2, 0, 0.64, 2),
    })
    show("erf: erf(x) / x - 1 in z = x^2 <= 1", {
        "float64": (lambda z: erf_quotient(z) - 1, lambda z: 1 / erf_quotient(z), 0, 1, 11),
        "float32": (lambda z: erf_quotient(z) - 1, lambda z: 1 / erf_quotient(z), 0, 1, 6),
    })
    show("erfc: e^(x^2) erfc(x) in v = 1 / (x + 3) - 1 / 4, 1 <= x <= 6 or 4", {
        "float64": erfc_fit(6, 11),
        "float32": erfc_fit(4, 5),
    })

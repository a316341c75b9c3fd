"""Writes ../minimize.json: runs of SciPy 1.10.1's fmin_cg and of its two line searches, as a user sees them.

Every run is recorded by wrapping the callables that SciPy is given, so the file holds the points SciPy asked for, in
order.  'sens' is the change of the recorded numbers when the gradient (or slope) is moved by one ulp up or down at
random at every call: about what an implementation with other rounding must be allowed.
Usage: OPENBLAS_NUM_THREADS=1 python make_minimize.py   (NumPy 1.24.2, SciPy 1.10.1)"""
import json, os, warnings
import numpy as np
from scipy import optimize
from scipy.optimize._linesearch import scalar_search_wolfe1, scalar_search_wolfe2

warnings.simplefilter("ignore")


def ulp(a, rs):
    a = np.asarray(a, dtype=float)
    return np.nextafter(a, np.where(rs.randint(0, 2, a.shape) > 0, np.inf, -np.inf))


# ------------------------------------------------------------------ functions of several variables
def rosenbrock(x):
    return float(sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1)))


def rosenbrock_gradient(x):
    g = np.zeros(len(x))
    for i in range(len(x) - 1):
        t = x[i + 1] - x[i] ** 2
        g[i] += -400 * x[i] * t - 2 * (1 - x[i])
        g[i + 1] += 200 * t
    return g


def himmelblau(x):
    a, b = x[0] ** 2 + x[1] - 11, x[0] + x[1] ** 2 - 7
    return float(a * a + b * b)


def himmelblau_gradient(x):
    a, b = x[0] ** 2 + x[1] - 11, x[0] + x[1] ** 2 - 7
    return np.array([4 * a * x[0] + 2 * b, 2 * a + 4 * b * x[1]])


def beale(x):
    a, b, c = 1.5 - x[0] + x[0] * x[1], 2.25 - x[0] + x[0] * x[1] ** 2, 2.625 - x[0] + x[0] * x[1] ** 3
    return float(a * a + b * b + c * c)


def beale_gradient(x):
    a, b, c = 1.5 - x[0] + x[0] * x[1], 2.25 - x[0] + x[0] * x[1] ** 2, 2.625 - x[0] + x[0] * x[1] ** 3
    return np.array([2 * a * (x[1] - 1) + 2 * b * (x[1] ** 2 - 1) + 2 * c * (x[1] ** 3 - 1),
                     2 * a * x[0] + 4 * b * x[0] * x[1] + 6 * c * x[0] * x[1] ** 2])


def quadratic(x):
    """sum of (i+1)*(x_i - 1)^2 / 2 plus a coupling of neighbours"""
    return float(sum((i + 1) * (v - 1) ** 2 / 2 for i, v in enumerate(x)) + sum(x[i] * x[i + 1] for i in range(len(x) - 1)) / 4)


def quadratic_gradient(x):
    g = np.array([(i + 1) * (v - 1) for i, v in enumerate(x)])
    g[:-1] += x[1:] / 4
    g[1:] += x[:-1] / 4
    return g


LOGISTIC = [[(i * 7 % 20) / 10 - 1, (i * 13 % 20) / 10 - 1, 1 if (i * 7 % 20) + (i * 13 % 20) + (i % 3) * 4 > 22 else 0] for i in range(40)]


def logistic(w):
    s = 0.05 * (w[0] ** 2 + w[1] ** 2)
    for a, b, y in LOGISTIC:
        z = w[0] * a + w[1] * b + w[2]
        s += np.log1p(np.exp(-z)) + (1 - y) * z
    return float(s)


def logistic_gradient(w):
    g = np.array([0.1 * w[0], 0.1 * w[1], 0.0])
    for a, b, y in LOGISTIC:
        d = 1 / (1 + np.exp(-(w[0] * a + w[1] * b + w[2]))) - y
        g += d * np.array([a, b, 1.0])
    return g


def cliff(x):
    """falls without end: the bracketing phase never brackets"""
    return float(-x[0] - 2 * x[1])


def cliff_gradient(x):
    return np.array([-1.0, -2.0])


def wrong_gradient(x):
    """Rosenbrock's gradient with one term forgotten"""
    g = rosenbrock_gradient(x)
    g[1] += 5.0
    return g


# ------------------------------------------------------------------ seed 002: the 3-5-3 network of checkGradient
def debug_init(fan_in, fan_out):
    return (np.sin(np.arange(1, fan_out * (fan_in + 1) + 1)) / 10).reshape(fan_out, fan_in + 1)


X5, Y5 = debug_init(2, 5), np.array([2, 3, 1, 2, 3])
LAMBDA = 1.0
sigmoid = lambda z: 1 / (1 + np.exp(-z))
ones = lambda a: np.hstack([np.ones((len(a), 1)), a])
TARGET = (Y5[:, None] == np.arange(3)[None]).astype(float)


def net(v):
    t1, t2 = v[:20].reshape(5, 4), v[20:].reshape(3, 6)
    a1 = ones(X5)
    a2 = ones(sigmoid(a1 @ t1.T))
    return t1, t2, a1, a2, sigmoid(a2 @ t2.T)


def net_cost(v):
    t1, t2, _, _, h = net(v)
    fit = np.sum(TARGET * np.log(h) + (1 - TARGET) * np.log(1 - h))
    return float(-(fit - LAMBDA * (np.sum(t1[:, 1:] ** 2) + np.sum(t2[:, 1:] ** 2)) / 2) / 5)


def net_gradient(v):
    t1, t2, a1, a2, h = net(v)
    d3 = h - TARGET
    s = a2[:, 1:]
    d2 = d3 @ t2[:, 1:] * s * (1 - s)
    g1, g2 = d2.T @ a1, d3.T @ a2
    g1[:, 1:] += LAMBDA * t1[:, 1:]
    g2[:, 1:] += LAMBDA * t2[:, 1:]
    return np.concatenate([g1.ravel(), g2.ravel()]) / 5


def net_gradient_published(v):
    """the bias columns are zeroed before the forward pass"""
    v = v.copy()
    v[0:20:4] = 0
    v[20::6] = 0
    return net_gradient(v)


# ------------------------------------------------------------------ running fmin_cg
def run(name, f, g, x0, **options):
    def once(jitter=None):
        costs, points = [], []
        G = (lambda x: ulp(g(x), jitter)) if jitter else g
        x, value, nf, ng, flag = optimize.fmin_cg(lambda x: (points.append(x.copy()), f(x))[1], np.array(x0, float), fprime=G, full_output=True, disp=False,
                                                  callback=lambda x: costs.append(f(x)), **options)
        return dict(x=x, value=value, evaluations=nf, gradientEvaluations=ng, flag=flag, costs=costs, points=len(points), trials=[p.tolist() for p in points[:8]])
    a = once()
    others = [once(np.random.RandomState(s)) for s in range(4)]
    n = min(len(o["costs"]) for o in others + [a])
    a["sens"] = dict(costs=[max(abs(o["costs"][i] - a["costs"][i]) for o in others) for i in range(n)], x=max(np.max(np.abs(o["x"] - a["x"])) for o in others),
                     iterations=[len(o["costs"]) for o in others], evaluations=[o["evaluations"] for o in others], flags=[o["flag"] for o in others])
    return dict(function=name, x0=list(map(float, x0)), options=options, **a)


V0 = np.concatenate([debug_init(3, 5).ravel(), debug_init(5, 3).ravel()])
cg = [run("rosenbrock", rosenbrock, rosenbrock_gradient, x0) for x0 in ([-1.2, 1], [2, 2], [-3, -4], [0, 0], [0.5, -2])]
cg += [run("rosenbrock", rosenbrock, rosenbrock_gradient, [(-1.2, 1)[i % 2] for i in range(10)], maxiter=30), run("rosenbrock", rosenbrock, rosenbrock_gradient, [0.1 * i for i in range(10)], maxiter=20)]
cg += [run("himmelblau", himmelblau, himmelblau_gradient, x0) for x0 in ([0, 0], [-1, -1], [5, -5], [-4, 4])]
cg += [run("beale", beale, beale_gradient, [1, 1]), run("beale", beale, beale_gradient, [0, 2], maxiter=10)]
cg += [run("quadratic", quadratic, quadratic_gradient, [0] * n) for n in (5, 30)]
cg += [run("logistic", logistic, logistic_gradient, [0, 0, 0]), run("logistic", logistic, logistic_gradient, [5, -5, 3], gtol=1e-8)]
cg += [run("cliff", cliff, cliff_gradient, [0, 0], maxiter=4)]
cg += [run("wrong", rosenbrock, wrong_gradient, x0) for x0 in ([-1.2, 1], [2, 2], [0, 0])]
cg += [run("net", net_cost, net_gradient, V0, maxiter=50), run("netPublished", net_cost, net_gradient_published, V0, maxiter=50)]


# ------------------------------------------------------------------ the line searches on functions of one number
def yanai(b1, b2):
    """phi of Yanai, Ozawa and Kaneko (1981) as in More & Thuente, eq. (5.4)"""
    g = lambda b: np.sqrt(1 + b * b) - b
    return (lambda a: float(g(b1) * np.sqrt((1 - a) ** 2 + b2 ** 2) + g(b2) * np.sqrt(a ** 2 + b1 ** 2)),
            lambda a: float(g(b1) * (a - 1) / np.sqrt((1 - a) ** 2 + b2 ** 2) + g(b2) * a / np.sqrt(a ** 2 + b1 ** 2)))


def kink(beta, l):
    """eq. (5.3): a rounded corner at 1 plus a ripple"""
    def base(a):
        return 1 - a if a <= 1 - beta else a - 1 if a >= 1 + beta else (a - 1) ** 2 / (2 * beta) + beta / 2
    def slope(a):
        return -1 if a <= 1 - beta else 1 if a >= 1 + beta else (a - 1) / beta
    return (lambda a: float(base(a) + 2 * (1 - beta) / (l * np.pi) * np.sin(l * np.pi / 2 * a)),
            lambda a: float(slope(a) + (1 - beta) * np.cos(l * np.pi / 2 * a)))


cube = lambda t: t * t * t                      # powers differ between C libraries, products do not
LINES = {1: (lambda a: -a / (a * a + 2), lambda a: (a * a - 2) / (a * a + 2) ** 2),
         2: (lambda a: cube(a + .004) * (a + .004) * (a + .004 - 2), lambda a: cube(a + .004) * (5 * (a + .004) - 8)),
         3: kink(.01, 39), 4: yanai(.001, .001), 5: yanai(.01, .001), 6: yanai(.001, .01)}
WAVES = [(a, w) for a in (.05, .2, .6) for w in (2, 5, 11)]          # phi = a^2/20 - a + A sin(w a): many minima
for i, (A, W) in enumerate(WAVES):
    LINES[7 + i] = (lambda a, A=A, W=W: .05 * a * a - a + A * float(np.sin(W * a)), lambda a, A=A, W=W: .1 * a - 1 + A * W * float(np.cos(W * a)))
CONSTANTS = {1: (.001, .1), 2: (.1, .1), 3: (.1, .1), 4: (.001, .001), 5: (.001, .001), 6: (.001, .001)}


def first_step_trick(phi0, slope, a0):
    """the value before the start that makes SciPy's first trial a0 (only possible for a0 <= 1)"""
    return phi0 - a0 * slope / 2.02


lines = []
for k, (phi, dphi) in LINES.items():
    if dphi(0.) >= 0:
        continue
    for c1, c2 in (CONSTANTS[k], (1e-4, .4), (1e-4, .9)) if k < 7 else ((.001, .1), (.3, .4), (.6, .7)):
        for a0 in (1e-3, .1, .5, 1.0) if k < 7 else (.05, .3, 1.0):
            phi0, d0 = phi(0.), dphi(0.)
            def search(which, rs=None):
                trials = []
                f = lambda a: (trials.append(float(a)), phi(float(a)))[1]
                d = lambda a: float(ulp(dphi(float(a)), rs)) if rs else dphi(float(a))
                prev = first_step_trick(phi0, d0, a0)
                if rs:
                    prev = float(ulp(prev, rs))
                if which == 1:
                    r = scalar_search_wolfe1(f, d, phi0, prev, d0, c1=c1, c2=c2, amax=1e100, amin=1e-100, xtol=1e-14)
                else:
                    r = scalar_search_wolfe2(f, d, phi0, prev, d0, c1=c1, c2=c2, amax=1e100)
                return r[0], trials
            row = dict(function=k, c1=c1, c2=c2)
            for which, key in ((1, "moreThuente"), (2, "strongWolfe")):
                step, trials = search(which)
                jit = [search(which, np.random.RandomState(s)) for s in range(8)]
                same = all(len(t) == len(trials) for _, t in jit)
                row[key] = dict(step=step, trials=trials, sens=max(max(abs(p - q) for p, q in zip(t, trials)) for _, t in jit), stable=same)
            lines.append(row)


def plain(v):
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple)):
        return [plain(x) for x in v]
    if isinstance(v, np.ndarray):
        return v.tolist()
    return v.item() if isinstance(v, np.generic) else v


out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "minimize.json")
with open(out, "w") as file:
    json.dump(plain(dict(scipy="1.10.1", logistic=LOGISTIC, conjugateGradient=cg, lineSearches=lines)), file, separators=(",", ":"), allow_nan=False)
for c in cg:
    print(c["function"], c["x0"][:2], len(c["costs"]), c["evaluations"], c["gradientEvaluations"], c["flag"], c["value"], "sens", max(c["sens"]["costs"], default=0), c["sens"]["iterations"], c["sens"]["evaluations"])
print(sum(not l[k]["stable"] for l in lines for k in ("moreThuente", "strongWolfe")), "unstable of", len(lines))

"""Traces of PyTorch's optimizers in float64, made with torch 1.13.

Each case minimises f(w) = sum_i a_i (w_i - c_i)^2 / 2 + sum_i cos(3 w_i) from the same start for 20 steps and
records w after every step. Run with a Python that has torch:  python make_optimizers.py > ../optimizers.json
"""
import json
import torch

torch.set_default_dtype(torch.float64)
A = [1.0, 0.1, 4.0, 0.5, 2.0]
C = [0.3, -1.2, 2.0, 0.0, 5.0]
START = [1.0, -0.5, 0.25, 2.0, -3.0]
STEPS = 20


def decoupled(make, decay, rate):
    """SGD after w <- w (1 - rate decay), which torch 1.13 has only inside AdamW."""
    def factory(w):
        optimizer = make(w)
        step = optimizer.step
        def stepped():
            with torch.no_grad():
                w.mul_(1 - rate * decay)
            step()
        optimizer.step = stepped
        return optimizer
    return factory


def sgd(w, **options):
    return torch.optim.SGD([w], **options)


CASES = [
    ("sgd", {"learningRate": 0.1}, lambda w: sgd(w, lr=0.1)),
    ("sgd", {"learningRate": 0.05, "momentum": 0.9}, lambda w: sgd(w, lr=0.05, momentum=0.9)),
    ("sgd", {"learningRate": 0.05, "momentum": 0.9, "nesterov": True},
     lambda w: sgd(w, lr=0.05, momentum=0.9, nesterov=True)),
    ("sgd", {"learningRate": 0.05, "momentum": 0.8, "weightDecay": 0.1},
     decoupled(lambda w: sgd(w, lr=0.05, momentum=0.8), 0.1, 0.05)),
    ("adam", {"learningRate": 0.05}, lambda w: torch.optim.Adam([w], lr=0.05)),
    ("adam", {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-3},
     lambda w: torch.optim.Adam([w], lr=0.1, betas=(0.8, 0.99), eps=1e-3)),
    ("adamW", {"learningRate": 0.05, "weightDecay": 0.2},
     lambda w: torch.optim.AdamW([w], lr=0.05, weight_decay=0.2)),
    ("rmsprop", {"learningRate": 0.02, "rho": 0.95, "epsilon": 1e-4},
     lambda w: torch.optim.RMSprop([w], lr=0.02, alpha=0.95, eps=1e-4)),
    ("rmsprop", {"learningRate": 0.02, "rho": 0.9, "momentum": 0.5, "epsilon": 1e-6},
     lambda w: torch.optim.RMSprop([w], lr=0.02, alpha=0.9, momentum=0.5, eps=1e-6)),
    ("adagrad", {"learningRate": 0.3, "epsilon": 1e-10},
     lambda w: torch.optim.Adagrad([w], lr=0.3, eps=1e-10)),
]


def trace(factory):
    w = torch.tensor(START, requires_grad=True)
    a, c = torch.tensor(A), torch.tensor(C)
    optimizer = factory(w)
    rows = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = (a * (w - c) ** 2).sum() / 2 + torch.cos(3 * w).sum()
        loss.backward()
        optimizer.step()
        rows.append(w.detach().tolist())
    return rows


print(json.dumps({
    "made": f"torch {torch.__version__}, float64",
    "a": A, "c": C, "start": START,
    "cases": [{"optimizer": n, "options": o, "weights": trace(f)} for n, o, f in CASES],
}, indent=1))

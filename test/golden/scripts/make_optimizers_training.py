"""A small network trained by PyTorch 1.13 in float64, no randomness.

The torch part: 6 examples, 3-4-2 network (tanh, softmax), adam, batches of 4 and 2 in order, 5 epochs; and batch
normalization with relu under sgd. It records every weight after every epoch.
    python make_optimizers_training.py > ../optimizers-training.json
"""
import json
import torch

torch.set_default_dtype(torch.float64)
X = [[0.5, -1.0, 0.25], [1.5, 0.3, -0.7], [-0.4, 0.8, 1.1], [0.0, -0.6, 0.9], [-1.2, 0.1, 0.2], [0.7, 0.7, -1.3]]
Y = [0, 1, 1, 0, 0, 1]
W1 = [[0.2, -0.4, 0.1, 0.3], [-0.3, 0.5, 0.6, -0.1], [0.7, 0.15, -0.25, 0.05]]
W2 = [[0.4, -0.2], [0.1, 0.3], [-0.5, 0.6], [0.25, -0.35]]
x, y = torch.tensor(X), torch.tensor(Y)


def network(normalized):
    first, last = torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)
    with torch.no_grad():
        first.weight.copy_(torch.tensor(W1).T); first.bias.zero_()
        last.weight.copy_(torch.tensor(W2).T); last.bias.zero_()
    if not normalized:
        return first, None, last, torch.nn.Sequential(first, torch.nn.Tanh(), last)
    norm = torch.nn.BatchNorm1d(4, eps=1e-3, momentum=0.1)
    return first, norm, last, torch.nn.Sequential(first, norm, torch.nn.ReLU(), last)


def train(normalized, make, batches):
    first, norm, last, net = network(normalized)
    optimizer = make(net.parameters())
    losses, weights = [], []
    for _ in range(5):
        total = 0.0
        for rows in batches:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(net(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / 6)
        row = [first.weight.T.tolist(), [first.bias.tolist()]]
        if norm is not None:
            row += [[norm.weight.tolist()], [norm.bias.tolist()], [norm.running_mean.tolist()]]
        weights.append(row + [last.weight.T.tolist(), [last.bias.tolist()]])
    return {"losses": losses, "weights": weights}


print(json.dumps({
    "made": f"torch {torch.__version__}, float64",
    "x": X, "y": Y, "W1": W1, "W2": W2,
    "adam": train(False, lambda p: torch.optim.Adam(p, lr=0.05), [[0, 1, 2, 3], [4, 5]]),
    "normalized": train(True, lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.9), [[0, 1, 2, 3, 4, 5]]),
}, indent=1))

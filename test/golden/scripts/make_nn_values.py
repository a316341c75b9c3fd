"""Values of PyTorch's activations, losses and layer normalization in float64, made with torch 1.13.

    python make_nn_values.py > ../nn-values.json
"""
import json
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
Z = [[-3.2, -0.4, 0.9], [1.7, 0.05, -1.1], [2.5, -7.0, 0.3], [0.6, 0.2, -0.15]]
ONE_HOT = [[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]]
LABELS = [1, 0, 2, 1]
BITS = [[0, 1, 1], [1, 0, 0], [1, 0, 1], [0, 0, 1]]
NUMBERS = [[-3.0, 0.5, 0.9], [1.0, 1.0, 1.0], [0.5, -6.0, 0.1], [2.0, 0.1, -0.3]]
z, labels = torch.tensor(Z), torch.tensor(LABELS)
one_hot, bits, numbers = (torch.tensor(v, dtype=torch.float64) for v in (ONE_HOT, BITS, NUMBERS))
activations = {
    "linear": z, "sigmoid": torch.sigmoid(z), "tanh": torch.tanh(z), "relu": F.relu(z),
    "leakyRelu": F.leaky_relu(z, 0.2), "elu": F.elu(z), "selu": F.selu(z), "gelu": F.gelu(z), "silu": F.silu(z),
    "softplus": F.softplus(z, threshold=1e9), "softmax": F.softmax(z, dim=1),
}
losses = {
    "binaryCrossentropy": ("bits", F.binary_cross_entropy_with_logits(z, bits)),
    "categoricalCrossentropy": ("oneHot", F.cross_entropy(z, one_hot)),
    "sparseCategoricalCrossentropy": ("labels", F.cross_entropy(z, labels)),
    "meanSquaredError": ("numbers", F.mse_loss(z, numbers)),
    "meanAbsoluteError": ("numbers", F.l1_loss(z, numbers)),
    "huber": ("numbers", F.huber_loss(z, numbers, delta=1.0)),
    # The hinge is what multi_margin_loss is not: elementwise, targets of 0 read as -1.
    "hinge": ("bits", torch.clamp(1 - (2 * bits - 1) * z, min=0).mean()),
}
print(json.dumps({
    "made": f"torch {torch.__version__}, float64",
    "z": Z, "oneHot": ONE_HOT, "labels": LABELS, "bits": BITS, "numbers": NUMBERS,
    "activations": {n: v.tolist() for n, v in activations.items()},
    "losses": {n: {"y": y, "value": v.item()} for n, (y, v) in losses.items()},
    "layerNormalization": F.layer_norm(z, [3], eps=1e-3).tolist(),
    "l1l2": (0.01 * z.abs().sum() + 0.02 * (z ** 2).sum()).item(),
}, indent=1))

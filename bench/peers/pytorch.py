"""PyTorch: functional layers, autograd, torch.optim.SGD, the loss read at each step.

Arguments: threads, then "eager" or "compiled" (torch.compile, PyTorch 2 and later).
"""
import sys

import numpy as np
from serve import Batches, parameters, serve

import torch  # noqa: I001  (after serve has set the thread count)
import torch.nn.functional as F

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 0
COMPILED = len(sys.argv) > 2 and sys.argv[2] == "compiled"
if THREADS:
    torch.set_num_threads(THREADS)


class System:
    versions = f"PyTorch {torch.__version__}"

    def __init__(self, job, arrays):
        if COMPILED and not hasattr(torch, "compile"):
            raise RuntimeError(f"PyTorch {torch.__version__} has no torch.compile")
        self.job, self.net, self.arrays = job, job["net"], arrays
        self.dtype = getattr(torch, job["dtype"])
        self.x = torch.from_numpy(np.array(arrays["x"])).to(self.dtype)
        if job["kind"] == "gemm":
            self.W = torch.from_numpy(np.array(arrays["W1"])).to(self.dtype)
            self.out = torch.empty((self.net["batch"], self.net["sizes"][1]), dtype=self.dtype)
            return
        labels = torch.from_numpy(np.array(arrays["y"]))
        logistic = self.net["loss"] == "logistic"
        self.y = labels.to(self.dtype) if logistic else labels.ravel().long()
        self.loss_of = F.binary_cross_entropy_with_logits if logistic else F.cross_entropy
        self.reset()
        self.objective = self.raw_objective
        if COMPILED:
            self.objective = torch.compile(self.raw_objective)

    def reset(self):
        if self.job["kind"] == "gemm":
            return
        fresh = parameters(self.arrays, lambda a: torch.from_numpy(np.array(a)).to(self.dtype))
        self.W = [w.t().contiguous().requires_grad_() for w in fresh[0::2]]  # [outputs, inputs], as nn.Linear
        self.b = [b.ravel().contiguous().requires_grad_() for b in fresh[1::2]]
        groups = [{"params": self.W, "weight_decay": self.net["decay"]}, {"params": self.b, "weight_decay": 0}]
        self.optimizer = torch.optim.SGD(groups, lr=self.net["rate"])
        if self.job["kind"] == "epoch":
            self.batches = Batches(self.arrays["order"], self.net["batch"])

    def forward(self, x):
        last = len(self.W) - 1
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            x = F.linear(x, W, b)
            if i < last:
                x = F.relu(x)
        return x

    def raw_objective(self, x, y):
        return self.loss_of(self.forward(x), y)

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.objective(x, y)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def run(self, steps):
        kind, value = self.job["kind"], 0.0
        for _ in range(steps):
            if kind == "gemm":
                torch.mm(self.x, self.W, out=self.out)
            elif kind == "predict":
                with torch.inference_mode():
                    scores = self.forward(self.x)
            elif kind == "epoch":
                for rows in self.batches:
                    index = torch.from_numpy(rows.astype(np.int64))
                    value = self.step(self.x[index], self.y[index])
            else:
                value = self.step(self.x, self.y)
        if kind == "gemm":
            return self.out.double().mean().item()
        return scores.double().mean().item() if kind == "predict" else value


serve(System)

"""scikit-learn's MLPClassifier, one partial_fit over one batch a step: plain SGD, its L2 term scaled to ours."""
import numpy as np
from serve import Batches, serve

import sklearn
from sklearn.neural_network import MLPClassifier


class System:
    versions = f"scikit-learn {sklearn.__version__}"

    def __init__(self, job, arrays):
        if job["kind"] == "gemm":
            raise RuntimeError("scikit-learn has no product of its own")
        if job["kind"] == "predict":
            raise RuntimeError("MLPClassifier gives probabilities, not scores")
        if len(job["net"]["sizes"]) == 2:
            raise RuntimeError("MLPClassifier needs a hidden layer")
        if job["net"]["loss"] == "softmax" and job["net"]["sizes"][-1] == 2:
            raise RuntimeError("MLPClassifier has one output for two classes")
        self.job, self.net, self.arrays = job, job["net"], arrays
        self.x, self.y = arrays["x"].astype(job["dtype"]), arrays["y"].ravel()
        self.reset()

    def reset(self):
        net = self.net
        sizes, batch = net["sizes"], net["batch"]
        self.model = MLPClassifier(
            hidden_layer_sizes=tuple(sizes[1:-1]), activation="relu", solver="sgd", momentum=0.0,
            nesterovs_momentum=False, alpha=net["decay"] * batch, batch_size=batch, shuffle=False,
            learning_rate="constant", learning_rate_init=net["rate"],
        )
        outputs = max(2, sizes[-1])
        self.classes = np.arange(outputs)
        rows = np.arange(batch) % len(self.y)
        labels = np.resize(self.classes, batch)
        # One step builds the arrays; then the start values are put in place of what it made.
        self.model.partial_fit(self.x[rows], labels, classes=self.classes)
        for i in range(len(sizes) - 1):
            self.model.coefs_[i][...] = self.arrays[f"W{i + 1}"]
            self.model.intercepts_[i][...] = self.arrays[f"b{i + 1}"].ravel()
        if self.job["kind"] == "epoch":
            self.batches = Batches(self.arrays["order"], batch)

    def penalty(self):
        """loss_ has the penalty in it; the other systems report the loss without."""
        return self.net["decay"] / 2 * sum(float(np.sum(np.square(W))) for W in self.model.coefs_)

    def run(self, steps):
        kind, penalty = self.job["kind"], 0.0
        for s in range(steps):
            if kind == "epoch":
                batches = list(self.batches)
                for i, rows in enumerate(batches):
                    if s == steps - 1 and i == len(batches) - 1:
                        penalty = self.penalty()
                    self.model.partial_fit(self.x[rows], self.y[rows])
            else:
                if s == steps - 1:
                    penalty = self.penalty()
                self.model.partial_fit(self.x, self.y)
        return self.model.loss_ - penalty


serve(System)

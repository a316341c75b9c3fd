"""NumPy the way the tutorials write it, their mistakes corrected: every result a new array, one function a stage.

Softmax networks keep one example a row and hold their layers as attributes of an object; the logistic network of
"moons" keeps one example a column, its parameters in a dictionary, and goes back through dA. Images stay bytes.
"""
import numpy as np
from serve import Batches, serve


class RowNet:
    """Scores, probabilities and gradients of a softmax network, one example a row."""

    def __init__(self, weights, rate, decay):
        self.W, self.b = list(weights[0::2]), list(weights[1::2])
        self.rate, self.decay = rate, decay

    def forward(self, inputs):
        self.N = inputs.shape[0]
        self.a, self.z = [inputs], []
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            self.z.append(self.a[-1].dot(W) + b)
            if i < len(self.W) - 1:
                self.a.append(np.maximum(0, self.z[-1]))
        exps = np.exp(self.z[-1] - np.max(self.z[-1], axis=1, keepdims=True))
        self.h = exps / np.sum(exps, axis=1, keepdims=True)
        return self.h

    def backward(self, labels):
        d = self.h
        d[range(self.N), labels] -= 1
        d /= self.N
        self.dW, self.db = [None] * len(self.W), [None] * len(self.W)
        for i in reversed(range(len(self.W))):
            self.dW[i] = self.a[i].T.dot(d)
            self.db[i] = np.sum(d, axis=0, keepdims=True)
            if i > 0:
                d = d.dot(self.W[i].T)
                d[self.z[i - 1] <= 0] = 0

    def update(self):
        for i in range(len(self.W)):
            self.dW[i] += self.decay * self.W[i]
            self.W[i] = self.W[i] - self.rate * self.dW[i]
            self.b[i] = self.b[i] - self.rate * self.db[i]

    def step(self, inputs, labels):
        score = self.forward(inputs)
        loss = -1.0 / self.N * np.sum(np.log(score[range(self.N), labels]))
        self.backward(labels)
        self.update()
        return loss


class OneNet:
    """Logistic regression, one example a row."""

    def __init__(self, weights, rate, decay):
        (self.w, self.b), self.rate, self.decay = weights, rate, decay

    def step(self, inputs, targets):
        h = 1.0 / (1 + np.exp(-1 * (inputs.dot(self.w) + self.b)))
        m = inputs.shape[0]
        loss = -1.0 / m * (targets.T.dot(np.log(h)) + (1 - targets).T.dot(np.log(1 - h)))
        d = (h - targets) / m
        dw, db = inputs.T.dot(d), np.sum(d, axis=0)
        self.w = self.w - self.rate * (dw + self.decay * self.w)
        self.b = self.b - self.rate * db
        return loss[0][0]


class ColumnNet:
    """The network in a list of layers: one example a column, relu and a sigmoid at the end."""

    def __init__(self, weights, rate):
        self.rate = rate
        self.params = {}
        for i in range(len(weights) // 2):
            self.params[f"W{i + 1}"] = np.array(weights[2 * i].T)
            self.params[f"b{i + 1}"] = np.array(weights[2 * i + 1].T)
        self.layers = len(weights) // 2

    def step(self, X, Y):
        memory, A, m = {}, X, X.shape[1]
        for i in range(1, self.layers + 1):
            memory[f"A{i - 1}"] = A
            Z = np.dot(self.params[f"W{i}"], A) + self.params[f"b{i}"]
            memory[f"Z{i}"] = Z
            A = 1 / (1 + np.exp(-Z)) if i == self.layers else np.maximum(0, Z)
        loss = np.squeeze(-1 / m * (np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)))
        dA = -(np.divide(Y, A) - np.divide(1 - Y, 1 - A))
        grads = {}
        for i in range(self.layers, 0, -1):
            Z = memory[f"Z{i}"]
            if i == self.layers:
                sig = 1 / (1 + np.exp(-Z))
                dZ = dA * sig * (1 - sig)
            else:
                dZ = np.array(dA, copy=True)
                dZ[Z <= 0] = 0
            grads[f"W{i}"] = np.dot(dZ, memory[f"A{i - 1}"].T) / m
            grads[f"b{i}"] = np.sum(dZ, axis=1, keepdims=True) / m
            dA = np.dot(self.params[f"W{i}"].T, dZ)
        for name, grad in grads.items():
            self.params[name] -= self.rate * grad
        return loss


class System:
    versions = f"NumPy {np.__version__}"

    def __init__(self, job, arrays):
        self.job, self.net, self.arrays = job, job["net"], arrays
        self.x, self.y = arrays["x"], arrays["y"]
        self.reset()

    def reset(self):
        weights = [
            np.array(self.arrays[f"{kind}{i}"]) for i in range(1, len(self.net["sizes"])) for kind in "Wb"
        ]
        rate, decay = self.net["rate"], self.net["decay"]
        if self.net["loss"] == "softmax":
            self.model, self.data = RowNet(weights, rate, decay), (self.x, self.y.ravel())
        elif len(weights) == 2:
            self.model, self.data = OneNet(weights, rate, decay), (self.x, self.y)
        else:
            self.model, self.data = ColumnNet(weights, rate), (np.array(self.x.T), np.array(self.y.T))
        if self.job["kind"] == "epoch":
            self.batches = Batches(self.arrays["order"], self.net["batch"])

    def run(self, steps):
        loss = 0.0
        for _ in range(steps):
            if self.job["kind"] == "epoch":
                for rows in self.batches:
                    loss = self.model.step(self.data[0][rows], self.data[1][rows])
            else:
                loss = self.model.step(*self.data)
        return loss


serve(System)

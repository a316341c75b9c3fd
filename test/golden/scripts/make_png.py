"""Writes test/golden/png_grey.json: small PNG files of every kind and the grey pixels OpenCV reads from them.

Needs opencv-python-headless (4.9 and 5.0 give the same).  The files are written here byte by byte, because OpenCV
cannot write palettes or 2 and 4 bits."""
import base64, json, os, struct, zlib
import cv2
import numpy as np

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, color, rows, palette=None):
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    if palette is not None:
        out += chunk(b"PLTE", palette)
    return out + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows))) + chunk(b"IEND", b"")


rs = np.random.RandomState(0)
W, H = 21, 16
cases = []
for name, depth, color, channels in (("grey", 8, 0, 1), ("grey 16 bit", 16, 0, 1), ("rgb", 8, 2, 3), ("rgb 16 bit", 16, 2, 3),
                                     ("grey alpha", 8, 4, 2), ("rgba", 8, 6, 4), ("palette", 8, 3, 1), ("palette 4 bit", 4, 3, 1),
                                     ("grey 1 bit", 1, 0, 1), ("grey 2 bit", 2, 0, 1), ("grey 4 bit", 4, 0, 1)):
    size = (W * channels * depth + 7) // 8
    rows = [rs.randint(0, 256, size).astype(np.uint8).tobytes() for _ in range(H)]
    palette = rs.randint(0, 256, 3 * 2**depth).astype(np.uint8).tobytes() if color == 3 else None
    data = png(W, H, depth, color, rows, palette)
    grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    cases.append(dict(name=name, png=base64.b64encode(data).decode(), grey=base64.b64encode(grey.tobytes()).decode()))
with open(os.path.join(HERE, "png_grey.json"), "w") as f:
    json.dump(dict(opencv=cv2.__version__, width=W, height=H, cases=cases), f, separators=(",", ":"))

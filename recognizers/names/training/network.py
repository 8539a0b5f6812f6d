"""The network: characters, pairs and known words embedded, five convolutions, a tag for each
character.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from recognizers.names.encode import PAIRS
from recognizers.names.known import MARKS, NUMBERS

CHAR_WIDTH, PAIR_WIDTH, MARK_WIDTH, WIDTH = 96, 24, 40, 128
DILATIONS = (1, 2, 4, 8)
TAGS = "OBIES"
"""Outside, begin, inside, end, single."""


class Network(nn.Module):
    """Logits of the five tags; of the classes of words too, while training."""

    def __init__(self, chars: int, classes: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.chars = nn.Embedding(chars, CHAR_WIDTH, padding_idx=0)
        self.pairs = nn.Embedding(PAIRS, PAIR_WIDTH)
        nn.init.normal_(self.chars.weight, std=0.1)
        nn.init.normal_(self.pairs.weight, std=0.05)
        self.marks = nn.Embedding(NUMBERS, MARK_WIDTH)
        nn.init.normal_(self.marks.weight, std=0.1)
        self.first = nn.Conv1d(CHAR_WIDTH + PAIR_WIDTH + MARK_WIDTH, WIDTH, 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation)
            for dilation in DILATIONS
        )
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.words = nn.Linear(WIDTH, classes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, pairs: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """``[text, char]`` twice and ``[text, char, mark]``, to ``[text, char, tag]`` and
        ``[text, char, class]``.
        """
        known = self.marks(marks).sum(dim=2)
        inputs = torch.cat((self.chars(ids), self.pairs(pairs), known), dim=2)
        hidden = F.relu(self.first(self.dropout(inputs).transpose(1, 2)))
        for block in self.blocks:
            hidden = hidden + F.relu(block(self.dropout(hidden)))
        hidden = self.dropout(hidden.transpose(1, 2))
        return self.tags(hidden), self.words(hidden)


def export(network: Network, path: Path) -> None:
    """Write the network without its second head as ONNX: tables of int8, the rest of float32.

    The input ``inside`` is 1 for the characters of a text and 0 behind its end, where every layer
    is kept at zero, as the convolutions have it around a text: so texts of different lengths run
    together, each as if alone. Convolutions are written as products of matrices, which cost the
    same for many short texts as for one long text.
    """
    from onnx import TensorProto, checker, helper, numpy_helper, save

    nodes: list[Any] = []
    stored: list[Any] = []

    def keep(name: str, value: np.ndarray[Any, Any]) -> str:
        stored.append(numpy_helper.from_array(value, name))
        return name

    def node(kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def table(name: str, weight: Tensor, ids: str) -> str:
        values = weight.detach().numpy()
        scale = (np.abs(values).max(axis=0) / 127).astype(np.float32)
        small = np.round(values / scale).clip(-127, 127).astype(np.int8)
        rows = node("Gather", [keep(f"{name}_table", small), ids], f"{name}_rows")
        floats = node("Cast", [rows], f"{name}_floats", to=TensorProto.FLOAT)
        return node("Mul", [floats, keep(f"{name}_scale", scale)], f"{name}_embedded")

    def number(name: str, *values: int) -> str:
        return keep(name, np.array(values, dtype=np.int64))

    def convolved(name: str, layer: nn.Conv1d, hidden: str, dilation: int) -> str:
        pads = number(f"{name}_pads", 0, dilation, 0, 0, dilation, 0)
        padded = node("Pad", [hidden, pads], f"{name}_pad")
        taps = []
        for tap in range(3):
            first = number(f"{name}_first{tap}", tap * dilation)
            last = node("Add", ["width", first], f"{name}_last{tap}")
            taps.append(node("Slice", [padded, first, last, "one"], f"{name}_tap{tap}"))
        weight = layer.weight.detach().numpy().transpose(2, 1, 0).reshape(-1, WIDTH)
        out = node("Concat", taps, f"{name}_taps", axis=2)
        out = node("MatMul", [out, keep(f"{name}_w", np.ascontiguousarray(weight))], f"{name}_m")
        out = node("Add", [out, keep(f"{name}_b", layer.bias.detach().numpy())], f"{name}_sum")
        return masked(node("Relu", [out], f"{name}_relu"))

    def masked(hidden: str) -> str:
        return node("Mul", [hidden, "mask"], f"{hidden}_inside")

    def known(weight: Tensor) -> str:
        stored_marks = keep("mark_table", weight.detach().numpy())
        rows = node("Gather", [stored_marks, "marks"], "mark_rows")
        return node("ReduceSum", [rows, "two"], "mark_sum", keepdims=0)

    number("two", 2)
    node("Gather", [node("Shape", ["ids"], "shape"), number("one", 1)], "width")
    node("Unsqueeze", ["inside", "two"], "mask")

    inputs = [
        table("char", network.chars.weight, "ids"),
        table("pair", network.pairs.weight, "pairs"),
        known(network.marks.weight),
    ]
    hidden = masked(node("Concat", inputs, "inputs", axis=2))
    hidden = convolved("first", network.first, hidden, 1)
    for at, (block, dilation) in enumerate(zip(network.blocks, DILATIONS, strict=True)):
        assert isinstance(block, nn.Conv1d)
        out = convolved(f"block{at}", block, hidden, dilation)
        hidden = node("Add", [hidden, out], f"block{at}_out")
    weight = keep("tags_w", np.ascontiguousarray(network.tags.weight.detach().numpy().T))
    hidden = node("MatMul", [hidden, weight], "tags_m")
    node("Add", [hidden, keep("tags_b", network.tags.bias.detach().numpy())], "logits")
    shape = ["texts", "chars"]
    graph = helper.make_graph(
        nodes,
        "names",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT32, shape),
            helper.make_tensor_value_info("pairs", TensorProto.INT32, shape),
            helper.make_tensor_value_info("marks", TensorProto.INT32, [*shape, MARKS]),
            helper.make_tensor_value_info("inside", TensorProto.FLOAT, shape),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, len(TAGS)])],
        stored,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    checker.check_model(model)
    save(model, str(path))

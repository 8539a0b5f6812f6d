"""Writes a network as ONNX, what is multiplied in whole numbers of 8 bits.

All scales are fixed here, from what the layers give for some texts: so what the network says of a
text does not depend on what else is in the batch. Weights take seven of the eight bits: sums of
products with eight overflow on processors without instructions for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from recognizers.names.known import MARKS
from recognizers.names.training.network import TAGS, Network

_WEIGHT, _INPUT, _HIDDEN = 63, 127, 255
_MIDDLE = 128  # stands for 0 among the inputs; behind the first layer, 0 stands for 0
_MICROSOFT, _BOOL = "com.microsoft", 9  # where onnxruntime has its own operations; a type of ONNX
_SEEN = 0.9999  # of the numbers of a layer; the few larger ones are cut

Array = np.ndarray[Any, Any]
Inputs = tuple[Tensor, Tensor, Tensor]
"""Characters, pairs and marks."""


def export(network: Network, texts: list[Inputs], path: Path) -> None:
    """Write the network without its second head; ``texts`` are batches to take scales from.

    Besides what ``Network`` takes there is an input ``inside``: 1 for the characters of a text and
    0 behind its end, where every layer is kept at zero, as the convolutions have it around a text.
    So texts of different lengths run together, each as if alone. Convolutions are written as
    products of matrices, which cost the same for many short texts as for one long text.
    """
    was_training = network.training
    network.eval()
    with torch.no_grad():
        columns, sums = _scales(network, texts)
    graph = _Graph()
    hidden = ""
    whole, steps, zero = _embedded(graph, network, columns), columns, _MIDDLE
    for layer, step in zip((network.first, *network.blocks), sums, strict=True):
        assert isinstance(layer, nn.Conv1d)
        out = graph.convolved(layer, whole, steps, zero)
        hidden = graph.node("Add", [hidden, out]) if hidden else out
        scale = [graph.keep(np.float32(step)), graph.keep(np.uint8(0))]
        whole = graph.node("QuantizeLinear", [hidden, *scale])
        steps, zero = np.full(layer.out_channels, step), 0
    weight = np.ascontiguousarray(network.tags.weight.detach().numpy().T)
    hidden = graph.node("MatMul", [hidden, graph.keep(weight)])
    graph.node("Add", [hidden, graph.keep(network.tags.bias.detach().numpy())], "logits")
    graph.save(path)
    network.train(was_training)


def _scales(network: Network, texts: list[Inputs]) -> tuple[Array, list[float]]:
    """What one step is worth: of each input, and of what each layer passes on."""
    marks: list[Array] = []
    sums: list[list[float]] = [[] for _ in (network.first, *network.blocks)]
    for ids, pairs, known in texts:
        inputs = network.embedded(ids, pairs, known)
        kinds = inputs[:, -network.marks.embedding_dim :]
        marks.append(kinds.abs().amax(dim=(0, 2)).numpy())
        for seen, total in zip(sums, network.layers(inputs), strict=True):
            seen.append(float(np.quantile(total.numpy(), _SEEN)))
    tables = (network.chars.weight, network.pairs.weight)
    largest = [table.abs().amax(dim=0).numpy() for table in tables]
    columns = np.concatenate([*largest, np.max(marks, axis=0)]) / _INPUT
    return columns, [max(seen) / _HIDDEN for seen in sums]


def _embedded(graph: _Graph, network: Network, columns: Array) -> str:
    """``[text, char, number]``; each number has a scale of its own."""
    chars, pairs = network.chars.embedding_dim, network.pairs.embedding_dim
    rows = []
    for weight, step, ids in (
        (network.chars.weight, columns[:chars], "ids"),
        (network.pairs.weight, columns[chars : chars + pairs], "pairs"),
    ):
        whole = np.round(weight.detach().numpy() / step) + _MIDDLE
        rows.append(graph.node("Gather", [graph.keep(whole.clip(0, 255).astype(np.uint8)), ids]))
    known = (network.marks.weight.detach().numpy() / columns[chars + pairs :]).astype(np.float32)
    total = graph.node("Gather", [graph.keep(known), "marks"])
    total = graph.node("ReduceSum", [total, graph.keep(np.array([2]))], keepdims=0)
    middle = graph.keep(np.uint8(_MIDDLE))
    rows.append(graph.node("QuantizeLinear", [total, graph.keep(np.float32(1)), middle]))
    together = graph.node("Concat", rows, axis=2)
    return graph.node("Where", [graph.inside, together, middle])


class _Graph:
    """Nodes and stored numbers of an ONNX graph; results are named by their order."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._stored: list[Any] = []
        self._one = self.keep(np.array([1]))
        self._width = self.node("Gather", [self.node("Shape", ["ids"]), self._one])
        self._mask = self.node("Unsqueeze", ["inside", self.keep(np.array([2]))])
        self.inside = self.node("Cast", [self._mask], to=_BOOL)

    def keep(self, value: Any) -> str:
        """Store an array or a number."""
        from onnx import numpy_helper

        name = f"stored{len(self._stored)}"
        self._stored.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        """Add a node with one result."""
        from onnx import helper

        output = output or f"result{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolved(self, layer: nn.Conv1d, whole: str, steps: Array, zero: int) -> str:
        """A convolution over three characters with what is below 0 cut off, as floats.

        ``steps`` are the scales of the whole numbers that go in, with ``zero`` for 0.
        """
        (dilation,) = layer.dilation
        nothing = self.keep(np.uint8(zero))
        pads = self.keep(np.array([0, dilation, 0, 0, dilation, 0]))
        padded = self.node("Pad", [whole, pads, nothing])
        taps = []
        for tap in range(3):
            first = self.keep(np.array([tap * dilation]))
            last = self.node("Add", [self._width, first])
            taps.append(self.node("Slice", [padded, first, last, self._one]))
        weight = layer.weight.detach().numpy() * steps[None, :, None]
        weight = weight.transpose(2, 1, 0).reshape(-1, layer.out_channels)
        scale = (np.abs(weight).max(axis=0) / _WEIGHT).astype(np.float32)
        assert layer.bias is not None
        out = self.node(
            "MatMulIntegerToFloat",
            [
                self.node("Concat", taps, axis=2),
                self.keep(np.round(weight / scale).astype(np.int8)),
                self.keep(np.float32(1)),
                self.keep(scale),
                nothing,
                self.keep(np.zeros(len(scale), dtype=np.int8)),
                self.keep(layer.bias.detach().numpy()),
            ],
            domain=_MICROSOFT,
        )
        return self.node("Mul", [self.node("Relu", [out]), self._mask])

    def save(self, path: Path) -> None:
        """Write it, checked."""
        from onnx import TensorProto, checker, helper, save

        def info(name: str, kind: int, *more: int) -> Any:
            return helper.make_tensor_value_info(name, kind, ["texts", "chars", *more])

        graph = helper.make_graph(
            self._nodes,
            "names",
            [
                info("ids", TensorProto.INT32),
                info("pairs", TensorProto.INT32),
                info("marks", TensorProto.INT32, MARKS),
                info("inside", TensorProto.FLOAT),
            ],
            [info("logits", TensorProto.FLOAT, len(TAGS))],
            self._stored,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets)
        model.ir_version = 9
        checker.check_model(model)
        save(model, str(path))

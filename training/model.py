"""The translation model: a pre-norm transformer that CTranslate2 decodes as it is.

Names of parameters follow CTranslate2's `TransformerSpec` (`encoder.layer.0.self_attention…`), so
that import and export are a renaming.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812  (the name everybody knows)
from torch import Tensor, nn

PAD, UNKNOWN, BEGIN, END = 0, 1, 2, 3
POSITIONS = 512


class Shape(NamedTuple):
    """Sizes of a model."""

    vocabulary: int = 8000
    width: int = 256
    feed_forward: int = 1024
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2


class SelfAttention(nn.Module):
    """Normalise, attend within the sequence, add."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.layer_norm = nn.LayerNorm(shape.width)
        self.linear_0 = nn.Linear(shape.width, 3 * shape.width)
        self.linear_1 = nn.Linear(shape.width, shape.width)

    def forward(self, x: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
        """x: (batch, length, width); mask: (batch, 1, 1, length), added to the scores."""
        query, key, value = self.linear_0(self.layer_norm(x)).chunk(3, dim=-1)
        return x + self.linear_1(attend(query, key, value, self.heads, mask, causal))


class CrossAttention(nn.Module):
    """Normalise, attend to the encoder's output, add."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.layer_norm = nn.LayerNorm(shape.width)
        self.linear_0 = nn.Linear(shape.width, shape.width)
        self.linear_1 = nn.Linear(shape.width, 2 * shape.width)
        self.linear_2 = nn.Linear(shape.width, shape.width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, length, width); memory: (batch, source length, width)."""
        key, value = self.linear_1(memory).chunk(2, dim=-1)
        query = self.linear_0(self.layer_norm(x))
        return x + self.linear_2(attend(query, key, value, self.heads, mask, False))


class FeedForward(nn.Module):
    """Normalise, widen, rectify, narrow, add."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.layer_norm = nn.LayerNorm(shape.width)
        self.linear_0 = nn.Linear(shape.width, shape.feed_forward)
        self.linear_1 = nn.Linear(shape.feed_forward, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        """x: (batch, length, width)."""
        return x + self.linear_1(F.relu(self.linear_0(self.layer_norm(x))))


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attention = SelfAttention(shape)
        self.ffn = FeedForward(shape)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, length, width)."""
        return self.ffn(self.self_attention(x, mask, False))


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the source, feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attention = SelfAttention(shape)
        self.attention = CrossAttention(shape)
        self.ffn = FeedForward(shape)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, length, width)."""
        return self.ffn(self.attention(self.self_attention(x, None, True), memory, mask))


class Stack(nn.Module):
    """Layers and the norm after the last."""

    def __init__(self, layers: list[nn.Module], width: int) -> None:
        super().__init__()
        self.layer = nn.ModuleList(layers)
        self.layer_norm = nn.LayerNorm(width)


class Model(nn.Module):
    """Encoder, decoder, and one matrix for all embeddings and the projection."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embeddings = nn.Embedding(shape.vocabulary, shape.width)
        self.projection_bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.encoder = Stack(
            [EncoderLayer(shape) for _ in range(shape.encoder_layers)], shape.width
        )
        self.decoder = Stack(
            [DecoderLayer(shape) for _ in range(shape.decoder_layers)], shape.width
        )
        self.register_buffer("positions", positions(shape.width), persistent=False)
        nn.init.normal_(self.embeddings.weight, std=shape.width**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, pieces: Tensor) -> Tensor:
        """(batch, length) piece numbers to (batch, length, width)."""
        words = self.embeddings(pieces) * math.sqrt(self.shape.width)
        return words + self.positions[: pieces.shape[1]].to(words.dtype)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Hidden states of the decoder, (batch, target length, width), before the projection."""
        memory = self.embed(source)
        mask = torch.zeros(source.shape, dtype=memory.dtype, device=source.device)
        mask = mask.masked_fill(source == PAD, -1e4)[:, None, None, :]
        for layer in self.encoder.layer:
            memory = layer(memory, mask)
        memory = self.encoder.layer_norm(memory)
        x = self.embed(target)
        for layer in self.decoder.layer:
            x = layer(x, memory, mask)
        return self.decoder.layer_norm(x)


def attend(
    query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None, causal: bool
) -> Tensor:
    """Scaled dot-product attention over (batch, length, width) tensors.

    Written out: sentences are short, and on CPU the backward pass of PyTorch's fused kernel took
    37 % of a whole step, five times what these three products take.
    """

    def split(x: Tensor) -> Tensor:
        return x.unflatten(-1, (heads, -1)).transpose(1, 2)

    scale = (query.shape[-1] // heads) ** -0.5
    scores = split(query * scale) @ split(key).transpose(2, 3)
    if mask is not None:
        scores = scores + mask
    if causal:
        length = scores.shape[-1]
        ahead = torch.full(
            (length, length), float("-inf"), dtype=scores.dtype, device=scores.device
        )
        scores = scores + ahead.triu(1)
    return (scores.softmax(dim=-1) @ split(value)).transpose(1, 2).flatten(2)


def positions(width: int) -> Tensor:
    """Sinusoids as CTranslate2 expects them: sines in the first half, cosines in the second."""
    half = width // 2
    rates = torch.exp(torch.arange(half) * -(math.log(10000) / (half - 1)))
    angles = torch.arange(1, POSITIONS + 1)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class SmoothedCrossEntropy(torch.autograd.Function):
    """Projection, softmax and label-smoothed cross-entropy, a chunk of rows at a time.

    The logits of a whole batch (rows x 8,000) are by far the largest tensor of a step; in chunks
    that fit the cache they are made, turned into their gradient and used up at once.
    """

    ROWS = 512

    @staticmethod
    def forward(ctx, hidden, weight, bias, labels, smoothing):  # noqa: D102
        rows, vocabulary = hidden.shape[0], weight.shape[0]
        grad_hidden = torch.empty_like(hidden)
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        grad_bias = torch.zeros(vocabulary, dtype=torch.float32, device=weight.device)
        total = torch.zeros((), dtype=torch.float32, device=weight.device)
        uniform = smoothing / vocabulary
        for start in range(0, rows, SmoothedCrossEntropy.ROWS):
            part = slice(start, min(start + SmoothedCrossEntropy.ROWS, rows))
            logits = torch.addmm(bias, hidden[part], weight.t())
            target = labels[part, None]
            log = torch.log_softmax(logits.float(), dim=-1)
            total -= (1 - smoothing) * log.gather(1, target).sum() + uniform * log.sum()
            grad = log.exp_().sub_(uniform)
            grad.scatter_add_(1, target, torch.full_like(target, smoothing - 1, dtype=grad.dtype))
            grad_bias += grad.sum(0)
            grad = grad.to(hidden.dtype)
            grad_hidden[part] = grad @ weight
            grad_weight += (grad.t() @ hidden[part]).float()
        ctx.save_for_backward(
            grad_hidden.div_(rows),
            grad_weight.div_(rows).to(weight.dtype),
            grad_bias.div_(rows).to(bias.dtype),
        )
        return total / rows

    @staticmethod
    def backward(ctx, upstream):  # noqa: D102
        hidden, weight, bias = ctx.saved_tensors
        return hidden * upstream, weight * upstream, bias * upstream, None, None

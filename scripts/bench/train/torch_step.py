"""Times PyTorch's training step of the assignment's network in its fastest form on a processor: channels last, fused Adam.

Usage: python torch_step.py BATCHES
Prints JSON: the milliseconds of a batch of 128, from the first batch's start to the last one's end, and those of the processor,
all cores together.
"""
import json, sys, time

import torch
from torch import nn

batches = int(sys.argv[1])


def convolution(channels, filters):
    return nn.Conv2d(channels, filters, 3, padding=1)


network = nn.Sequential(
    *(convolution(1, 32), nn.ReLU(), nn.MaxPool2d(2)),
    *(convolution(32, 64), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Flatten(), nn.Linear(7 * 7 * 64, 64)),
    *(nn.Linear(64, 7 * 7 * 64), nn.ReLU(), nn.Unflatten(1, (64, 7, 7))),
    *(convolution(64, 64), nn.ReLU(), nn.Upsample(scale_factor=2)),
    *(convolution(64, 32), nn.ReLU(), nn.Upsample(scale_factor=2)),
    *(convolution(32, 1), nn.Sigmoid()),
).to(memory_format=torch.channels_last)
assert sum(parameter.numel() for parameter in network.parameters()) == 479_105
adam = torch.optim.Adam(network.parameters(), 1e-3, eps=1e-7, fused=True)
pictures = torch.rand(batches, 128, 1, 28, 28, generator=torch.Generator().manual_seed(1))


def epoch():
    for batch in pictures:
        batch = batch.contiguous(memory_format=torch.channels_last)
        loss = nn.functional.mse_loss(network(batch), batch)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        loss.item()  # a training prints it, and Keras and ours read it each step


epoch()  # chooses its kernels
wall, processor = time.perf_counter(), time.process_time()
epoch()
wall, processor = time.perf_counter() - wall, time.process_time() - processor
print(json.dumps({"milliseconds": 1000 * wall / batches, "processor": 1000 * processor / batches}))

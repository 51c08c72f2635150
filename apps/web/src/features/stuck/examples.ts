/** What the empty field offers to try. */
export const examples = [
  {
    name: "a log that learns",
    pasted: `Epoch 1/20
422/422 ━━━━━━━━━━━━━━━━━━━━ 57s 131ms/step - loss: 0.0368 - val_loss: 0.0134
Epoch 2/20
422/422 ━━━━━━━━━━━━━━━━━━━━ 55s 130ms/step - loss: 0.0120 - val_loss: 0.0101`,
  },
  {
    name: "a log that is stuck",
    pasted: `Epoch 1/20
422/422 ━━━━━━━━━━━━━━━━━━━━ 57s 131ms/step - loss: 0.1131 - val_loss: 0.1114
Epoch 2/20
422/422 ━━━━━━━━━━━━━━━━━━━━ 55s 130ms/step - loss: 0.1121 - val_loss: 0.1114
Epoch 3/20
422/422 ━━━━━━━━━━━━━━━━━━━━ 55s 130ms/step - loss: 0.1121 - val_loss: 0.1114`,
  },
  {
    name: "an error",
    pasted:
      "ValueError: Input 0 of layer conv2d: expected axis -1 of input shape to have value 1, but received input with shape (None, 28, 28)",
  },
] as const;

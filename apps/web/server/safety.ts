/** What every answer carries. What guards pages besides is in `proxy.ts`, what guards all else in `answers.ts`. */
export const safety: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  // Pages and workers that share memory with nobody else: what SharedArrayBuffer asks for.
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  // Drawing, computing and downloading need none of the browser's devices.
  "Permissions-Policy": [
    "camera",
    "display-capture",
    "geolocation",
    "hid",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
  ]
    .map((feature) => `${feature}=()`)
    .join(", "),
};

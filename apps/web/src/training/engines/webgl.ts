import { registerFastGradients } from "@autoencoder/model/gradients";
import { GPGPUContext, MathBackendWebGL, setWebGLContext } from "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import { type Engine, refuseSoftware } from "./engine.ts";
import { Guard } from "./guard.ts";

/** tfjs's WebGL backend on a context of our own, so that we see it go. */
export const webgl: Engine = {
  name: "webgl",
  probe: () =>
    typeof OffscreenCanvas === "undefined"
      ? { available: false, reason: "WebGL is not used: this browser has none in a worker (no OffscreenCanvas)." }
      : { available: true },
  async start(options) {
    const { canvas, gl } = openContext(options.software);
    const device = deviceOf(gl);
    refuseSoftware("webgl", device, options);
    refuseHalfFloats(gl);
    const guard = new Guard(options.onLost);
    canvas.addEventListener("webglcontextlost", () => guard.note("The browser took the WebGL context away."));
    tf.removeBackend("webgl"); // tfjs registers one that opens a context of its own
    setWebGLContext(2, gl);
    tf.env().set("WEBGL_VERSION", 2);
    tf.env().set("WEBGL_FORCE_F16_TEXTURES", false);
    if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) throw new Error(noFloats);
    tf.registerBackend("webgl", () => guard.watch(new MathBackendWebGL(new GPGPUContext(gl))));
    if (!(await tf.setBackend("webgl"))) throw new Error("WebGL is not used: it did not start in this browser.");
    registerFastGradients();
    return { name: "webgl", device };
  },
};

const noFloats =
  "WebGL is not used: this GPU draws in half floats only, in which small gradients become 0, and training needs 32 bits.";

/** @param software also takes what the browser itself calls slow @throws Error where there is none */
function openContext(software: boolean): {
  canvas: OffscreenCanvas;
  gl: WebGL2RenderingContext & WebGLRenderingContext;
} {
  const open = (failIfMajorPerformanceCaveat: boolean) => {
    const canvas = new OffscreenCanvas(1, 1);
    const gl = canvas.getContext("webgl2", {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
      premultipliedAlpha: false,
      preserveDrawingBuffer: false,
      powerPreference: "high-performance",
      failIfMajorPerformanceCaveat,
    });
    return gl && { canvas, gl: gl as WebGL2RenderingContext & WebGLRenderingContext };
  };
  const opened = open(!software);
  if (opened) return opened;
  const slow = open(false);
  throw new Error(
    slow
      ? `WebGL is not used: it needs a graphics chip, but the browser offers a slow stand-in (${deviceOf(slow.gl)}).`
      : "WebGL is not used: this browser gives a worker no WebGL 2.",
  );
}

function deviceOf(gl: WebGLRenderingContext): string {
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) || "a GPU without a name";
}

/** @throws Error where shaders compute, or textures hold, fewer than 32 bits: a float32 has 23 behind the point. */
function refuseHalfFloats(gl: WebGLRenderingContext): void {
  const format = gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_FLOAT);
  if (!format || format.precision < 23 || !gl.getExtension("EXT_color_buffer_float")) throw new Error(noFloats);
}

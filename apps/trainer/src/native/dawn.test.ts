import { describe, expect, it } from "vitest";
import { adapterName, isSoftware, probeDawn } from "./dawn.ts";

/** As Dawn tells them. */
const swiftShader = {
  vendor: "google",
  architecture: "swiftshader",
  device: "swiftshader-device-subzero-",
  description: "SwiftShader driver 5.0.0",
  isFallbackAdapter: true,
};
const nvidia = { vendor: "nvidia", architecture: "ampere", device: "nvidia-a10", description: "NVIDIA: 550.54.15" };
const nameless = { vendor: "", architecture: "", device: "", description: "" };

describe("the name of a GPU", () => {
  it.each([
    [nvidia, "nvidia ampere nvidia-a10 (NVIDIA: 550.54.15)"],
    [swiftShader, "google swiftshader swiftshader-device-subzero (SwiftShader driver 5.0.0)"],
    [{ ...nameless, description: "Apple M2" }, "Apple M2"],
    [{ ...nameless, vendor: "intel" }, "intel"],
    [nameless, "a GPU without a name"],
  ])("is what the driver says of %j", (info, expected) => {
    expect(adapterName(info)).toBe(expected);
  });
});

describe("a program that stands in for a GPU", () => {
  it.each([
    swiftShader,
    { ...nameless, isFallbackAdapter: true },
    { ...swiftShader, isFallbackAdapter: false },
    { ...nameless, vendor: "0x1AE0" },
    { ...nameless, vendor: "mesa", description: "llvmpipe (LLVM 15.0.7, 256 bits)" },
    {
      ...nameless,
      vendor: "microsoft",
      device: "microsoft-basic-render-driver",
      description: "Microsoft Basic Render Driver",
    },
    { ...nameless, vendor: "microsoft", architecture: "warp" },
  ])("is known by what it says of itself: %j", (info) => {
    expect(isSoftware(info)).toBe(true);
  });

  it.each([
    nvidia,
    { ...nameless, vendor: "apple", architecture: "metal-3", description: "Apple M2" },
    { ...nameless, vendor: "intel", architecture: "gen-12lp", description: "Intel(R) Iris(R) Xe Graphics" },
    nameless,
  ])("is not suspected in %j", (info) => {
    expect(isSoftware(info)).toBe(false);
  });
});

it("a platform for which there is no Dawn is told, without a command that would not help", () => {
  expect(probeDawn({ platform: "freebsd", arch: "x64" })).toEqual({
    available: false,
    reason: expect.stringMatching(/^Dawn comes for .*linux-x64.*, not freebsd-x64$/),
  });
});

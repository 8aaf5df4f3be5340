import { describe, expect, test } from "vitest";
import { days, goDuration, hours, kubernetesQuantity, minutes, parseDuration, parseSize, wholeDays } from "../../components/config/units";

describe("durations", () => {
  test.each([
    ["30d", 2_592_000],
    ["720h", 2_592_000],
    ["1h30m", 5_400],
    ["2w", 1_209_600],
    ["45s", 45],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toEqual({ seconds });
  });

  test.each(["", "30", "d", "30 d", "-1d", "1.5h", "30D", "1y"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test("are written in Go's largest exact unit, which reads back the same", () => {
    expect([days(30), hours(36), minutes(90), { seconds: 61 }, { seconds: 0 }].map(goDuration)).toEqual([
      "720h",
      "36h",
      "90m",
      "61s",
      "0s",
    ]);
    expect(parseDuration(goDuration(days(31)))).toEqual(days(31));
  });

  test("round up to whole days, so that a rule never ends early", () => {
    expect([hours(24), hours(25), minutes(1)].map(wholeDays)).toEqual([1, 2, 1]);
  });
});

describe("sizes", () => {
  test.each([
    ["10Gi", 10 * 2 ** 30],
    ["100GB", 1e11],
    ["1.5Mi", 1.5 * 2 ** 20],
    ["4096", 4096],
  ])("%s is %d bytes", (text, bytes) => {
    expect(parseSize(text)).toEqual({ bytes });
  });

  test.each(["", "Gi", "10 Gi", "10gi", "10GiB", "-1Gi", "1e3"])("%j is none", (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  test("are written as Kubernetes quantities", () => {
    const sizes = ["10Gi", "1536Mi", "100GB", "1000"].map((text) => parseSize(text));
    expect(sizes.map((size) => size && kubernetesQuantity(size))).toEqual(["10Gi", "1536Mi", "97656250Ki", "1000"]);
  });
});

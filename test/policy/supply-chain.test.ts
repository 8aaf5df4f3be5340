import { describe, expect, it } from "vitest";
import { parseImage } from "../../policy/readers/charts";
import { set, unset } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge } from "./judge";

const image = (reference: string) => set("spec.template.spec.containers.0.image", reference);
const at = "spec.template.spec.containers[0].image";
const tag = (value: string) => set("values.loki.image.tag", value);
const own = "values.loki.image";

describe("what is installed", () => {
  breaksOne([
    ["loki", "a range", set("version", "^18.0.0"), "chart-version-pinned", "version ^18.0.0 is no exact version"],
    ["tempo", "any version", unset("version"), "chart-version-pinned", "version is left out"],
    ["tempo", "unreleased", set("devel", true), "chart-version-pinned", "devel takes versions that were never released"],
    ["loki", "latest", tag("latest"), "image-version-pinned", `${own} has the tag latest, which is no full version`],
    ["loki", "two numbers", tag("3.7"), "image-version-pinned", `${own} has the tag 3.7, which is no full version`],
    [
      "loki",
      "half a digest",
      set("values.loki.image.digest", "sha256:abc"),
      "image-version-pinned",
      `${own} has the digest sha256:abc, which is none`,
    ],
    ["deployment", "no tag", image("docker.io/grafana/loki"), "image-version-pinned", `${at} has neither tag nor digest`],
    ["loki", "the last affected of 3.7", tag("3.7.6"), "loki-version-uploads-whole", `${own} is Loki 3.7.6`],
    ["loki", "the first affected of 3.6", tag("3.6.11"), "loki-version-uploads-whole", `${own} is Loki 3.6.11`],
    [
      "loki",
      "the chart's own",
      unset("values.loki.image.tag"),
      "loki-version-uploads-whole",
      "values.loki.image.tag is left out, and the chart 18.11.0 brings Loki 3.7.6",
    ],
    ["deployment", "an affected Loki", image("docker.io/grafana/loki:3.7.0"), "loki-version-uploads-whole", `${at} is Loki 3.7.0`],
    [
      "loki",
      "another chart",
      set("chart", "oci://ghcr.io/grafana-comunity/helm-charts/loki"),
      "registry-allowed",
      "the chart oci://ghcr.io/grafana-comunity/helm-charts/loki comes from oci://ghcr.io/grafana-comunity/helm-charts/loki",
    ],
    ["alloy", "no named place", unset("repositoryOpts"), "registry-allowed", "the chart alloy comes from no named repository"],
    [
      "loki",
      "another registry",
      set("values.loki.image.registry", "registry.example.com"),
      "registry-allowed",
      `${own} comes from registry.example.com/grafana/loki`,
    ],
    [
      "deployment",
      "another registry",
      image("registry.example.com/loki:3.7.8"),
      "registry-allowed",
      `${at} comes from registry.example.com/loki`,
    ],
    ["loki", "values in a file", set("valueYamlFiles", ["values.yaml"]), "chart-values-visible", "valueYamlFiles is given"],
  ]);
  staysFine([
    ["loki", "3.6.10", tag("3.6.10")],
    ["loki", "3.6.16", tag("3.6.16")],
    ["loki", "3.7.7", tag("3.7.7")],
    ["loki", "3.8.0", tag("3.8.0")],
    ["loki", "4.0.0", tag("v4.0.0")],
    [
      "loki",
      "a digest without a tag to go by",
      (props) => {
        set("values.loki.image.digest", `sha256:${"a".repeat(64)}`)(props);
      },
    ],
    ["deployment", "another program of that version", image("docker.io/grafana/grafana:3.7.6")],
    ["deployment", "a variant", image("docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine")],
    ["deployment", "Docker Hub unsaid", image("grafana/loki:3.7.8")],
  ]);
  it("takes a team's own list", () => {
    const elsewhere = changed("deployment", image("registry.example.com/loki:3.7.8"));
    expect(
      judge([elsewhere], { "registry-allowed": { images: ["registry.example.com/"] } }).filter(({ rule }) => rule === "registry-allowed"),
    ).toEqual([]);
  });
  it.each([
    ["loki:3.7.8", { registry: "docker.io", repository: "loki", tag: "3.7.8", digest: "" }],
    ["localhost:5000/a/b", { registry: "localhost:5000", repository: "a/b", tag: "", digest: "" }],
    ["ghcr.io/a/b:1.2.3@sha256:c", { registry: "ghcr.io", repository: "a/b", tag: "1.2.3", digest: "sha256:c" }],
  ])("reads %s", (reference, parts) => {
    expect(parseImage(reference, "x")).toEqual({ path: "x", ...parts });
  });
});

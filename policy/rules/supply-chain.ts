// What is installed is what was reviewed.
import { chartName, type Image, isImageTag, parseImage, valueImages } from "../readers/charts";
import { containersOf, isChart, podOf } from "../readers/kubernetes";
import { at, isUnknown, list, NotYetKnown, text } from "../readers/values";
import type { Resource } from "../resource";
import type { ResourceRule } from "../rule";

const exactVersion = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

export const chartPinned: ResourceRule = {
  id: "chart-version-pinned",
  group: "supply chain",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "Charts are installed by exact version.",
  reason: "A range, or none, installs tomorrow what nobody looked at today, and the preview can't show it.",
  fix: "Give version in full, as in 18.11.0.",
  *check(resource) {
    if (!isChart(resource)) return;
    const chart = text(at(resource.props, "chart")) ?? "";
    if (/^\.{0,2}\//.test(chart)) return;
    const version = text(at(resource.props, "version")) ?? "";
    if (at(resource.props, "devel") === true) yield "devel takes versions that were never released";
    if (!exactVersion.test(version)) yield version ? `version ${version} is no exact version` : "version is left out";
  },
};

/** Images that a resource names, in a chart's values or its own pods. */
function* imagesOf(resource: Resource): Generator<Image> {
  if (isChart(resource)) yield* valueImages(resource);
  const pod = podOf(resource);
  for (const { path, fields: container } of pod ? containersOf(pod) : []) {
    if (isUnknown(container.image)) throw new NotYetKnown(`${path}.image`);
    const image = text(container.image);
    if (image) yield parseImage(image, `${path}.image`);
  }
}

export const imagePinned: ResourceRule = {
  id: "image-version-pinned",
  group: "supply chain",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "Images are named by a full version or a digest.",
  reason: "A tag such as latest, or of two numbers, is another program after every push, on every node at another time.",
  fix: "Give a tag with at least three numbers, or a digest.",
  names: { checkov: ["CKV_K8S_14", "CKV_K8S_43"] },
  *check(resource) {
    const inValues = isChart(resource);
    for (const { path, tag, digest } of imagesOf(resource)) {
      if (/^sha256:[0-9a-f]{64}$/.test(digest)) continue;
      if (digest) yield `${path} has the digest ${digest}, which is none`;
      // In a chart's values no tag means the chart's own, which its version pins.
      else if (tag === "" && !inValues) yield `${path} has neither tag nor digest`;
      else if (tag !== "" && !isImageTag(tag)) yield `${path} has the tag ${tag}, which is no full version`;
    }
  },
};

/** App versions of the Loki charts that came with an affected Loki, newest first as far as they were read. */
const chartsLoki: Readonly<Record<string, string>> = { "18.11.0": "3.7.6" };

export const lokiNotAffected: ResourceRule = {
  id: "loki-version-uploads-whole",
  group: "supply chain",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "Loki is none of the versions that upload with trailing checksums: 3.6.11 to 3.6.15 and 3.7.0 to 3.7.6.",
  reason: "Stores that don't know the trailer refuse every chunk, or keep its framing inside the object: logs that can't be read back.",
  fix: "Set image.tag to 3.7.7 or later, or to 3.6.16 or later within 3.6.",
  *check(resource) {
    const given = [...imagesOf(resource)].filter(({ repository }) => /(^|\/)(loki|enterprise-logs)$/.test(repository));
    for (const { path, tag } of given) if (isAffected(tag)) yield `${path} is Loki ${tag}`;
    if (!isChart(resource) || chartName(resource) !== "loki") return;
    const tag = text(at(resource.props.values, "loki.image.tag"));
    if (tag) {
      if (!given.some(({ path }) => path === "values.loki.image") && isAffected(tag)) yield `values.loki.image is Loki ${tag}`;
      return;
    }
    const version = text(at(resource.props, "version")) ?? "";
    const own = chartsLoki[version];
    if (own === undefined || isAffected(own))
      yield `values.loki.image.tag is left out, and the chart ${version} brings ${own ? `Loki ${own}` : "a Loki that is not known here"}`;
  },
};

function isAffected(tag: string): boolean {
  const [, minor, patch] = /^v?3\.(\d+)\.(\d+)/.exec(tag) ?? [];
  if (minor === "6") return Number(patch) >= 11 && Number(patch) <= 15;
  return minor === "7" && Number(patch) <= 6;
}

export const registryAllowed: ResourceRule = {
  id: "registry-allowed",
  group: "supply chain",
  severity: "medium",
  level: "mandatory",
  scope: "resource",
  settings: {
    charts: {
      type: "array",
      items: { type: "string" },
      default: [
        "oci://ghcr.io/grafana-community/helm-charts/",
        "https://grafana.github.io/helm-charts",
        "https://grafana-community.github.io/helm-charts",
      ],
      description: "Where charts may come from: the start of an OCI address or of a repository's URL.",
    },
    images: {
      type: "array",
      items: { type: "string" },
      default: [
        "docker.io/grafana/",
        "docker.io/memcached",
        "docker.io/prom/",
        "docker.io/nginxinc/",
        "ghcr.io/grafana/",
        "quay.io/prometheus/",
        "quay.io/prometheus-operator/",
        "registry.k8s.io/",
      ],
      description: "Where images may come from: the start of registry/repository.",
    },
  },
  demands: "Charts and images come from places that the team has allowed.",
  reason: "A name that is one letter off, or an abandoned mirror, runs with everything that Loki may do.",
  fix: "Take the project's own registry, or add the place to this policy's configuration.",
  *check(resource, { settings }) {
    if (isChart(resource)) {
      const chart = text(at(resource.props, "chart")) ?? "";
      const repository = text(at(resource.props, "repositoryOpts.repo")) ?? "";
      const from = chart.startsWith("oci://") ? chart : repository;
      const local = /^\.{0,2}\//.test(chart);
      if (!local && !list(settings.charts).some((allowed) => from.startsWith(String(allowed))))
        yield `the chart ${chart} comes from ${from || "no named repository"}`;
    }
    for (const { path, registry, repository } of imagesOf(resource)) {
      // Values that give only a tag leave the place to the chart.
      if (!repository && !registry) continue;
      const place = `${registry || "docker.io"}/${repository}`;
      const allowed = list(settings.images).map(String);
      const fits = repository
        ? allowed.some((start) => place.startsWith(start))
        : allowed.some((start) => start.startsWith(`${registry}/`));
      if (!fits) yield `${path} comes from ${place}`;
    }
  },
};

export const valuesVisible: ResourceRule = {
  id: "chart-values-visible",
  group: "supply chain",
  severity: "medium",
  level: "mandatory",
  scope: "resource",
  type: "kubernetes:helm.sh/v3:Release",
  demands: "A chart's values stand in the program, not in files beside it.",
  reason: "What a preview can't show, nobody reviews, and no policy sees.",
  fix: "Pass values instead of valueYamlFiles.",
  *check({ props }) {
    if (list(props.valueYamlFiles).length > 0) yield "valueYamlFiles is given";
  },
};

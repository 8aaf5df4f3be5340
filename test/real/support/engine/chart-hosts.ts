import type { PreviewResult } from "../../../support/preview";

/** The hosts of the repositories that the releases of a preview name. */
export function chartHosts({ ofType }: PreviewResult): string[] {
  const addresses = ofType(/:Release$/).map(({ inputs }) => {
    const { chart, repositoryOpts } = inputs as { chart: string; repositoryOpts?: { repo?: string } };
    return repositoryOpts?.repo ?? chart;
  });
  return [...new Set(addresses.map((address) => new URL(address).host))];
}

// The files of other projects that tests read, each at a release and with the digest that it had when the tests were written against it.
export interface TestDataFile {
  /** Below the folder of test data. Files of one target are joined into one YAML stream. */
  readonly target: string;
  readonly repository: string;
  readonly tag: string;
  readonly path: string;
  readonly sha256: string;
}

const group =
  (target: string, repository: string, tag: string, folder: string) =>
  (path: string, sha256: string): TestDataFile => ({ target, repository, tag, path: `${folder}/${path}`, sha256 });

const rook = group("crds/rook-v1.20.6.yaml", "rook/rook", "v1.20.6", "deploy/examples");
const externalSecrets = group("crds/external-secrets-v2.9.0.yaml", "external-secrets/external-secrets", "v2.9.0", "config/crds/bases");
const grafana = group("crds/grafana-operator-v5.24.0.yaml", "grafana/grafana-operator", "v5.24.0", "config/crd/bases");
const certManager = group("crds/cert-manager-v1.21.1.yaml", "cert-manager/cert-manager", "v1.21.1", "deploy/crds");
const prometheusFolder = "example/prometheus-operator-crd";
const prometheus = group("crds/prometheus-operator-v0.93.0.yaml", "prometheus-operator/prometheus-operator", "v0.93.0", prometheusFolder);
const tempo = group("crds/tempo-operator-v0.22.0.yaml", "grafana/tempo-operator", "v0.22.0", "config/crd/bases");
const chart = (name: string, version: string, file = "values.yaml") =>
  group(`charts/${name}/${file}`, "grafana-community/helm-charts", `${name}-${version}`, `charts/${name}`);
const alloyChart = group("charts/alloy/values.yaml", "grafana/alloy", "helm-chart/1.11.1", "operations/helm/charts/alloy");

export const testDataFiles: readonly TestDataFile[] = [
  rook("crds.yaml", "7fa7462d44b35d636703a03a88120030692a06a05ac91ec253200cb4ae8c37cf"),
  externalSecrets("external-secrets.io_clustersecretstores.yaml", "f847c69ae317a76527fc37c163ddfe15d9026e14eb47dd325319e914e0433c2a"),
  externalSecrets("external-secrets.io_externalsecrets.yaml", "5044be5a610ca90a075f34f03ed20b462695c43387ba9410db7f4250e47b1e2f"),
  externalSecrets("external-secrets.io_secretstores.yaml", "7f750858d393913915a2f15daff9e1d2f56ca207c09920c055d7a68cceacb641"),
  externalSecrets("external-secrets.io_pushsecrets.yaml", "1d97b97b4aca0799bc8dc05d45d34adf2265ae5c3a87268026b6aafb1718f4ec"),
  certManager("cert-manager.io_certificates.yaml", "7ad91029c00ec959d54215b19d3b1a9b7e0247eaa60f987151c2b70d8661f8af"),
  certManager("cert-manager.io_clusterissuers.yaml", "30008001b78aafb8e110af61359561104b5fafc3a4dc6ac0013245d0ee3fe4ca"),
  certManager("cert-manager.io_issuers.yaml", "05e37efb02777e0362d24269fa103c2fc11419f9c85e31854ef873e5d9e5c5cc"),
  grafana("grafana.integreatly.org_grafanadashboards.yaml", "5f5d94bbe0a01a220cc8ec7b31e98fbdf61677df8a35169572a0efe9057c85b6"),
  grafana("grafana.integreatly.org_grafanadatasources.yaml", "a3e7d66c8ff5d3b6022b9b2adba51f12ddbd453994c323c7be845acc488fc672"),
  prometheus("monitoring.coreos.com_prometheusrules.yaml", "78be98554b9c8506ab2b4f4feb91c5f3a56e536a0a510f3a8e876a459970d56d"),
  prometheus("monitoring.coreos.com_servicemonitors.yaml", "a99047972c9dd7679ce2050b9968e8a08773492e671b3e17abd476d42aa78a32"),
  prometheus("monitoring.coreos.com_podmonitors.yaml", "45a93443daa687d3654f7e9631909ff7edcdf3ec09c5e60251b74aa2722aee5d"),
  prometheus("monitoring.coreos.com_probes.yaml", "f4ead9704bd4c6303d53e4cc15670faaf0609022a5e08c0ce496286f453666b7"),
  tempo("tempo.grafana.com_tempostacks.yaml", "5d1a7fc7442abc5a4efa302c72776f7ab8da12222cb1fe863ac5f652a967fbee"),
  tempo("tempo.grafana.com_tempomonolithics.yaml", "5259d4206cbeb51bd6371b23d9de5d33a3e771a1b5f8da1317734b35e326a5ad"),
  chart("loki", "18.11.0")("values.yaml", "10b9d980c8b807bbfe51cfc459e7518c3c0256646734c70f1e4ff3e559fc5849"),
  chart("loki", "18.11.0", "values.schema.json")("values.schema.json", "fae54d8b2d9f90b6e1724a8f429950491249dbc93e6daf4ea3ae0099d2e600c0"),
  chart("tempo", "2.2.4")("values.yaml", "742c7455bce2c2c2d59562787f8aab78a486e69e12cd164a7467a17d605731b4"),
  chart("grafana", "12.11.1")("values.yaml", "653e88838eb7553f561d2e6ffa3cbaa7d5b5029398af6ea2fdd2c27793853a68"),
  alloyChart("values.yaml", "e5baf1fac88469c03fe2692e4ccda75ab5b0b705193694755d959550c73ae59c"),
];

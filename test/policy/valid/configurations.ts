// The texts that the programs are configured with, where everything is as it should be.
export const lokiConfig = `auth_enabled: false
compactor:
  delete_request_store: s3
  retention_delete_delay: 2h
  retention_enabled: true
limits_config:
  retention_period: 30d
schema_config:
  configs:
  - from: "2024-04-01"
    store: tsdb
storage_config:
  object_store:
    s3:
      bucket_name: loki-chunks
      endpoint: s3.eu-central-1.amazonaws.com
      insecure: false
`;
export const tempoConfig = `compactor:
  compaction:
    block_retention: 336h
storage:
  trace:
    backend: s3
    s3:
      bucket: tempo-traces
      endpoint: s3.eu-central-1.amazonaws.com
      insecure: false
`;
export const alloyConfig = `// Pushes what it reads.
loki.write "loki" {
	endpoint {
		url = "http://loki.observability.svc:3100/loki/api/v1/push"
	}
}

otelcol.exporter.otlp "tempo" {
	client {
		endpoint = "tempo.observability.svc:4317"

		tls {
			insecure = true
		}
	}
}
`;
export const datasources = `apiVersion: 1
datasources:
- name: Loki
  type: loki
  url: http://loki.observability.svc:3100
  jsonData:
    timeout: 120
`;

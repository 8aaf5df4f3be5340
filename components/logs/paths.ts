// Where things lie inside Loki's containers. The chart mounts the volume and the runtime configuration at these places.
export const paths = {
  data: "/var/loki",
  chunks: "/var/loki/chunks",
  rules: "/var/loki/rules",
  runtimeConfig: "/etc/loki/runtime-config/runtime-config.yaml",
  storeAuthority: "/etc/granary/store-ca",
} as const;

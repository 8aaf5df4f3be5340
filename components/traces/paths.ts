// Where things lie inside Tempo's container. The chart mounts the volume and its ConfigMap at these places.
export const paths = {
  data: "/var/tempo",
  overrides: "/conf/overrides.yaml",
  storeAuthority: "/etc/granary/store-ca",
} as const;

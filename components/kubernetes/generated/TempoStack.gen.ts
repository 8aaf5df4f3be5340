// Written by `npm run crds` from tempo-operator-v0.22.0 (tempo.grafana.com/v1alpha1). Do not edit.
export interface TempoStackSpec {
  env?: {
    name: string;
    value?: string;
    valueFrom?: {
      configMapKeyRef?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
      fieldRef?: {
        apiVersion?: string;
        fieldPath: string;
      };
      fileKeyRef?: {
        key: string;
        optional?: boolean;
        path: string;
        volumeName: string;
      };
      resourceFieldRef?: {
        containerName?: string;
        divisor?: number | string;
        resource: string;
      };
      secretKeyRef?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
    };
  }[];
  envFrom?: {
    configMapRef?: {
      name?: string;
      optional?: boolean;
    };
    prefix?: string;
    secretRef?: {
      name?: string;
      optional?: boolean;
    };
  }[];
  extraConfig?: {
    tempo?: unknown;
  };
  hashRing?: {
    memberlist?: {
      enableIPv6?: boolean;
      instanceAddrType?: "default" | "podIP";
    };
  };
  images?: {
    jaegerQuery?: string;
    oauthProxy?: string;
    tempo?: string;
    tempoGateway?: string;
    tempoGatewayOpa?: string;
    tempoQuery?: string;
  };
  limits?: {
    global?: {
      ingestion?: {
        ingestionBurstSizeBytes?: number;
        ingestionRateLimitBytes?: number;
        maxBytesPerTrace?: number;
        maxTracesPerUser?: number;
      };
      query?: {
        maxBytesPerTagValues?: number;
        maxSearchBytesPerTrace?: number;
        maxSearchDuration?: string;
      };
    };
    perTenant?: {
      [k: string]: {
        ingestion?: {
          ingestionBurstSizeBytes?: number;
          ingestionRateLimitBytes?: number;
          maxBytesPerTrace?: number;
          maxTracesPerUser?: number;
        };
        query?: {
          maxBytesPerTagValues?: number;
          maxSearchBytesPerTrace?: number;
          maxSearchDuration?: string;
        };
      };
    };
  };
  managementState?: "Managed" | "Unmanaged";
  networkPolicy?: {
    enabled?: boolean;
  };
  observability?: {
    grafana?: {
      createDatasource?: boolean;
      instanceSelector?: {
        matchExpressions?: {
          key: string;
          operator: string;
          values?: string[];
        }[];
        matchLabels?: {
          [k: string]: string;
        };
      };
    };
    metrics?: {
      createPrometheusRules?: boolean;
      createServiceMonitors?: boolean;
      extraPrometheusRuleLabels?: {
        [k: string]: string;
      };
      extraServiceMonitorLabels?: {
        [k: string]: string;
      };
    };
    tracing?: {
      jaeger_agent_endpoint?: string;
      otlp_http_endpoint?: string;
      sampling_fraction?: string;
    };
  };
  replicationFactor?: number;
  replicationZones?: {
    maxSkew: number;
    topologyKey: string;
  }[];
  resources?: {
    total?: {
      claims?: {
        name: string;
        request?: string;
      }[];
      limits?: {
        [k: string]: number | string;
      };
      requests?: {
        [k: string]: number | string;
      };
    };
  };
  retention?: {
    global?: {
      traces?: string;
    };
    perTenant?: {
      [k: string]: {
        traces?: string;
      };
    };
  };
  search?: {
    defaultResultLimit?: number;
    maxDuration?: string;
    maxResultLimit?: number;
  };
  serviceAccount?: string;
  size?: "1x.demo" | "1x.pico" | "1x.extra-small" | "1x.small" | "1x.medium";
  storage: {
    secret: {
      credentialMode?: "static" | "token" | "token-cco";
      name: string;
      type: "azure" | "gcs" | "s3";
    };
    tls?: {
      caName?: string;
      certName?: string;
      cipherSuites?: string[];
      enabled?: boolean;
      minVersion?: string;
    };
  };
  storageClassName?: string;
  storageSize?: number | string;
  template?: {
    compactor?: {
      nodeSelector?: {
        [k: string]: string;
      };
      podSecurityContext?: {
        appArmorProfile?: {
          localhostProfile?: string;
          type: string;
        };
        fsGroup?: number;
        fsGroupChangePolicy?: string;
        runAsGroup?: number;
        runAsNonRoot?: boolean;
        runAsUser?: number;
        seLinuxChangePolicy?: string;
        seLinuxOptions?: {
          level?: string;
          role?: string;
          type?: string;
          user?: string;
        };
        seccompProfile?: {
          localhostProfile?: string;
          type: string;
        };
        supplementalGroups?: number[];
        supplementalGroupsPolicy?: string;
        sysctls?: {
          name: string;
          value: string;
        }[];
        windowsOptions?: {
          gmsaCredentialSpec?: string;
          gmsaCredentialSpecName?: string;
          hostProcess?: boolean;
          runAsUserName?: string;
        };
      };
      replicas?: number;
      resources?: {
        claims?: {
          name: string;
          request?: string;
        }[];
        limits?: {
          [k: string]: number | string;
        };
        requests?: {
          [k: string]: number | string;
        };
      };
      tolerations?: {
        effect?: string;
        key?: string;
        operator?: string;
        tolerationSeconds?: number;
        value?: string;
      }[];
    };
    distributor?: {
      component?: {
        nodeSelector?: {
          [k: string]: string;
        };
        podSecurityContext?: {
          appArmorProfile?: {
            localhostProfile?: string;
            type: string;
          };
          fsGroup?: number;
          fsGroupChangePolicy?: string;
          runAsGroup?: number;
          runAsNonRoot?: boolean;
          runAsUser?: number;
          seLinuxChangePolicy?: string;
          seLinuxOptions?: {
            level?: string;
            role?: string;
            type?: string;
            user?: string;
          };
          seccompProfile?: {
            localhostProfile?: string;
            type: string;
          };
          supplementalGroups?: number[];
          supplementalGroupsPolicy?: string;
          sysctls?: {
            name: string;
            value: string;
          }[];
          windowsOptions?: {
            gmsaCredentialSpec?: string;
            gmsaCredentialSpecName?: string;
            hostProcess?: boolean;
            runAsUserName?: string;
          };
        };
        replicas?: number;
        resources?: {
          claims?: {
            name: string;
            request?: string;
          }[];
          limits?: {
            [k: string]: number | string;
          };
          requests?: {
            [k: string]: number | string;
          };
        };
        tolerations?: {
          effect?: string;
          key?: string;
          operator?: string;
          tolerationSeconds?: number;
          value?: string;
        }[];
      };
      tls?: {
        caName?: string;
        certName?: string;
        cipherSuites?: string[];
        enabled?: boolean;
        minVersion?: string;
      };
    };
    gateway?: {
      component?: {
        nodeSelector?: {
          [k: string]: string;
        };
        podSecurityContext?: {
          appArmorProfile?: {
            localhostProfile?: string;
            type: string;
          };
          fsGroup?: number;
          fsGroupChangePolicy?: string;
          runAsGroup?: number;
          runAsNonRoot?: boolean;
          runAsUser?: number;
          seLinuxChangePolicy?: string;
          seLinuxOptions?: {
            level?: string;
            role?: string;
            type?: string;
            user?: string;
          };
          seccompProfile?: {
            localhostProfile?: string;
            type: string;
          };
          supplementalGroups?: number[];
          supplementalGroupsPolicy?: string;
          sysctls?: {
            name: string;
            value: string;
          }[];
          windowsOptions?: {
            gmsaCredentialSpec?: string;
            gmsaCredentialSpecName?: string;
            hostProcess?: boolean;
            runAsUserName?: string;
          };
        };
        replicas?: number;
        resources?: {
          claims?: {
            name: string;
            request?: string;
          }[];
          limits?: {
            [k: string]: number | string;
          };
          requests?: {
            [k: string]: number | string;
          };
        };
        tolerations?: {
          effect?: string;
          key?: string;
          operator?: string;
          tolerationSeconds?: number;
          value?: string;
        }[];
      };
      enabled: boolean;
      ingress?: {
        annotations?: {
          [k: string]: string;
        };
        host?: string;
        ingressClassName?: string;
        route?: {
          termination?: "insecure" | "edge" | "passthrough" | "reencrypt";
        };
        type?: "ingress" | "route" | "none" | "";
      };
      rbac?: {
        enabled?: boolean;
      };
    };
    ingester?: {
      nodeSelector?: {
        [k: string]: string;
      };
      podSecurityContext?: {
        appArmorProfile?: {
          localhostProfile?: string;
          type: string;
        };
        fsGroup?: number;
        fsGroupChangePolicy?: string;
        runAsGroup?: number;
        runAsNonRoot?: boolean;
        runAsUser?: number;
        seLinuxChangePolicy?: string;
        seLinuxOptions?: {
          level?: string;
          role?: string;
          type?: string;
          user?: string;
        };
        seccompProfile?: {
          localhostProfile?: string;
          type: string;
        };
        supplementalGroups?: number[];
        supplementalGroupsPolicy?: string;
        sysctls?: {
          name: string;
          value: string;
        }[];
        windowsOptions?: {
          gmsaCredentialSpec?: string;
          gmsaCredentialSpecName?: string;
          hostProcess?: boolean;
          runAsUserName?: string;
        };
      };
      replicas?: number;
      resources?: {
        claims?: {
          name: string;
          request?: string;
        }[];
        limits?: {
          [k: string]: number | string;
        };
        requests?: {
          [k: string]: number | string;
        };
      };
      tolerations?: {
        effect?: string;
        key?: string;
        operator?: string;
        tolerationSeconds?: number;
        value?: string;
      }[];
    };
    metricsGenerator?: {
      component?: {
        nodeSelector?: {
          [k: string]: string;
        };
        podSecurityContext?: {
          appArmorProfile?: {
            localhostProfile?: string;
            type: string;
          };
          fsGroup?: number;
          fsGroupChangePolicy?: string;
          runAsGroup?: number;
          runAsNonRoot?: boolean;
          runAsUser?: number;
          seLinuxChangePolicy?: string;
          seLinuxOptions?: {
            level?: string;
            role?: string;
            type?: string;
            user?: string;
          };
          seccompProfile?: {
            localhostProfile?: string;
            type: string;
          };
          supplementalGroups?: number[];
          supplementalGroupsPolicy?: string;
          sysctls?: {
            name: string;
            value: string;
          }[];
          windowsOptions?: {
            gmsaCredentialSpec?: string;
            gmsaCredentialSpecName?: string;
            hostProcess?: boolean;
            runAsUserName?: string;
          };
        };
        replicas?: number;
        resources?: {
          claims?: {
            name: string;
            request?: string;
          }[];
          limits?: {
            [k: string]: number | string;
          };
          requests?: {
            [k: string]: number | string;
          };
        };
        tolerations?: {
          effect?: string;
          key?: string;
          operator?: string;
          tolerationSeconds?: number;
          value?: string;
        }[];
      };
      enabled?: boolean;
      processors?: string[];
      remoteWriteURLs?: string[];
    };
    querier?: {
      nodeSelector?: {
        [k: string]: string;
      };
      podSecurityContext?: {
        appArmorProfile?: {
          localhostProfile?: string;
          type: string;
        };
        fsGroup?: number;
        fsGroupChangePolicy?: string;
        runAsGroup?: number;
        runAsNonRoot?: boolean;
        runAsUser?: number;
        seLinuxChangePolicy?: string;
        seLinuxOptions?: {
          level?: string;
          role?: string;
          type?: string;
          user?: string;
        };
        seccompProfile?: {
          localhostProfile?: string;
          type: string;
        };
        supplementalGroups?: number[];
        supplementalGroupsPolicy?: string;
        sysctls?: {
          name: string;
          value: string;
        }[];
        windowsOptions?: {
          gmsaCredentialSpec?: string;
          gmsaCredentialSpecName?: string;
          hostProcess?: boolean;
          runAsUserName?: string;
        };
      };
      replicas?: number;
      resources?: {
        claims?: {
          name: string;
          request?: string;
        }[];
        limits?: {
          [k: string]: number | string;
        };
        requests?: {
          [k: string]: number | string;
        };
      };
      tolerations?: {
        effect?: string;
        key?: string;
        operator?: string;
        tolerationSeconds?: number;
        value?: string;
      }[];
    };
    queryFrontend?: {
      component?: {
        nodeSelector?: {
          [k: string]: string;
        };
        podSecurityContext?: {
          appArmorProfile?: {
            localhostProfile?: string;
            type: string;
          };
          fsGroup?: number;
          fsGroupChangePolicy?: string;
          runAsGroup?: number;
          runAsNonRoot?: boolean;
          runAsUser?: number;
          seLinuxChangePolicy?: string;
          seLinuxOptions?: {
            level?: string;
            role?: string;
            type?: string;
            user?: string;
          };
          seccompProfile?: {
            localhostProfile?: string;
            type: string;
          };
          supplementalGroups?: number[];
          supplementalGroupsPolicy?: string;
          sysctls?: {
            name: string;
            value: string;
          }[];
          windowsOptions?: {
            gmsaCredentialSpec?: string;
            gmsaCredentialSpecName?: string;
            hostProcess?: boolean;
            runAsUserName?: string;
          };
        };
        replicas?: number;
        resources?: {
          claims?: {
            name: string;
            request?: string;
          }[];
          limits?: {
            [k: string]: number | string;
          };
          requests?: {
            [k: string]: number | string;
          };
        };
        tolerations?: {
          effect?: string;
          key?: string;
          operator?: string;
          tolerationSeconds?: number;
          value?: string;
        }[];
      };
      jaegerQuery?: {
        authentication?: {
          enabled?: boolean;
          resources?: {
            claims?: {
              name: string;
              request?: string;
            }[];
            limits?: {
              [k: string]: number | string;
            };
            requests?: {
              [k: string]: number | string;
            };
          };
          sar?: string;
        };
        enabled?: boolean;
        findTracesConcurrentRequests?: number;
        ingress?: {
          annotations?: {
            [k: string]: string;
          };
          host?: string;
          ingressClassName?: string;
          route?: {
            termination?: "insecure" | "edge" | "passthrough" | "reencrypt";
          };
          type?: "ingress" | "route" | "none" | "";
        };
        monitorTab?: {
          enabled?: boolean;
          prometheusEndpoint?: string;
          redMetricsNamespace?: string;
        };
        resources?: {
          claims?: {
            name: string;
            request?: string;
          }[];
          limits?: {
            [k: string]: number | string;
          };
          requests?: {
            [k: string]: number | string;
          };
        };
        servicesQueryDuration?: string;
        tempoQuery?: {
          resources?: {
            claims?: {
              name: string;
              request?: string;
            }[];
            limits?: {
              [k: string]: number | string;
            };
            requests?: {
              [k: string]: number | string;
            };
          };
        };
      };
      mcpServer?: {
        enabled?: boolean;
      };
    };
  };
  tenants?: {
    authentication?: {
      oidc?: {
        groupClaim?: string;
        issuerURL?: string;
        redirectURL?: string;
        secret?: {
          name?: string;
        };
        usernameClaim?: string;
      };
      tenantId: string;
      tenantName: string;
    }[];
    authorization?: {
      roleBindings?: {
        name: string;
        roles: string[];
        subjects: {
          kind: "user" | "group";
          name: string;
        }[];
      }[];
      roles?: {
        name: string;
        permissions: ("read" | "write")[];
        resources: string[];
        tenants: string[];
      }[];
    };
    mode?: "static" | "openshift";
  };
  timeout?: string;
}

// Written by `npm run crds` from rook-v1.20.6 (ceph.rook.io/v1). Do not edit.
export interface CephObjectStoreSpec {
  allowUsersInNamespaces?: string[];
  auth?: {
    keystone?: {
      acceptedRoles: string[];
      implicitTenants?: string;
      revocationInterval?: number;
      serviceUserSecretName: string;
      tokenCacheSize?: number;
      url: string;
    };
  };
  dataPool?: {
    application?: string;
    compressionMode?: "none" | "passive" | "aggressive" | "force" | "";
    crushRoot?: string;
    deviceClass?: string;
    enableCrushUpdates?: boolean;
    enableRBDStats?: boolean;
    erasureCoded?: {
      algorithm?: "isa" | "jerasure";
      codingChunks: number;
      crushNumFailureDomains?: number;
      crushOSDsPerFailureDomain?: number;
      dataChunks: number;
      stripeUnit?: number | string;
    };
    failureDomain?: string;
    mirroring?: {
      enabled?: boolean;
      mode?: "pool" | "image" | "init-only";
      peers?: {
        secretNames?: string[];
      };
      snapshotSchedules?: {
        interval?: string;
        path?: string;
        startTime?: string;
      }[];
    };
    parameters?: {
      [k: string]: string;
    };
    quotas?: {
      maxBytes?: number;
      maxObjects?: number;
      maxSize?: string;
    };
    replicated?: {
      hybridStorage?: {
        primaryDeviceClass: string;
        secondaryDeviceClass: string;
      };
      replicasPerFailureDomain?: number;
      requireSafeReplicaSize?: boolean;
      size: number;
      subFailureDomain?: string;
      targetSizeRatio?: number;
    };
    statusCheck?: {
      mirror?: {
        disabled?: boolean;
        interval?: string;
        timeout?: string;
      };
      [k: string]: unknown;
    };
  };
  defaultRealm?: boolean;
  gateway?: {
    additionalVolumeMounts?: {
      subPath: string;
      volumeSource: {
        configMap?: {
          defaultMode?: number;
          items?: {
            key: string;
            mode?: number;
            path: string;
          }[];
          name?: string;
          optional?: boolean;
        };
        emptyDir?: {
          medium?: string;
          sizeLimit?: number | string;
        };
        hostPath?: {
          path: string;
          type?: string;
        };
        persistentVolumeClaim?: {
          claimName: string;
          readOnly?: boolean;
        };
        projected?: {
          defaultMode?: number;
          sources?: {
            clusterTrustBundle?: {
              labelSelector?: {
                matchExpressions?: {
                  key: string;
                  operator: string;
                  values?: string[];
                }[];
                matchLabels?: {
                  [k: string]: string;
                };
              };
              name?: string;
              optional?: boolean;
              path: string;
              signerName?: string;
            };
            configMap?: {
              items?: {
                key: string;
                mode?: number;
                path: string;
              }[];
              name?: string;
              optional?: boolean;
            };
            downwardAPI?: {
              items?: {
                fieldRef?: {
                  apiVersion?: string;
                  fieldPath: string;
                };
                mode?: number;
                path: string;
                resourceFieldRef?: {
                  containerName?: string;
                  divisor?: number | string;
                  resource: string;
                };
              }[];
            };
            podCertificate?: {
              certificateChainPath?: string;
              credentialBundlePath?: string;
              keyPath?: string;
              keyType: string;
              maxExpirationSeconds?: number;
              signerName: string;
              userAnnotations?: {
                [k: string]: string;
              };
            };
            secret?: {
              items?: {
                key: string;
                mode?: number;
                path: string;
              }[];
              name?: string;
              optional?: boolean;
            };
            serviceAccountToken?: {
              audience?: string;
              expirationSeconds?: number;
              path: string;
            };
          }[];
        };
        secret?: {
          defaultMode?: number;
          items?: {
            key: string;
            mode?: number;
            path: string;
          }[];
          optional?: boolean;
          secretName?: string;
        };
      };
    }[];
    annotations?: {
      [k: string]: string;
    };
    caBundleRef?: string;
    dashboardEnabled?: boolean;
    disableMultisiteSyncTraffic?: boolean;
    externalRgwEndpoints?: {
      hostname?: string;
      ip?: string;
    }[];
    hostNetwork?: boolean;
    instances?: number;
    labels?: {
      [k: string]: string;
    };
    opsLogSidecar?: {
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
    placement?: {
      nodeAffinity?: {
        preferredDuringSchedulingIgnoredDuringExecution?: {
          preference: {
            matchExpressions?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
            matchFields?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
          };
          weight: number;
        }[];
        requiredDuringSchedulingIgnoredDuringExecution?: {
          nodeSelectorTerms: {
            matchExpressions?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
            matchFields?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
          }[];
        };
      };
      podAffinity?: {
        preferredDuringSchedulingIgnoredDuringExecution?: {
          podAffinityTerm: {
            labelSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            matchLabelKeys?: string[];
            mismatchLabelKeys?: string[];
            namespaceSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            namespaces?: string[];
            topologyKey: string;
          };
          weight: number;
        }[];
        requiredDuringSchedulingIgnoredDuringExecution?: {
          labelSelector?: {
            matchExpressions?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
            matchLabels?: {
              [k: string]: string;
            };
          };
          matchLabelKeys?: string[];
          mismatchLabelKeys?: string[];
          namespaceSelector?: {
            matchExpressions?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
            matchLabels?: {
              [k: string]: string;
            };
          };
          namespaces?: string[];
          topologyKey: string;
        }[];
      };
      podAntiAffinity?: {
        preferredDuringSchedulingIgnoredDuringExecution?: {
          podAffinityTerm: {
            labelSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            matchLabelKeys?: string[];
            mismatchLabelKeys?: string[];
            namespaceSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            namespaces?: string[];
            topologyKey: string;
          };
          weight: number;
        }[];
        requiredDuringSchedulingIgnoredDuringExecution?: {
          labelSelector?: {
            matchExpressions?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
            matchLabels?: {
              [k: string]: string;
            };
          };
          matchLabelKeys?: string[];
          mismatchLabelKeys?: string[];
          namespaceSelector?: {
            matchExpressions?: {
              key: string;
              operator: string;
              values?: string[];
            }[];
            matchLabels?: {
              [k: string]: string;
            };
          };
          namespaces?: string[];
          topologyKey: string;
        }[];
      };
      tolerations?: {
        effect?: string;
        key?: string;
        operator?: string;
        tolerationSeconds?: number;
        value?: string;
      }[];
      topologySpreadConstraints?: {
        labelSelector?: {
          matchExpressions?: {
            key: string;
            operator: string;
            values?: string[];
          }[];
          matchLabels?: {
            [k: string]: string;
          };
        };
        matchLabelKeys?: string[];
        maxSkew: number;
        minDomains?: number;
        nodeAffinityPolicy?: string;
        nodeTaintsPolicy?: string;
        topologyKey: string;
        whenUnsatisfiable: string;
      }[];
      [k: string]: unknown;
    };
    port?: number;
    priorityClassName?: string;
    readAffinity?: {
      type: "localize" | "balance" | "default";
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
      [k: string]: unknown;
    };
    rgwCommandFlags?: {
      [k: string]: string;
    };
    rgwConfig?: {
      [k: string]: string;
    };
    rgwConfigFromSecret?: {
      [k: string]: {
        key: string;
        name?: string;
        optional?: boolean;
      };
    };
    securePort?: number;
    service?: {
      annotations?: {
        [k: string]: string;
      };
      labels?: {
        [k: string]: string;
      };
    };
    sslCertificateRef?: string;
  };
  healthCheck?: {
    readinessProbe?: {
      disabled?: boolean;
      probe?: {
        exec?: {
          command?: string[];
        };
        failureThreshold?: number;
        grpc?: {
          port: number;
          service?: string;
        };
        httpGet?: {
          host?: string;
          httpHeaders?: {
            name: string;
            value: string;
          }[];
          path?: string;
          port: number | string;
          scheme?: string;
        };
        initialDelaySeconds?: number;
        periodSeconds?: number;
        successThreshold?: number;
        tcpSocket?: {
          host?: string;
          port: number | string;
        };
        terminationGracePeriodSeconds?: number;
        timeoutSeconds?: number;
      };
      [k: string]: unknown;
    };
    startupProbe?: {
      disabled?: boolean;
      probe?: {
        exec?: {
          command?: string[];
        };
        failureThreshold?: number;
        grpc?: {
          port: number;
          service?: string;
        };
        httpGet?: {
          host?: string;
          httpHeaders?: {
            name: string;
            value: string;
          }[];
          path?: string;
          port: number | string;
          scheme?: string;
        };
        initialDelaySeconds?: number;
        periodSeconds?: number;
        successThreshold?: number;
        tcpSocket?: {
          host?: string;
          port: number | string;
        };
        terminationGracePeriodSeconds?: number;
        timeoutSeconds?: number;
      };
    };
  };
  hosting?: {
    advertiseEndpoint?: {
      dnsName: string;
      port: number;
      useTls: boolean;
    };
    dnsNames?: string[];
  };
  metadataPool?: {
    application?: string;
    compressionMode?: "none" | "passive" | "aggressive" | "force" | "";
    crushRoot?: string;
    deviceClass?: string;
    enableCrushUpdates?: boolean;
    enableRBDStats?: boolean;
    erasureCoded?: {
      algorithm?: "isa" | "jerasure";
      codingChunks: number;
      crushNumFailureDomains?: number;
      crushOSDsPerFailureDomain?: number;
      dataChunks: number;
      stripeUnit?: number | string;
    };
    failureDomain?: string;
    mirroring?: {
      enabled?: boolean;
      mode?: "pool" | "image" | "init-only";
      peers?: {
        secretNames?: string[];
      };
      snapshotSchedules?: {
        interval?: string;
        path?: string;
        startTime?: string;
      }[];
    };
    parameters?: {
      [k: string]: string;
    };
    quotas?: {
      maxBytes?: number;
      maxObjects?: number;
      maxSize?: string;
    };
    replicated?: {
      hybridStorage?: {
        primaryDeviceClass: string;
        secondaryDeviceClass: string;
      };
      replicasPerFailureDomain?: number;
      requireSafeReplicaSize?: boolean;
      size: number;
      subFailureDomain?: string;
      targetSizeRatio?: number;
    };
    statusCheck?: {
      mirror?: {
        disabled?: boolean;
        interval?: string;
        timeout?: string;
      };
      [k: string]: unknown;
    };
  };
  preservePoolsOnDelete?: boolean;
  protocols?: {
    enableAPIs?: ("s3" | "s3website" | "swift" | "swift_auth" | "admin" | "sts" | "iam" | "notifications")[];
    s3?: {
      authUseKeystone?: boolean;
      enabled?: boolean;
    };
    swift?: {
      accountInUrl?: boolean;
      urlPrefix?: string;
      versioningEnabled?: boolean;
    };
  };
  security?: {
    cipherSuites?: string[];
    ciphers?: string[];
    keyRotation?: {
      enabled?: boolean;
      schedule?: string;
    };
    kms?: {
      connectionDetails?: {
        [k: string]: string;
      };
      tokenSecretName?: string;
    };
    s3?: {
      connectionDetails?: {
        [k: string]: string;
      };
      tokenSecretName?: string;
    };
    sslOptions?: {
      defaultWorkarounds?: boolean;
      noCompression?: boolean;
      singleDiffieHellmanUse?: boolean;
      sslv2?: boolean;
      sslv3?: boolean;
      tlsv1_0?: boolean;
      tlsv1_1?: boolean;
      tlsv1_2?: boolean;
    };
    tlsGroups?: string[];
  };
  sharedPools?: {
    dataPoolName?: string;
    metadataPoolName?: string;
    poolPlacements?: {
      dataNonECPoolName?: string;
      dataPoolName: string;
      default?: boolean;
      metadataPoolName: string;
      name: string;
      storageClasses?: {
        dataPoolName: string;
        name: string;
      }[];
    }[];
    preserveRadosNamespaceDataOnDelete?: boolean;
  };
  zone?: {
    name: string;
  };
}

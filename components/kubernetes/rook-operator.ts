// The setting of Rook's operator that Granary's claims need: without it, Rook rejects a claim before it creates a bucket.
export const operatorConfigMap = "rook-ceph-operator-config";
export const claimFieldsSetting = "ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS";

/** Fields of a claim's `additionalConfig` that Granary writes. Rook allows only the other two by default (rook/rook#15376). */
const claimFields = ["bucketLifecycle", "bucketMaxObjects", "bucketMaxSize", "bucketOwner", "bucketPolicy"];

export const allowedClaimFields = ["maxObjects", "maxSize", ...claimFields].join(",");

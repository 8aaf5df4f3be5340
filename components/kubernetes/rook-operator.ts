// The setting of Rook's operator that Granary's claims need: without it, Rook rejects a claim before it creates a bucket.
export const operatorConfigMap = "rook-ceph-operator-config";
export const claimFieldsSetting = "ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS";

/** Fields of a claim's `additionalConfig` that Rook allows without the setting (rook/rook#15376). */
export const defaultClaimFields = "maxObjects,maxSize";

/** Those that Granary writes. */
const claimFields = ["bucketLifecycle", "bucketMaxObjects", "bucketMaxSize", "bucketOwner", "bucketPolicy"];

export const allowedClaimFields = [defaultClaimFields, ...claimFields].join(",");

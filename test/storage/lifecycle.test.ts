import { describe, expect, test } from "vitest";
import { days, hours } from "../../components/config/units";
import { awsLifecycleRule } from "../../components/storage/aws/lifecycle";
import { lifecycleRules, s3Lifecycle } from "../../components/storage/lifecycle";

const settings = { margin: days(7), abortUploadsAfter: days(1), noncurrentAfter: days(3), versioning: false };
const fake = { prefix: "fake/", keepFor: days(33) };

describe("lifecycle rules", () => {
  test("come later than the program's own deletion, in whole days, rounded up", () => {
    const [, rule] = lifecycleRules({ ...settings, expiries: [{ ...fake, keepFor: hours(33 * 24 + 1) }] });
    expect(rule).toEqual({ id: "expire-fake", prefix: "fake/", expireAfterDays: 41 });
  });

  test("never expire an empty prefix: that would take index, markers and rules too", () => {
    expect(() => lifecycleRules({ ...settings, expiries: [{ prefix: "", keepFor: days(1) }] })).toThrow(/an expiry needs a prefix/);
  });

  test("touch no current version where nothing expires", () => {
    const rules = lifecycleRules({ ...settings, versioning: true, expiries: [] });
    expect(rules.map(({ id, expireAfterDays }) => [id, expireAfterDays])).toEqual([
      ["abort-uploads", undefined],
      ["noncurrent", undefined],
    ]);
  });

  test("expire old versions and their markers where there are any", () => {
    const rules = lifecycleRules({ ...settings, versioning: true, expiries: [fake] });
    expect(rules.find(({ id }) => id === "noncurrent")).toEqual({
      id: "noncurrent",
      prefix: "",
      noncurrentAfterDays: 3,
      dropDeleteMarkers: true,
    });
  });

  test("are sorted by id, whatever the order of tenants: Rook would write them again and again otherwise", () => {
    const expiries = ["team-b/", "team-a/", "fake/"].map((prefix) => ({ prefix, keepFor: days(1) }));
    const ids = lifecycleRules({ ...settings, versioning: true, expiries }).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(lifecycleRules({ ...settings, expiries })).toEqual(lifecycleRules({ ...settings, expiries: [...expiries].reverse() }));
  });

  test("have ids of their own for prefixes that look alike", () => {
    const expiries = ["a/b/", "a-b/", "a.b/"].map((prefix) => ({ prefix, keepFor: days(1) }));
    const ids = lifecycleRules({ ...settings, expiries }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("take what the configuration says instead of retention and margin", () => {
    const [, rule] = lifecycleRules({ ...settings, expiries: [fake], expireAfter: days(90) });
    expect(rule?.expireAfterDays).toBe(90);
  });
});

describe("as documents", () => {
  const rules = lifecycleRules({ ...settings, versioning: true, expiries: [fake] });

  test("of the S3 API", () => {
    expect(s3Lifecycle(rules)).toEqual({
      Rules: [
        { ID: "abort-uploads", Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        { ID: "expire-fake", Status: "Enabled", Filter: { Prefix: "fake/" }, Expiration: { Days: 40 } },
        {
          ID: "noncurrent",
          Status: "Enabled",
          Filter: { Prefix: "" },
          Expiration: { ExpiredObjectDeleteMarker: true },
          NoncurrentVersionExpiration: { NoncurrentDays: 3 },
        },
      ],
    });
  });

  test("of the AWS provider, with transitions", () => {
    const [, moved] = lifecycleRules({ ...settings, expiries: [fake], transitions: [{ to: "GLACIER_IR", afterDays: 30 }] });
    expect(moved && awsLifecycleRule(moved)).toEqual({
      id: "expire-fake",
      status: "Enabled",
      filter: { prefix: "fake/" },
      expiration: { days: 40 },
      transitions: [{ storageClass: "GLACIER_IR", days: 30 }],
    });
  });
});

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;

namespace Monolith.Entitlements.Tests;

internal static class Samples
{
    public const string Kid = "test-key";

    public static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 0, 0, TimeSpan.Zero);
    public static readonly KeyPair Keys = LicenseTool.GenerateKeyPair();
    public static readonly KeyRing Ring = RingOf((Kid, Keys.PublicKey));

    public static LicenseTerms Terms(
        string set = "",
        int expiresInDays = 365,
        int graceDays = 30,
        int startsInDays = -10,
        bool trial = false,
        string[]? addons = null,
        params (string Name, long Value)[] features) =>
        new(
            "acme",
            Now.AddDays(startsInDays),
            Now.AddDays(expiresInDays),
            Now.AddDays(expiresInDays + graceDays),
            Now.AddDays(-20),
            FeatureSet: set,
            Features: features.ToDictionary(feature => feature.Name, feature => feature.Value),
            Addons: addons,
            Trial: trial);

    public static string Token(LicenseTerms terms) => LicenseTool.Issue(terms, Keys.PrivateKey, Kid);

    public static StoredLicense Stored(LicenseTerms terms) => new(Guid.CreateVersion7(), LicenseToken.Verify(Token(terms), Ring));

    public static DeploymentEntitlements Compute(long users, long seats, params LicenseTerms[] terms) =>
        EntitlementComputation.Compute(Now, Now, terms.Select(Stored), [], new UsageCounts(users, seats));

    /// <summary>Of a deployment whose modules implement all features but those that belong to nobody here, such as SCIM.</summary>
    public static CommunityFeatures Community(params (string Key, string? Value)[] values) =>
        new(Configuration(values), [new("entitlements", typeof(EntitlementsModule).Assembly, EntitlementsModule.Features), new("others", typeof(Samples).Assembly, "custom_roles", "multiple_organizations")]);

    public static IConfiguration Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build();

    public static IHostEnvironment Environment(string name)
    {
        var environment = Substitute.For<IHostEnvironment>();
        environment.EnvironmentName.Returns(name);
        return environment;
    }

    /// <summary>The trail of a request in which nobody signed in.</summary>
    public static AuditTrail Audit()
    {
        var clock = new FakeTimeProvider(Now);
        return new AuditTrail(Substitute.For<ICaller>(), clock, new RefusalCounts(clock), Substitute.For<IAuditWriter>());
    }

    public static KeyRing RingOf(params (string Kid, byte[] Key)[] keys) => new(
        Configuration([.. keys.Select(key => ($"Licensing:TrustedKeys:{key.Kid}", (string?)Convert.ToBase64String(key.Key)))]),
        Environment("Production"));
}

using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licensing;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Tests;

public sealed class KeyTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Development_makes_a_key_once_and_trusts_it()
    {
        var configuration = Samples.Configuration(("Licensing:DevelopmentKeyDirectory", _directory));
        var ring = new KeyRing(configuration, Samples.Environment("Development"));
        var keys = DevelopmentKey.LoadOrCreate(DevelopmentKey.DirectoryOf(configuration));

        Assert.NotNull(LicenseToken.Verify(LicenseTool.Issue(Samples.Terms(), keys.PrivateKey, DevelopmentKey.Id), ring).Claims);
        Assert.Equal(keys.PrivateKey, DevelopmentKey.LoadOrCreate(_directory).PrivateKey);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_directory))));
    }

    [Fact]
    public void Production_makes_and_trusts_no_development_key()
    {
        var ring = new KeyRing(Samples.Configuration(("Licensing:DevelopmentKeyDirectory", _directory)), Samples.Environment("Production"));

        Assert.Null(ring.Find(DevelopmentKey.Id));
        Assert.False(Directory.Exists(_directory));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public void A_bad_trusted_key_stops_the_start(string value) =>
        Assert.Throws<SettingException>(() => new KeyRing(Samples.Configuration(("Licensing:TrustedKeys:k", value)), Samples.Environment("Production")));
}

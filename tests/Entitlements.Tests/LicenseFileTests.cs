using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Entitlements.Licenses;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;

namespace Monolith.Entitlements.Tests;

public sealed class LicenseFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly IDispatcher _dispatcher = Substitute.For<IDispatcher>();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_license_that_is_refused_stops_the_start_with_the_reason()
    {
        await File.WriteAllTextAsync(_file, "token\n");
        _dispatcher.SendAsync(new ImportLicenseCommand("token"), CancellationToken.None).Returns(Error.BadRequest("The license is not valid.", "The license has expired."));

        var stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_file));

        Assert.Equal("Licensing__File: The license is not valid. The license has expired.", stopped.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Imported_or_not_needed_the_start_goes_on(bool imported)
    {
        await File.WriteAllTextAsync(_file, " token ");
        _dispatcher.SendAsync(new ImportLicenseCommand("token"), CancellationToken.None).Returns(imported);

        await RunAsync(_file);

        await _dispatcher.Received(1).SendAsync(new ImportLicenseCommand("token"), CancellationToken.None);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/no/such/file")]
    public async Task Without_a_file_nothing_is_asked(string? path)
    {
        await RunAsync(path);

        Assert.Empty(_dispatcher.ReceivedCalls());
    }

    private async Task RunAsync(string? path)
    {
        await using var services = new ServiceCollection().AddScoped(_ => _dispatcher).BuildServiceProvider();
        var file = new LicenseFile(Samples.Configuration(("Licensing:File", path)), services.GetRequiredService<IServiceScopeFactory>(), NullLogger<LicenseFile>.Instance);
        await file.RunAsync(CancellationToken.None);
    }
}

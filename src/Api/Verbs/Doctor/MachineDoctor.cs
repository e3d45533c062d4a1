using System.Net;
using Monolith.Api.Hosting;
using Monolith.EmbeddedPostgres;

namespace Monolith.Api.Verbs.Doctor;

/// <summary>What is around the program: the folder of the embedded database, disks, addresses, the proxy.</summary>
internal static class MachineDoctor
{
    private const long Megabyte = 1 << 20;
    private const long Scarce = 1024 * Megabyte, Dangerous = 100 * Megabyte;

    public static async Task<IReadOnlyList<Finding>> EmbeddedAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        var folder = Path.GetFullPath(options.DataDirectory);
        try
        {
            var probe = Path.Combine(Existing(folder), $".monolith-{Environment.ProcessId}");
            await File.WriteAllTextAsync(probe, "", cancellationToken);
            File.Delete(probe);
            findings.Add(Finding.Fine("database", $"embedded, in {folder}{(options.HasCluster ? "" : ", which the first start makes")}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [Finding.Fault("database", $"The folder {folder} cannot be written to: {failure.Message.TrimEnd('.')}. Set Postgres__DataDirectory to another one, or correct its owner.")];
        }

        try
        {
            findings.Add(Finding.Fine("programs", await EmbeddedServer.LookAsync(options, cancellationToken)));
        }
        catch (EmbeddedPostgresException failure) when (options.BinDirectory is null && !options.HasCluster)
        {
            findings.Add(Finding.Note("programs", $"{failure.Problem} The first start tries to fetch them through apt or npm."));
        }
        catch (EmbeddedPostgresException failure)
        {
            findings.Add(Finding.Fault("programs", failure.Message));
        }

        findings.Add(Disk(folder));
        return findings;
    }

    /// <summary>The space where <paramref name="folder"/> is, or will be.</summary>
    public static Finding Disk(string folder) => new DriveInfo(Existing(folder)).AvailableFreeSpace switch
    {
        < Dangerous and var free => Finding.Fault("disk", $"{free / Megabyte} MB are free at {folder}. A database on a full disk stops; make room."),
        < Scarce and var free => Finding.Note("disk", $"{free / Megabyte} MB are free at {folder}."),
        var free => Finding.Fine("disk", $"{free / Megabyte / 1024} GB free at {folder}"),
    };

    public static IEnumerable<Finding> Addresses(IConfiguration configuration)
    {
        var urls = string.IsNullOrEmpty(configuration["urls"]) ? ServerBuilder.DefaultUrl : configuration["urls"]!;
        yield return ListenSettings.TakenBy(urls) is { } taken
            ? Finding.Note("address", $"{taken} is taken: by this server, if it runs; if not, stop the other program or write another port into ASPNETCORE_URLS.")
            : Finding.Fine("address", $"{urls} is free");
        foreach (var finding in Proxies(ProxySettings.Read(configuration), urls))
            yield return finding;
    }

    private static IEnumerable<Finding> Proxies(ProxySettings proxy, string urls)
    {
        if (proxy.KnownNetworks.Any(network => network.PrefixLength == 0))
        {
            yield return Finding.Fault("proxy", "Proxy__KnownNetworks trusts every address, so anybody may say where a request comes from: limits and the audit log believe it. Name your proxies.");
            yield break;
        }

        var isOpen = ListenSettings.Parts(urls).Any(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsLoopback(BindingAddress.Parse(url).Host));
        var trusts = proxy.KnownProxies.Count + proxy.KnownNetworks.Count > 0;
        yield return (isOpen, trusts) switch
        {
            (true, false) => Finding.Note("proxy", "Other machines reach this address without TLS, and no proxy is named. Put one before it, and name it in Proxy__KnownProxies: docs/guide/proxy.md"),
            (_, true) => Finding.Fine("proxy", "named"),
            _ => Finding.Fine("proxy", "none is needed: only this machine reaches the address"),
        };
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string Existing(string folder)
    {
        var existing = new DirectoryInfo(Path.GetFullPath(folder));
        while (!existing.Exists && existing.Parent is { } parent)
        {
            if (File.Exists(existing.FullName))
                throw new IOException($"{existing.FullName} is a file");
            existing = parent;
        }

        return existing.FullName;
    }
}

using Npgsql;

namespace Monolith.Entitlements.Features;

/// <summary>Where a change of licenses is heard, whichever replica made it. The test seam of <see cref="EntitlementRefresher"/>.</summary>
internal interface ILicenseChangeFeed
{
    /// <summary>Calls <paramref name="changed"/> as soon as it listens, because anything may have happened before, and after every change. It ends with an exception only.</summary>
    Task ListenAsync(Func<CancellationToken, Task> changed, CancellationToken cancellationToken);
}

/// <summary>PostgreSQL's LISTEN on one connection, for as long as it lives.</summary>
internal sealed class LicenseChangeFeed([FromKeyedServices(DataSources.Background)] NpgsqlDataSource source) : ILicenseChangeFeed
{
    public const string Channel = "monolith_licenses";

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(10);

    public async Task ListenAsync(Func<CancellationToken, Task> changed, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var heard = true;
        connection.Notification += (_, _) => heard = true;
        while (true)
        {
            // Listening again is harmless. It takes in everything that was announced, so that a burst costs one call, and it shows when the connection is dead.
            await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);
            if (heard)
            {
                heard = false;
                await changed(cancellationToken);
            }

            await connection.WaitAsync(Probe, cancellationToken);
        }
    }
}

using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.Api.Dashboard;

/// <summary>The keys that protect forms, in the database: a form that one replica made is good on every other, and after a move to another machine.</summary>
/// <remarks>The framework asks seldom (once a day, and for a key that it does not know) and synchronously; a request holds no connection of its own then.</remarks>
internal sealed class PostgresXmlRepository(IServiceProvider services) : IXmlRepository
{
    // Not when it is made: the database is still being opened then.
    private NpgsqlDataSource Source => services.GetRequiredService<NpgsqlDataSource>();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Source.OpenConnection();
        return [.. connection.Query<string>(Select).Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = Source.OpenConnection();
        connection.Execute(Insert, new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }

    private const string Select =
        """
        select xml
        from platform.form_keys
        order by id
        """;

    private const string Insert =
        """
        insert into platform.form_keys (name, xml)
        values (@name, @xml)
        """;
}

/// <summary>Loads the keys before the first request, so that a cold host does not open a connection for each of its first pages.</summary>
internal sealed class FormKeyRing(IDataProtectionProvider provider) : IStartupTask
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        provider.CreateProtector(nameof(FormKeyRing)).Protect([]);
        return Task.CompletedTask;
    }
}

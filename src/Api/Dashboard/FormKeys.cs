using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Monolith.Api.Dashboard;

/// <summary>The keys that protect forms, in the database: a form that one replica made is good on every other, and after a move to another machine.</summary>
/// <remarks>The framework asks seldom (at start, once a day, and for a key it does not know) and synchronously.</remarks>
internal sealed class FormKeys(NpgsqlDataSource source) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = source.OpenConnection();
        return [.. connection.Query<string>(Select).Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = source.OpenConnection();
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

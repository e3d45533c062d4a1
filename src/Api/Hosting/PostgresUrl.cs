using System.Globalization;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>
/// A connection string as other programs write it: <c>postgres://user:password@host:5432,other/database?sslmode=require</c>, percent-encoded,
/// with the parameters of libpq or the keywords of Npgsql. What is wrong is named, and the text, which may hold a password, is not repeated.
/// </summary>
internal static class PostgresUrl
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    // What is called otherwise than in Npgsql, letters and underscores aside.
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["connect_timeout"] = "Timeout",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslmode"] = "SSL Mode",
        ["target_session_attrs"] = "Target Session Attributes",
        ["gssencmode"] = "GSS Encryption Mode",
        ["krbsrvname"] = "Kerberos Service Name",
    };

    public static bool IsOne(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same as a connection string.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says which part.</exception>
    public static string ToConnectionString(string url)
    {
        var rest = url[(url.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var (beforeQuery, query) = Cut(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (authority, database) = Cut(beforeQuery, beforeQuery.IndexOf('/', StringComparison.Ordinal));
        var at = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder();
        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], authority.IndexOf(':', StringComparison.Ordinal) is var colon && colon < at ? colon : -1);
            builder.Username = Decode(user);
            if (password.Length > 0)
                builder.Password = Decode(password);
        }

        if (authority.Length > at + 1)
            SetHosts(builder, authority[(at + 1)..].Split(','));
        if (database.Length > 0)
            builder.Database = Decode(database);
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(parameter, parameter.IndexOf('=', StringComparison.Ordinal));
            Set(builder, Decode(name), Decode(value));
        }

        return builder.ConnectionString;
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder builder, string[] hosts)
    {
        if (hosts is [var only])
        {
            var (host, port) = HostAndPort(only);
            builder.Host = Decode(host);
            if (port is { } number)
                builder.Port = number;
            return;
        }

        // Several take their ports along.
        builder.Host = string.Join(',', hosts.Select(Decode));
        foreach (var host in hosts)
            HostAndPort(host);
    }

    private static (string Host, int? Port) HostAndPort(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.LastIndexOf(':') is var colon && colon < 0 ? text.Length : colon;
        var (host, port) = (text[..end].Trim('[', ']'), text[end..].TrimStart(':'));
        return port.Length == 0 ? (host, null)
            : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? (host, number)
            : throw new FormatException("has a port that is no number from 1 to 65535. A \"/\", \"?\", \"#\" or \"@\" in the password must be written as %2F, %3F, %23 or %40.");
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        var text = name switch
        {
            "sslmode" or "gssencmode" or "channel_binding" => value.Replace("-", "", StringComparison.Ordinal),
            "load_balance_hosts" => value is "random" ? "true" : "false",
            _ => value,
        };
        try
        {
            builder[Keywords.GetValueOrDefault(name) ?? name.Replace('_', ' ')] = text;
        }
        catch (Exception unknown) when (unknown is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"has a parameter \"{name}\" that is unknown or holds what it cannot. Parameters are those of libpq, such as sslmode and target_session_attrs, or keywords of Npgsql.", unknown);
        }
    }

    private static (string Before, string After) Cut(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}

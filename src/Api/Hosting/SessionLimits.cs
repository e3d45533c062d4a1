using System.Globalization;
using System.Text.RegularExpressions;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>What PostgreSQL allows a connection of a request. Zero, or null, is no limit.</summary>
/// <param name="Statement">The longest that one statement runs.</param>
/// <param name="Lock">The longest wait for one lock.</param>
/// <param name="IdleInTransaction">The longest pause within a transaction.</param>
/// <param name="TempFiles">The most that temporary files take, as PostgreSQL writes sizes; for the embedded server only, because an ordinary role may not set it.</param>
internal sealed partial record SessionLimits(TimeSpan Statement, TimeSpan Lock, TimeSpan IdleInTransaction, string? TempFiles)
{
    // Longer than the server's own limit, so that it is the server that ends a statement and says why.
    private static readonly TimeSpan ClientMargin = TimeSpan.FromSeconds(5);

    private static readonly DeclaredSetting<TimeSpan> StatementSetting = DeclaredSetting.Timer(
        "Database:StatementTimeout", TimeSpan.FromSeconds(30),
        "the longest that a statement of a request runs; 0 is off. This and the next two travel as `Options` of the connection, unless `ConnectionStrings__Monolith` has `Options` of its own, or leads to a pooler");

    private static readonly DeclaredSetting<TimeSpan> LockSetting = DeclaredSetting.Timer("Database:LockTimeout", TimeSpan.FromSeconds(5), "the longest wait for one lock; 0 is off");

    private static readonly DeclaredSetting<TimeSpan> IdleSetting = DeclaredSetting.Timer(
        "Database:IdleInTransactionTimeout", TimeSpan.FromSeconds(15), "the longest pause within a transaction; 0 is off");

    private static readonly DeclaredSetting<string?> TempFileSetting = new(
        "Database:TempFileLimit", "1GB", "temporary files of a connection to the embedded PostgreSQL; elsewhere `alter role … set temp_file_limit` does it, which needs a superuser", (configuration, key) => Size(configuration, key, "1GB"));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [StatementSetting, LockSetting, IdleSetting, TempFileSetting];

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static SessionLimits Read(IConfiguration configuration) =>
        new(StatementSetting.Read(configuration), LockSetting.Read(configuration), IdleSetting.Read(configuration), TempFileSetting.Read(configuration));

    /// <summary>Puts the limits into the start of each connection, unless the operator says there what the start is to hold.</summary>
    public void Apply(NpgsqlConnectionStringBuilder connection, bool embedded)
    {
        if (!string.IsNullOrEmpty(connection.Options))
            return;
        List<(string Name, string? Value)> options =
        [
            ("statement_timeout", Milliseconds(Statement)),
            ("lock_timeout", Milliseconds(Lock)),
            ("idle_in_transaction_session_timeout", Milliseconds(IdleInTransaction)),
            ("temp_file_limit", embedded ? TempFiles : null),
        ];

        // Nothing at all when everything is off: PgBouncer refuses a start with options that it was not told of.
        if (options.Any(option => option.Value is not null))
            connection.Options = string.Join(' ', options.Where(option => option.Value is not null).Select(option => $"-c {option.Name}={option.Value}"));
        ApplyToClient(connection);
    }

    /// <summary>The client's own patience alone, unless the operator gave it: somebody else tells the server.</summary>
    public void ApplyToClient(NpgsqlConnectionStringBuilder connection)
    {
        if (Statement > TimeSpan.Zero && !connection.IsGiven("Command Timeout"))
            connection.CommandTimeout = (int)Math.Ceiling((Statement + ClientMargin).TotalSeconds);
    }

    private static string? Milliseconds(TimeSpan time) =>
        time == TimeSpan.Zero ? null : ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static string? Size(IConfiguration configuration, string key, string fallback)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        if (text == "0")
            return null;
        return SizeForm().IsMatch(text) ? text : throw new SettingException(key, $"\"{text}\" is no size. Write a whole number with its unit: 512MB or 2GB; 0 is no limit.");
    }

    [GeneratedRegex("^[1-9][0-9]{0,5}(kB|MB|GB|TB)$")]
    private static partial Regex SizeForm();
}

/// <summary>Questions to a connection string.</summary>
internal static class ConnectionStrings
{
    /// <summary>True when the operator wrote the keyword, under whichever of its names.</summary>
    public static bool IsGiven(this NpgsqlConnectionStringBuilder connection, string keyword) => connection.ShouldSerialize(keyword);
}

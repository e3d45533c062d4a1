using System.Net.Sockets;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>The database cannot carry this program; the message says why and what to do, in one line a fault.</summary>
internal sealed class DatabaseUnfitException(string message) : Exception(message);

/// <summary>Says in one line what a failure of the database means for its operator.</summary>
internal static class DatabaseProblem
{
    /// <summary>The failure in words, and what to do. It holds no password.</summary>
    public static string Explain(NpgsqlException failure) => failure switch
    {
        PostgresException refusal => Explain(refusal),
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } =>
            "The host of ConnectionStrings__Monolith is unknown: look at its name.",
        { InnerException: SocketException socket } =>
            $"The database does not answer: {socket.Message.TrimEnd('.')}. Is it running, and are host and port in ConnectionStrings__Monolith right?",
        { InnerException: TimeoutException } => "The database does not answer in time. Are host and port in ConnectionStrings__Monolith right, and does a firewall let them through?",
        { InnerException: System.Security.Authentication.AuthenticationException tls } =>
            $"The database's certificate is not accepted: {tls.Message.TrimEnd('.')}. Name its authority with Root Certificate=… in ConnectionStrings__Monolith.",
        _ when failure.Message.Contains("password has been provided", StringComparison.Ordinal) => "The database asks for a password, and ConnectionStrings__Monolith has none.",
        _ => $"The database cannot be reached: {failure.Message.TrimEnd('.')}.",
    };

    private static string Explain(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database refuses the user or the password of ConnectionStrings__Monolith: {refusal.MessageText}.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"{Capital(refusal.MessageText)}. Make it: createdb --owner monolith --encoding UTF8 --template template0 monolith",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The database's user lacks a right: {refusal.MessageText}. The database is to belong to it: alter database … owner to …",
        PostgresErrorCodes.TooManyConnections =>
            $"The database has no connection left: {refusal.MessageText}. Raise max_connections, or write a smaller Maximum Pool Size into ConnectionStrings__Monolith.",
        PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseExamination.ReadOnly,
        _ => $"The database refuses: {refusal.SqlState} {refusal.MessageText}.",
    };

    private static string Capital(string text) => string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}

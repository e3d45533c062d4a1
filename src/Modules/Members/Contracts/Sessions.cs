namespace Monolith.Members.Contracts;

/// <summary>Turns a session token into a caller.</summary>
public interface ISessions
{
    /// <summary>One query: the key, its user, the roles, and the organization that the route names.</summary>
    /// <param name="token">As sent: ten characters, a hyphen, twenty-two characters.</param>
    /// <param name="organization">The route's organization parameter, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<SessionResult> AuthenticateAsync(string token, string? organization, CancellationToken cancellationToken);

    /// <summary>
    /// The session of the last request with this token, without a query: <see cref="AssumedSession"/> asks with the first statement. Null when there was none here, or for another organization.
    /// For requests that only read, and only where everything that is answered goes through the dispatcher.
    /// </summary>
    /// <param name="token">As sent.</param>
    /// <param name="organization">The route's organization parameter, or null.</param>
    SessionResult? Assume(string token, string? organization);
}

/// <summary>Does what the token check does, for nobody: what is made at its first use is there when the first request comes. It answers no subject, so it lets nobody in.</summary>
public interface ISessionRehearsal
{
    /// <summary>Reads some key with its user and their rights, and makes the subject of it. No token is assumed to be known for that. Null when nobody has a key.</summary>
    /// <param name="organization">The organization parameter that the routes will have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<RehearsedSession?> BeginAsync(string organization, CancellationToken cancellationToken);

    /// <summary>What the check leaves behind in the scope for the statements of a request; what it finds changes nothing.</summary>
    /// <param name="session">From <see cref="BeginAsync"/>.</param>
    /// <param name="organization">As there, or null on a route without one.</param>
    /// <param name="check">Which of its ways it goes.</param>
    void Check(RehearsedSession session, string? organization, RehearsedCheck check);
}

/// <summary>The ways of the token check. Each has statements of its own.</summary>
public enum RehearsedCheck
{
    /// <summary>The first request of a token: it is over.</summary>
    Before,

    /// <summary>A later one: it goes before the next statement, in the same round trip.</summary>
    Ahead,

    /// <summary>As <see cref="Ahead"/>, of a user whose memberships name roles.</summary>
    AheadWithRoles,
}

/// <summary>A session that is there. It opens nothing.</summary>
/// <param name="UserId">Whose it is.</param>
public abstract record RehearsedSession(Guid UserId);

/// <summary>Either <paramref name="Subject"/> and <paramref name="KeyId"/>, or <paramref name="Failure"/>.</summary>
/// <param name="Subject">What the session may do.</param>
/// <param name="KeyId">The API key in use.</param>
/// <param name="Failure">The 401 to answer on routes that need a session.</param>
/// <param name="Username">What the user is called; set together with the subject.</param>
/// <param name="Rights">What the subject was made of; equal as long as nothing of it changes. Set together with the subject.</param>
public sealed record SessionResult(Subject? Subject, string? KeyId, Error? Failure, string? Username = null, object? Rights = null);

/// <summary>Tells whether the deployment is set up.</summary>
public interface IFirstUser
{
    /// <summary>True once there is a user, for ever after.</summary>
    Task<bool> ExistsAsync(CancellationToken cancellationToken);
}

/// <summary>The cookies of a browser session, by the names that published clients know.</summary>
public static class SessionCookieNames
{
    /// <summary>Holds the token; closed to scripts.</summary>
    public const string Session = "coder_session_token";

    /// <summary>Open to scripts, which send its value back in <c>X-CSRF-TOKEN</c>.</summary>
    public const string Csrf = "csrf_token";
}

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
    /// <summary>Reads some key with its user and their rights, makes the subject of it, and forgets all of it. Answers the id of the key; null when nobody has one.</summary>
    /// <param name="organization">The organization parameter of a route, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<string?> BeginAsync(string? organization, CancellationToken cancellationToken);

    /// <summary>The check goes before the next statement of the scope, as with <see cref="ISessions.Assume"/>; what it finds changes nothing.</summary>
    /// <param name="key">From <see cref="BeginAsync"/>.</param>
    /// <param name="organization">As there.</param>
    void GoAhead(string key, string? organization);
}

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
